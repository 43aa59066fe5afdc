import type { ProjectListRow } from "@/db/queries/project-list";
import { formatCount, formatDate } from "@/lib/format";
import type { ProjectRow } from "./projects-table-columns";

/** A row of the query in the words of the table. */
export const toProjectRow = (row: ProjectListRow): ProjectRow => ({
  id: row.id,
  name: row.name,
  batch: row.batchName,
  status: row.status,
  starts: formatDate(row.startDate),
  ends: row.endDate && formatDate(row.endDate),
  students: formatCount(row.students),
  completed: formatCount(row.completed),
  happyHour: row.happyHour,
});
