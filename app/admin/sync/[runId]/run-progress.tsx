"use client";

import { elapsedWords, isOpenRun, runStateWords } from "@/components/coding/sync-words";
import { Badge } from "@/components/ui/badge";
import type { SyncRunProgress } from "@/db/queries/sync-run-detail";
import { formatCount } from "@/lib/format";
import { useRunProgress } from "./use-run-progress";

/** Read out at each quarter, not at each student. */
const SPOKEN_STEP_PERCENT = 25;

type Props = { runId: number; initial: SyncRunProgress };

/** How far the run is, live while it is open. */
export function RunProgress({ runId, initial }: Props) {
  const { progress, trouble } = useRunProgress(runId, initial);
  const { label, tone, meaning } = runStateWords[progress.state];
  const open = isOpenRun(progress.state);
  const percent = progress.total > 0 ? Math.min(100, Math.floor((progress.done / progress.total) * 100)) : 0;
  const spoken = Math.floor(percent / SPOKEN_STEP_PERCENT) * SPOKEN_STEP_PERCENT;
  return (
    <section aria-label="Progress" className="mb-8">
      <p className="text-sm">
        <Badge tone={tone}>{label}</Badge> <span className="ml-1 text-muted">{meaning}</span>
      </p>
      <p role="status" className="sr-only">
        {open ? `Sync ${label}, ${spoken} % done` : `Sync ${label}`}
      </p>
      {progress.error ? <p className="mt-1 text-sm text-bad">{progress.error}</p> : null}
      {open ? (
        <div
          role="progressbar"
          aria-label="Students done"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="mt-3 h-1.5 overflow-hidden rounded-full bg-sunken"
        >
          <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
        </div>
      ) : null}
      {trouble && open ? (
        <p role="alert" className="mt-2 text-sm text-warn">
          {trouble}
        </p>
      ) : null}
      <Figures progress={progress} />
    </section>
  );
}

function Figures({ progress }: { progress: SyncRunProgress }) {
  const { state, total, done, ok, failed, skipped, daysWritten, startedAt, finishedAt } = progress;
  const figures = [
    {
      key: "done",
      label:
        isOpenRun(state) && total === 0 ? "students planned" : `of ${formatCount(Math.max(total, done))} students done`,
      value: formatCount(done),
    },
    { key: "ok", label: "synced", value: formatCount(ok) },
    { key: "failed", label: "failed", value: formatCount(failed), trouble: failed > 0 },
    { key: "skipped", label: "skipped", value: formatCount(skipped) },
    { key: "daysWritten", label: "days changed", value: formatCount(daysWritten) },
    {
      key: "took",
      label: "from start to end",
      value: finishedAt ? elapsedWords(new Date(startedAt), new Date(finishedAt)) : "–",
    },
  ];
  return (
    <dl className="mt-4 grid grid-cols-2 border-t sm:grid-cols-3 lg:grid-cols-6">
      {figures.map(({ key, label, value, trouble }) => (
        <div key={key} className="flex flex-col-reverse justify-end border-b py-3 pr-3">
          <dt className="label">{label}</dt>
          <dd data-figure={key} className={`text-2xl font-medium tracking-tight ${trouble ? "text-bad" : ""}`}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
