import type { Metadata } from "next";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getSessionPlan } from "@/db/queries/demo-session-plan";
import { requireStaff } from "@/lib/auth/current";
import { BulkCreation } from "./bulk-creation";

export const metadata: Metadata = { title: "Create demo sessions" };

export default async function BulkSessionsPage() {
  await requireStaff("/admin/demo-sessions/bulk");
  const plan = await getSessionPlan(getDb(), new Date());
  return (
    <>
      <BackLink href="/admin/demo-sessions">All demo sessions</BackLink>
      <PageHeader title="Create demo sessions">One a week, all alike. You see every date before it is made.</PageHeader>
      <BulkCreation plan={plan} />
    </>
  );
}
