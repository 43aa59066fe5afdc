import { freshnessOf } from "@/components/coding/freshness-words";
import type { StudentListRow } from "@/db/queries/student-list";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { formatDate, formatDuration } from "@/lib/format";
import { STUDENT_STATE_WORDS } from "@/lib/lists/words";
import type { StudentRow } from "./student-columns";

/** A row of the query in the words of the table. No data stays empty: it is not a zero. */
export function toStudentRow(row: StudentListRow, now: Date): StudentRow {
  const average = dailyAverageMs(row.weekMs, row.weekDays);
  return {
    id: row.id,
    name: row.name,
    disabled: row.disabled,
    batch: row.batchName,
    state: row.state,
    status: STUDENT_STATE_WORDS[row.state],
    project: row.projectName,
    week: row.weekMs === null ? null : formatDuration(row.weekMs),
    average: average === null ? null : formatDuration(average),
    coded: row.lastCodingDay ? formatDate(row.lastCodingDay) : null,
    wakatime: freshnessOf({ ...row, status: row.connectionStatus }, now),
    certificates: row.certificates,
    demos: row.demos,
    joined: formatDate(row.joinedAt.slice(0, 10)),
    email: row.email,
    phone: row.phone,
    zone: row.timeZone,
  };
}
