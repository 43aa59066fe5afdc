import { countSyncRunsByScope, type SyncRunListRow, syncRunSource } from "@/db/queries/sync-run-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { serve } from "./served";
import { syncRunsList } from "./sync-runs";
import { askerWords, scopeWords } from "./sync-words";

const MS_PER_SECOND = 1000;

const secondsOf = ({ startedAt, finishedAt }: SyncRunListRow): number | null =>
  finishedAt === null ? null : Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / MS_PER_SECOND);

export const servedSyncRuns = serve<typeof syncRunsList, SyncRunListRow>({
  list: syncRunsList,
  allowed: (viewer) => can(actorOf(viewer), "sync.read"),
  source: syncRunSource,
  counts: (db, _filter, _values, viewer) => countSyncRunsByScope(db, viewer),
  cells: (row) => ({
    started: new Date(row.startedAt).toISOString(),
    state: row.state.replaceAll("_", " "),
    asker: askerWords(row),
    scope: scopeWords(row),
    window: row.windowStart ? `${row.windowStart} to ${row.windowEnd}` : `last ${row.windowDays} days`,
    synced: row.ok,
    failed: row.failed,
    skipped: row.skipped,
    daysWritten: row.daysWritten,
    duration: secondsOf(row),
  }),
  headers: { started: "Started (UTC)", duration: "Took (seconds)" },
});
