"use client";

import type { ReactNode } from "react";
import { ActivityBars } from "@/components/charts/activity-bars";
import { AsOf } from "@/components/coding/as-of";
import { PageHeader } from "@/components/layout/page-header";
import { Panel } from "@/components/ui/panel";
import type { Dashboard } from "@/db/queries/dashboard";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import { ActiveBatches } from "./active-batches";
import { LastSync } from "./last-sync";
import { NextSession } from "./next-session";
import { RecentStudents } from "./recent-students";
import { TotalsRow } from "./totals";

type Props = {
  dashboard: Omit<Dashboard, "attention">;
  activityDays: number;
  viewerZone: string | null;
  now: Date;
  attention: ReactNode;
};

/**
 * The dashboard from its numbers. A client component, so that the page carries its markup and those numbers, not its
 * markup twice (decision 035); nothing in it needs a script.
 */
export function DashboardView({ dashboard, activityDays, viewerZone, now, attention }: Props) {
  const { activity, today } = dashboard;
  const coded = activity.reduce((sum, day) => sum + day.totalMs, 0);
  const asOf = <AsOf syncedAsOf={dashboard.syncedAsOf} now={now} />;
  return (
    <>
      <PageHeader title={dashboard.academyName}>{formatDateWithWeekday(today)}</PageHeader>
      <TotalsRow totals={dashboard.totals} />
      <div className="mt-8 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <div className="grid content-start gap-8">
          <Panel
            title="Coding of active students"
            aside={
              <>
                last {activityDays} days · {formatDuration(coded)} together · {asOf}
              </>
            }
          >
            {activity.length === 0 ? (
              <p className="text-sm text-muted">No coding time has arrived for these days.</p>
            ) : (
              <ActivityBars
                caption={`Coding of active students, last ${activityDays} days`}
                days={activity}
                today={today}
                length={activityDays}
              />
            )}
          </Panel>
          <ActiveBatches batches={dashboard.activeBatches} asOf={asOf} />
        </div>
        <div className="grid content-start gap-8">
          <NextSession session={dashboard.nextSession} viewerZone={viewerZone} />
          {attention}
          <LastSync sync={dashboard.lastSync} now={now} />
          <RecentStudents students={dashboard.recentStudents} now={now} />
        </div>
      </div>
    </>
  );
}
