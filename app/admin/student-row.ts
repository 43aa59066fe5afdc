import { freshnessOf } from "@/components/coding/freshness-words";
import type { StudentListRow } from "@/db/queries/student-list";
import { formatDate } from "@/lib/format";
import { STUDENT_STATE_WORDS } from "@/lib/lists/words";
import type { StudentRow } from "./student-columns";
import { weekWords } from "./week-words";

/** A row of the query in the words of the table. */
export function toStudentRow(row: StudentListRow, now: Date): StudentRow {
  return {
    id: row.id,
    name: row.name,
    disabled: row.disabled,
    batch: row.batchName,
    state: row.state,
    status: STUDENT_STATE_WORDS[row.state],
    project: row.projectName,
    ...weekWords(row),
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
