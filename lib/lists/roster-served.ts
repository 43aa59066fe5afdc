import { countStudentsBy, type StudentFacet, type StudentListRow, studentSource } from "@/db/queries/student-list";
import { rosterList } from "./roster";
import { serve } from "./served";
import { servedStudents } from "./students-served";

/** Without a batch it is nobody's roster: no row has this id. */
const NO_BATCH = -1;

export const servedRoster = serve<typeof rosterList, StudentListRow>({
  list: rosterList,
  allowed: servedStudents.allowed,
  source: (values, viewer, now) => studentSource({ ...values, batch: values.batch ?? NO_BATCH }, viewer, now),
  counts: (db, filter, values, viewer, now) =>
    countStudentsBy(db, filter as StudentFacet, { ...values, batch: values.batch ?? NO_BATCH }, viewer, now),
  cells: (row, now) => {
    const { batch: _batch, ...cells } = servedStudents.cells(row, now);
    return cells;
  },
  ...(servedStudents.headers && { headers: servedStudents.headers }),
});
