import { type SQL, sql } from "drizzle-orm";
import type { StudentStateFilter } from "@/db/enums";
import { localDay } from "./fragments";

/** Every batch `b` with its own calendar day, worked out once for each and not for each enrolment. */
const batchDays = (at: SQL): SQL => sql`(
  select b.id, b.name, ${localDay(at, sql`b.time_zone`)} as today from batch b offset 0) b`;

/** Enrolments `en` in batch `b` that hold at `at`: what stands after `from`. */
export function enrolmentsOn(at: SQL): SQL {
  const today = localDay(at, sql`b.time_zone`);
  return sql`enrolment en
    join batch b on b.id = en.batch_id and en.from_date <= ${today} and (en.to_date is null or en.to_date > ${today})`;
}

const shownOf = (whose: SQL, at: SQL): SQL => sql`(
  select distinct on (en.student_id) en.student_id, en.batch_id, b.name as batch_name, en.status, en.from_date,
    en.to_date, b.today
  from ${whose}
  join ${batchDays(at)} on b.id = en.batch_id
  order by en.student_id, (en.from_date <= b.today) desc, abs(en.from_date - b.today)) e`;

/**
 * `e`: of every student who was ever enrolled the enrolment that is shown (as `shownEnrolment` says it of one), with the
 * calendar day of its batch. One pass over all enrolments, for what a probe for each student would be slow at.
 */
export const everyShown = (at: SQL): SQL => shownOf(sql`enrolment en`, at);

/** The same of those students only who ever had an enrolment `own` like this. */
const shownAmong = (own: SQL, at: SQL): SQL =>
  shownOf(
    sql`(select distinct own.student_id from enrolment own where ${own}) among
      join enrolment en on en.student_id = among.student_id`,
    at,
  );

/** The state (StudentState) of the shown enrolment `e` on its batch's day `today`; also where there is none. */
export const stateOf = (today: SQL): SQL => sql`
  case
    when e.status is null then 'left'
    when e.status in ('dropped', 'graduated') then e.status::text
    when e.to_date <= ${today} then 'left'
    when e.status = 'active' and e.from_date > ${today} then 'upcoming'
    else e.status::text
  end`;

/**
 * The students `st` of this state and batch, as a condition; null when that is everybody. Active is asked most, and is
 * few of all: those enrolments alone are read (idx_enrolment_in_class). A batch is asked about its own students.
 */
export function standing(state: StudentStateFilter, batch: number | null, at: SQL): SQL | null {
  if (state === "all" && !batch) return null;
  if (state === "active" || state === "paused") {
    const inBatch = batch ? sql`and en.batch_id = ${batch}` : sql``;
    // Worked out once (offset 0), and not asked of one student after the other.
    return sql`st.id in (select en.student_id from ${enrolmentsOn(at)} where en.status = ${state} ${inBatch} offset 0)`;
  }
  const parts: SQL[] = [];
  if (batch) parts.push(sql`e.batch_id = ${batch}`);
  if (state !== "all") parts.push(sql`${stateOf(sql`e.today`)} = ${state}`);
  const enrolled = sql`st.id in (
    select e.student_id from ${candidatesFor(state, batch, at)} where ${sql.join(parts, sql` and `)})`;
  // Who never was enrolled has left no batch, but is not enrolled either.
  return state === "left" && !batch
    ? sql`(${enrolled} or not exists (select from enrolment en where en.student_id = st.id))`
    : enrolled;
}

/** As few students as can be in this state, by their shown enrolment. */
function candidatesFor(state: StudentStateFilter, batch: number | null, at: SQL): SQL {
  if (batch) return shownAmong(sql`own.batch_id = ${batch}`, at);
  if (state === "invited" || state === "dropped") return shownAmong(sql`own.status = ${state}`, at);
  const day = sql`(${at} at time zone 'UTC')::date`;
  if (state === "upcoming") return shownAmong(sql`own.status = 'active' and own.from_date >= ${day}`, at);
  if (state === "left") {
    return shownAmong(sql`own.status in ('invited', 'active', 'paused') and own.to_date is not null`, at);
  }
  return everyShown(at);
}
