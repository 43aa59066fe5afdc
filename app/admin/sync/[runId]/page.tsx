import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isOpenRun, windowWords } from "@/components/coding/sync-words";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getSyncRunDetail, type SyncRunDetail } from "@/db/queries/sync-run-detail";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { formatCount, formatInstant } from "@/lib/format";
import { askerWords, scopeWords } from "@/lib/lists/sync-words";
import { routeId } from "../route-id";
import { Notice } from "../sync-notices";
import { OutcomeGroups, OutcomeKinds } from "./outcome-groups";
import { RunProgress } from "./run-progress";

export const metadata: Metadata = { title: "Sync run" };

export default async function SyncRunPage({ params, searchParams }: PageProps<"/admin/sync/[runId]">) {
  const { runId } = await params;
  const { already } = await searchParams;
  const id = routeId(runId);
  const viewer = await requireStaff(`/admin/sync/${id}`);
  const run = await getSyncRunDetail(getDb(), id, viewer);
  if (!run) notFound();
  const everybody = can(actorOf(viewer), "sync.start", null);
  return (
    <>
      <BackLink href="/admin/sync">All runs</BackLink>
      <PageHeader title={`Sync of ${scopeWords(run)}`}>
        {windowWords(run)} · {run.actorName ? "asked by " : null}
        {askerWords(run)} · <time dateTime={run.startedAt}>{formatInstant(new Date(run.startedAt))}</time>
      </PageHeader>
      {already && isOpenRun(run.state) ? (
        <Notice tone="accent">This sync was not over when you asked for one, so no second one was started.</Notice>
      ) : null}
      {everybody ? null : <Notice tone="accent">All numbers are of your batches’ students only.</Notice>}
      <RunProgress
        key={run.id}
        runId={run.id}
        initial={{
          state: run.state,
          total: run.total,
          done: run.done,
          ok: run.ok,
          failed: run.failed,
          skipped: run.skipped,
          daysWritten: run.daysWritten,
          startedAt: run.startedAt,
          finishedAt: run.finishedAt,
          error: run.error,
        }}
      />
      <Outcomes run={run} />
    </>
  );
}

function Outcomes({ run }: { run: SyncRunDetail }) {
  if (run.kinds.length === 0) {
    if (isOpenRun(run.state)) return null;
    return <Empty title="No outcomes">None was written, or they are gone: they are kept for thirty days.</Empty>;
  }
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.7fr)]">
      <div>
        <OutcomeKinds kinds={run.kinds} open={isOpenRun(run.state)} />
        <p className="mt-3 text-sm text-muted">
          Days: {formatCount(run.daysWritten)} changed, {formatCount(run.daysUnchanged)} as they were,{" "}
          {formatCount(run.daysUnavailable)} not given.
        </p>
      </div>
      {run.groups.length > 0 ? (
        <OutcomeGroups runId={run.id} groups={run.groups} advice={run.state !== "failed"} />
      ) : null}
    </div>
  );
}
