import {
  countSyncStudentsBy,
  type SyncStudentFacet,
  type SyncStudentRow,
  syncStudentSource,
} from "@/db/queries/sync-student-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { serve } from "./served";
import { syncStudentsList } from "./sync-students";
import { WAKATIME_WORDS } from "./words";

export const servedSyncStudents = serve<typeof syncStudentsList, SyncStudentRow>({
  list: syncStudentsList,
  allowed: (viewer) => can(actorOf(viewer), "sync.read"),
  source: syncStudentSource,
  // The others come by a link alone: nobody is offered a menu of them.
  counts: async (db, filter, values, viewer) =>
    filter === "state" || filter === "batch"
      ? countSyncStudentsBy(db, filter satisfies SyncStudentFacet, values, viewer)
      : [],
  cells: (row) => ({
    name: row.name,
    batch: row.batchName,
    freshness: WAKATIME_WORDS[row.status ?? "none"],
    synced: row.lastSyncedAt && new Date(row.lastSyncedAt).toISOString(),
    outcome: row.lastOutcome?.replaceAll("_", " ") ?? null,
    error: row.lastError,
  }),
  headers: { synced: "Last synced (UTC)" },
});
