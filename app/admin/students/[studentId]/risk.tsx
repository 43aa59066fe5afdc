import Link from "next/link";
import { RISK_TONES, RiskFacts } from "@/components/student/risk-facts";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { StudentPage } from "@/db/queries/student-page";
import { formatAgo, formatDate } from "@/lib/format";
import { riskList } from "@/lib/lists/risk";
import { factRows, RISK_STATE_WORDS } from "@/lib/lists/risk-words";

/** How early warning stands about the student: the facts that added points, and the way to all of them. */
export function Risk({ student, now }: { student: StudentPage; now: Date }) {
  const { risk, studentId } = student;
  if (!risk) return null;
  const counting = risk.signals.filter(({ points }) => points > 0);
  return (
    <Panel
      title="Early warning"
      aside={
        <Link
          href={riskList.href({ state: "all", open: studentId })}
          className="reach underline underline-offset-2 hover:text-ink"
        >
          {risk.answered ? "All facts, and the answer" : "All facts"}
        </Link>
      }
    >
      <p className="mb-2 text-sm">
        <Badge tone={RISK_TONES[risk.state]}>{RISK_STATE_WORDS[risk.state]}</Badge>{" "}
        <span className="text-muted">
          since {formatDate(risk.since)} · checked {formatAgo(new Date(risk.checkedAt), now)}
        </span>
      </p>
      {counting.length > 0 ? <RiskFacts facts={factRows(studentId, counting)} /> : null}
    </Panel>
  );
}
