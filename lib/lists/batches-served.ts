import { type BatchFacet, type BatchListRow, batchSource, countBatchesBy } from "@/db/queries/batch-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { batchDay } from "@/lib/batch-progress";
import { batchesList } from "./batches";
import { hours } from "./cells";
import { serve } from "./served";
import { KEY_STATE_WORDS } from "./words";

/** What an export holds says whether a key is open, never the key. */
export const servedBatches = serve<typeof batchesList, BatchListRow>({
  list: batchesList,
  allowed: (viewer) => can(actorOf(viewer), "batch.read"),
  source: batchSource,
  counts: (db, filter, values, viewer, now) => countBatchesBy(db, filter as BatchFacet, values, viewer, now),
  cells: (row) => {
    const { day, length } = batchDay(row);
    return {
      name: row.name,
      start: row.startDate,
      end: row.endDate,
      progress: `day ${day} of ${length}`,
      students: row.students,
      capacity: row.capacity,
      median: hours(row.medianWeekMs),
      instructors: row.instructors.join(", "),
      state: row.state,
      key: KEY_STATE_WORDS[row.keyState],
    };
  },
  headers: { median: "Median of the last 7 days (hours)", students: "Active students" },
});
