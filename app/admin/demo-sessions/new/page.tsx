import type { Metadata } from "next";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getSessionPlan } from "@/db/queries/demo-session-plan";
import { requireStaff } from "@/lib/auth/current";
import { nextFreeDate } from "../next-free-date";
import { NewSessionForm } from "./new-session-form";

export const metadata: Metadata = { title: "New demo session" };

export default async function NewSessionPage() {
  await requireStaff("/admin/demo-sessions/new");
  const now = new Date();
  const plan = await getSessionPlan(getDb(), now);
  return (
    <>
      <BackLink href="/admin/demo-sessions">All demo sessions</BackLink>
      <PageHeader title="New demo session" />
      <NewSessionForm plan={plan} date={nextFreeDate(plan, plan.timeZone, now)} />
    </>
  );
}
