import type { Metadata } from "next";
import { ActivityBars } from "@/components/charts/activity-bars";
import { AsOf } from "@/components/coding/as-of";
import { PageHeader } from "@/components/layout/page-header";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { ACTIVITY_DAYS, getDashboard } from "@/db/queries/dashboard";
import { requireStaff } from "@/lib/auth/current";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import { ActiveBatches } from "./active-batches";
import { Attention } from "./attention";
import { LastSync } from "./last-sync";
import { NextSession } from "./next-session";
import { RecentStudents } from "./recent-students";
import { TotalsRow } from "./totals";

export const metadata: Metadata = { title: "Dashboard" };

export default async function DashboardPage() {
  const viewer = await requireStaff("/admin");
  const now = new Date();
  const dashboard = await getDashboard(getDb(), now);
  const { activity } = dashboard;
  const coded = activity.reduce((sum, day) => sum + day.totalMs, 0);
  return (
    <>
      <PageHeader title={dashboard.academyName}>{formatDateWithWeekday(dashboard.today)}</PageHeader>
      <TotalsRow totals={dashboard.totals} />
      <div className="mt-8 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <div className="grid content-start gap-8">
          <Panel
            title="Coding of active students"
            aside={
              <>
                last {ACTIVITY_DAYS} days · {formatDuration(coded)} together ·{" "}
                <AsOf syncedAsOf={dashboard.syncedAsOf} now={now} />
              </>
            }
          >
            {activity.length === 0 ? (
              <p className="text-sm text-muted">No coding time has arrived for these days.</p>
            ) : (
              <ActivityBars
                caption={`Coding of active students, last ${ACTIVITY_DAYS} days`}
                days={activity}
                today={dashboard.today}
                length={ACTIVITY_DAYS}
              />
            )}
          </Panel>
          <ActiveBatches
            batches={dashboard.activeBatches}
            asOf={<AsOf syncedAsOf={dashboard.syncedAsOf} now={now} />}
          />
        </div>
        <div className="grid content-start gap-8">
          <NextSession session={dashboard.nextSession} viewerZone={viewer.timeZone} />
          <Attention attention={dashboard.attention} mine={false} />
          <LastSync sync={dashboard.lastSync} now={now} />
          <RecentStudents students={dashboard.recentStudents} now={now} />
        </div>
      </div>
    </>
  );
}
