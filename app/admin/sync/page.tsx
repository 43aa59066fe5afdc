import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { isOpenRun, runStateWords } from "@/components/coding/sync-words";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getSyncHome } from "@/db/queries/sync-home";
import type { SyncOverview } from "@/db/queries/sync-overview";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { localDate } from "@/lib/dates";
import { env } from "@/lib/env";
import { formatAgo } from "@/lib/format";
import { jobsBackend } from "@/lib/jobs/backend";
import { NIGHTLY_TIME } from "@/lib/jobs/nightly";
import { syncRunsList } from "@/lib/lists/sync-runs";
import { lastPage } from "@/lib/table-params";
import { isWakatimeConfigured } from "@/lib/wakatime/access";
import { isLoopback } from "@/lib/wakatime/rate-limit";
import { nextNight } from "./night";
import { Nights } from "./nights";
import { toRunRow } from "./run-row";
import { RunsTable } from "./runs-table";
import { SyncFacts } from "./sync-facts";
import { BackFillForm, SyncNowForm } from "./sync-forms";
import { Notice, SyncNotices } from "./sync-notices";

export const metadata: Metadata = { title: "Sync" };

export default async function SyncPage({ searchParams }: PageProps<"/admin/sync">) {
  const values = await syncRunsList.load(searchParams);
  const viewer = await requireStaff(syncRunsList.href(values));
  const actor = actorOf(viewer);
  const now = new Date();
  const { overview, rows, total } = await getSyncHome(getDb(), values, viewer);
  const last = lastPage(total, values.size);
  if (values.page > last) redirect(syncRunsList.href({ ...values, page: last }));

  const { WAKATIME_API_URL, WAKATIME_REQUESTS_PER_SECOND } = env();
  const ready = { jobsOff: jobsBackend() === "off", configured: isWakatimeConfigured() };
  const everybody = can(actor, "sync.start", null);
  const today = localDate(now, overview.zone);
  const canStart = !ready.jobsOff && ready.configured && (everybody || overview.batches.length > 0);
  return (
    <>
      <PageHeader title="Sync">
        <Link href="/admin/sync/students" className={buttonClass({ small: true })}>
          Connected students
        </Link>
      </PageHeader>
      <SyncNotices
        {...ready}
        linked={overview.linked}
        perSecond={isLoopback(new URL(WAKATIME_API_URL)) ? null : WAKATIME_REQUESTS_PER_SECOND}
      />
      <OpenRun run={overview.openRun} now={now} />
      <SyncFacts students={overview.students} />
      <div className="mb-10 grid gap-x-12 gap-y-8 md:grid-cols-2 xl:grid-cols-3">
        <Nights
          last={overview.lastNightly}
          zone={overview.zone}
          next={nextNight(now, overview.zone)}
          today={today}
          time={NIGHTLY_TIME}
          now={now}
        />
        {canStart ? (
          <Panel title="Sync now" aside="the days that every night reads">
            <SyncNowForm everybody={everybody} batches={overview.batches} />
          </Panel>
        ) : null}
        {canStart && can(actor, "sync.back-fill") ? (
          <Panel title="Back-fill" aside="past days, at most five years back">
            <BackFillForm batches={overview.batches} today={today} />
          </Panel>
        ) : null}
      </div>
      <Panel title="Runs" aside={everybody ? null : "numbers of your batches’ students"}>
        <RunsTable
          rows={rows.map((run) => toRunRow(run, now))}
          total={total}
          page={values.page}
          chosen={viewer.listChoices["sync-runs"]?.columns}
        />
      </Panel>
    </>
  );
}

function OpenRun({ run, now }: { run: SyncOverview["openRun"]; now: Date }) {
  if (!run || !isOpenRun(run.state)) return null;
  const { label, tone } = runStateWords[run.state];
  return (
    <Notice tone={tone === "warn" ? "warn" : "accent"}>
      A sync of everybody is {label}, started {formatAgo(new Date(run.startedAt), now)}.{" "}
      <Link href={`/admin/sync/${run.id}`} className="reach whitespace-nowrap underline underline-offset-2">
        Follow it
      </Link>
    </Notice>
  );
}
