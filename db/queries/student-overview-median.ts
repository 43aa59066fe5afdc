import { type SQL, sql } from "drizzle-orm";
import { activeToday } from "./batch-state";
import { constant, localDay, weekOf } from "./fragments";

/** With fewer students who have data, a median would tell of one of them: it does not leave the database. */
export const MEDIAN_STUDENTS = 5;

/**
 * The median of the 7-day totals of a batch's active students with data, as JSON `{ms, students}`; null when there are
 * too few. Each one's seven days end on their own today, as on the dashboard. One index-only range for each student
 * (idx_student_batch_id, idx_user_student, idx_daily_summary_user_date); nothing is read where `wanted` is false.
 */
export const batchMedianJson = (at: SQL, batchId: SQL, wanted: SQL): SQL => sql`(
  select case when count(week.total_ms) >= ${constant(MEDIAN_STUDENTS)} then json_build_object(
    'ms', percentile_cont(0.5) within group (order by week.total_ms), 'students', count(week.total_ms)) end
  from batch b
  join enrolment en on en.batch_id = b.id and ${activeToday(localDay(at, sql`b.time_zone`))}
  join "user" u on u.student_id = en.student_id
  cross join ${weekOf(localDay(at, sql`coalesce(u.time_zone, b.time_zone)`))}
  where b.id = ${batchId} and ${wanted})`;
