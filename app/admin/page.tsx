import type { Metadata } from "next";
import { getDb } from "@/db/client";
import { ACTIVITY_DAYS } from "@/db/queries/dashboard";
import { requireStaff } from "@/lib/auth/current";
import { readDashboard } from "@/lib/cache/reads";
import { Attention } from "./attention";
import { DashboardView } from "./dashboard-view";

export const metadata: Metadata = { title: "Dashboard" };

export default async function DashboardPage() {
  const viewer = await requireStaff("/admin");
  const now = new Date();
  const { attention, ...dashboard } = await readDashboard(getDb(), { viewer, now });
  return (
    <DashboardView
      dashboard={dashboard}
      activityDays={ACTIVITY_DAYS}
      viewerZone={viewer.timeZone}
      now={now}
      attention={<Attention attention={attention} mine={false} />}
    />
  );
}
