import { elapsedWords, isOpenRun, runStateWords, windowWords } from "@/components/coding/sync-words";
import type { Tone } from "@/components/ui/badge";
import type { SyncRunListRow } from "@/db/queries/sync-run-list";
import { formatAgo, formatCount, formatInstant } from "@/lib/format";
import { askerWords, scopeWords } from "@/lib/lists/sync-words";

/** A run in the words of the table, so that server and browser agree. */
export type RunRow = {
  id: number;
  started: { iso: string; exact: string; ago: string };
  asker: string;
  scope: string;
  window: string;
  state: { label: string; tone: Tone };
  synced: string | null;
  failed: string | null;
  skipped: string | null;
  daysWritten: string;
  duration: string | null;
};

/** Nothing while nobody has counted the students yet. */
function syncedWords({ state, ok, total, done }: SyncRunListRow): string | null {
  if (isOpenRun(state)) return total > 0 ? `${formatCount(ok)} of ${formatCount(total)}` : null;
  return `${formatCount(ok)} of ${formatCount(Math.max(total, done))}`;
}

const orNone = (count: number) => (count > 0 ? formatCount(count) : null);

export function toRunRow(run: SyncRunListRow, now: Date): RunRow {
  const startedAt = new Date(run.startedAt);
  const { label, tone } = runStateWords[run.state];
  return {
    id: run.id,
    started: { iso: startedAt.toISOString(), exact: formatInstant(startedAt), ago: formatAgo(startedAt, now) },
    asker: askerWords(run),
    scope: scopeWords(run),
    window: windowWords(run),
    state: { label, tone },
    synced: syncedWords(run),
    failed: orNone(run.failed),
    skipped: orNone(run.skipped),
    daysWritten: formatCount(run.daysWritten),
    duration: run.finishedAt ? elapsedWords(startedAt, new Date(run.finishedAt)) : null,
  };
}
