import type { BatchListRow } from "@/db/queries/batch-list";
import { batchDay } from "@/lib/batch-progress";
import { formatCount, formatDate, formatDuration } from "@/lib/format";
import { progressWords } from "./batch-words";
import type { BatchRow } from "./batches-table-columns";

/** A row of the query in the words of the table. No data stays empty: it is not a zero. */
export function toBatchRow(row: BatchListRow): BatchRow {
  const { day, length } = batchDay(row);
  const missing = row.students - row.studentsWithData;
  return {
    id: row.id,
    name: row.name,
    starts: formatDate(row.startDate),
    ends: formatDate(row.endDate),
    progress: progressWords(row),
    share: row.state === "running" ? day / length : null,
    students: formatCount(row.students),
    capacity: row.capacity === null ? null : formatCount(row.capacity),
    median: row.medianWeekMs === null ? null : formatDuration(row.medianWeekMs),
    missing: missing > 0 ? `${formatCount(missing)} without data` : null,
    instructors: row.instructors,
    state: row.state,
    keyState: row.keyState,
    registrationKey: row.registrationKey,
  };
}
