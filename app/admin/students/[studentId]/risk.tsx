import Link from "next/link";
import { RISK_TONES, RiskFacts } from "@/components/student/risk-facts";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { formatDate } from "@/lib/format";
import type { StudentShown } from "./student-shown";

/** How early warning stands about the student: the facts that added points, and the way to all of them. */
export function Risk({ risk }: { risk: NonNullable<StudentShown["risk"]> }) {
  return (
    <Panel
      title="Early warning"
      aside={
        <Link href={risk.href} prefetch={false} className="reach underline underline-offset-2 hover:text-ink">
          {risk.answered ? "All facts, and the answer" : "All facts"}
        </Link>
      }
    >
      <p className="mb-2 text-sm">
        <Badge tone={RISK_TONES[risk.state]}>{risk.words}</Badge>{" "}
        <span className="text-muted">{`since ${formatDate(risk.since)} · checked ${risk.checked}`}</span>
      </p>
      {risk.facts.length > 0 ? <RiskFacts facts={risk.facts} /> : null}
    </Panel>
  );
}
