import type { Metadata } from "next";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getSessionPlan } from "@/db/queries/demo-session-plan";
import { getDemoRule } from "@/db/queries/demo-session-rule";
import { requireStaff } from "@/lib/auth/current";
import { USUAL } from "@/lib/demo-sessions/weekly-rule";
import { jobsBackend } from "@/lib/jobs/backend";
import { firstDay } from "../next-free-date";
import { RuleEditor } from "./rule-form";

export const metadata: Metadata = { title: "Weekly rule" };

export default async function DemoRulePage() {
  await requireStaff("/admin/demo-sessions/rule");
  const [db, now] = [getDb(), new Date()];
  const [plan, { rule, version }] = await Promise.all([getSessionPlan(db, now), getDemoRule(db)]);
  const from = firstDay(rule?.timeZone ?? plan.timeZone, rule?.sessionTime ?? USUAL.time, now);
  return (
    <>
      <BackLink href="/admin/demo-sessions">All demo sessions</BackLink>
      <PageHeader title="Weekly rule">
        {rule ? "Creates sessions week after week." : "There is none yet. Saved, it creates sessions week after week."}
      </PageHeader>
      <RuleEditor plan={plan} from={from} rule={rule} version={version} jobsOff={jobsBackend() === "off"} />
    </>
  );
}
