import type { Metadata } from "next";
import Link from "next/link";
import { Freshness } from "@/components/coding/freshness";
import { type FreshnessWords, freshnessOf } from "@/components/coding/freshness-words";
import { PageHeader } from "@/components/layout/page-header";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getStudentOverview, type StudentOverview } from "@/db/queries/student-overview";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { requireStudent } from "@/lib/auth/current";
import { formatDuration } from "@/lib/format";
import { NextDemoSession } from "./next-demo-session";

export const metadata: Metadata = { title: "Overview" };

export default async function PortalPage() {
  const viewer = await requireStudent("/portal");
  const now = new Date();
  const overview = await getStudentOverview(getDb(), viewer.id, now);
  const freshness = freshnessOf({ ...overview, status: overview.connectionStatus }, now);
  const average = dailyAverageMs(overview.weekMs, overview.weekDays);
  return (
    <div className="max-w-2xl">
      <PageHeader title={viewer.name}>{batchOf(overview)}</PageHeader>
      <Panel
        title="Last 7 days"
        aside={
          <>
            <Freshness words={freshness} /> <Remedy state={freshness.state} />{" "}
            <Definition id="my-week" of="your 7-day total">
              {`Seven dates, today − 6 to today, in ${overview.timeZone}. The daily average divides by the days that have data: a day of zero counts, a day that never arrived does not.`}
            </Definition>
          </>
        }
      >
        {overview.weekMs === null || average === null ? (
          <p className="text-muted">No coding time has arrived for these days.</p>
        ) : (
          <dl className="grid grid-cols-2">
            <div className="flex flex-col-reverse justify-end">
              <dt className="label">coded</dt>
              <dd className="text-2xl font-medium tracking-tight">{formatDuration(overview.weekMs)}</dd>
            </div>
            <div className="flex flex-col-reverse justify-end">
              <dt className="label">a day on average</dt>
              <dd className="text-2xl font-medium tracking-tight">{formatDuration(average)}</dd>
            </div>
          </dl>
        )}
      </Panel>
      <NextDemoSession session={overview.nextSession} zone={overview.timeZone} />
    </div>
  );
}

function batchOf({ batchName, enrolmentStatus }: StudentOverview): string {
  if (!batchName) return "You are in no batch at the moment.";
  return enrolmentStatus === "active" ? batchName : `${batchName} (${enrolmentStatus})`;
}

const REMEDIES: Partial<Record<FreshnessWords["state"], string>> = {
  never_connected: "Connect WakaTime",
  needs_reconnect: "Reconnect WakaTime",
  scope_missing: "Give the permission",
  stale: "See why",
};

/** The way to where a student puts a link right; nothing when nothing is wrong. */
function Remedy({ state }: { state: FreshnessWords["state"] }) {
  const label = REMEDIES[state];
  if (!label) return null;
  return (
    <Link href="/portal/wakatime" className="reach underline underline-offset-2 hover:text-ink">
      {label}
    </Link>
  );
}
