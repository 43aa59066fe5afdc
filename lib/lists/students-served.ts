import { countStudentsBy, type StudentFacet, type StudentListRow, studentSource } from "@/db/queries/student-list";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { hours } from "./cells";
import { serve } from "./served";
import { studentsList } from "./students";
import { STUDENT_STATE_WORDS, WAKATIME_WORDS } from "./words";

export const servedStudents = serve<typeof studentsList, StudentListRow>({
  list: studentsList,
  allowed: (viewer) => can(actorOf(viewer), "user.list"),
  source: studentSource,
  counts: (db, filter, values, viewer, now) => countStudentsBy(db, filter as StudentFacet, values, viewer, now),
  cells: (row) => ({
    name: row.name,
    batch: row.batchName,
    status: STUDENT_STATE_WORDS[row.state],
    project: row.projectName,
    week: hours(row.weekMs),
    average: hours(dailyAverageMs(row.weekMs, row.weekDays)),
    coded: row.lastCodingDay,
    wakatime: WAKATIME_WORDS[row.connectionStatus ?? "none"],
    certificates: row.certificates,
    demos: row.demos,
    joined: row.joinedAt.slice(0, 10),
    email: row.email,
    phone: row.phone,
    zone: row.timeZone,
  }),
  headers: { week: "Last 7 days (hours)", average: "Daily average (hours)" },
});
