import { type SQL, sql } from "drizzle-orm";
import type { StudentStateFilter } from "@/db/enums";
import { isShown, localDay } from "./fragments";

/** Enrolments `en` in batch `b` that hold at `at`: what stands after `from`. */
export function enrolmentsOn(at: SQL): SQL {
  const today = localDay(at, sql`b.time_zone`);
  return sql`enrolment en
    join batch b on b.id = en.batch_id and en.from_date <= ${today} and (en.to_date is null or en.to_date > ${today})`;
}

const lookedUp = (column: SQL, at: SQL): SQL =>
  sql`(select en.${column} from enrolment en where en.student_id = u.student_id and ${isShown(at)})`;

/**
 * Status and batch of the shown enrolment of the user `u`, null without one: what stands with the person (idx_user_name
 * has it), looked up where that was of another time than `at`.
 */
const shownOf = (kept: SQL, column: SQL, at: SQL): SQL => sql`(case
  when u.shown_from <= ${at} and u.shown_until > ${at} then ${kept}
  when u.shown_from is not null then ${lookedUp(column, at)} end)`;

export const shownStatus = (at: SQL): SQL => shownOf(sql`u.shown_status`, sql`status`, at);
export const shownBatch = (at: SQL): SQL => shownOf(sql`u.shown_batch_id`, sql`batch_id`, at);

/** `e`: the shown enrolments of everybody with the calendar day of their batch, in one pass over all of them. */
export const everyShown = (at: SQL): SQL => sql`(
  select en.student_id, en.batch_id, b.name as batch_name, en.status, en.from_date, en.to_date, b.today
  from enrolment en
  join ${batchDays(at)} on b.id = en.batch_id
  where ${isShown(at)}) e`;

/** Every batch `b` with its own calendar day, worked out once for each and not for each enrolment. */
const batchDays = (at: SQL): SQL => sql`(
  select b.id, b.name, ${localDay(at, sql`b.time_zone`)} as today from batch b offset 0) b`;

/** The state (StudentState) of the shown enrolment `e` on its batch's day `today`; also where there is none. */
export const stateOf = (today: SQL): SQL => sql`
  case
    when e.status is null then 'left'
    when e.status in ('dropped', 'graduated') then e.status::text
    when e.to_date <= ${today} then 'left'
    when e.status = 'active' and e.from_date > ${today} then 'upcoming'
    else e.status::text
  end`;

/** The statuses that a state can have: of the others idx_enrolment_shown need not be read. */
const STATUSES: Partial<Record<StudentStateFilter, SQL>> = {
  upcoming: sql`en.status = 'active'`,
  left: sql`en.status in ('invited', 'active', 'paused')`,
};

/**
 * The students `u` of this state and batch, as a condition; null when that is everybody. Who finished or dropped out
 * becomes most of all: that stands with the person. The others are few, and their enrolments are read first.
 */
export function standing(state: StudentStateFilter, batch: number | null, at: SQL): SQL | null {
  if (state === "all" && !batch) return null;
  if (!batch && (state === "graduated" || state === "dropped")) return sql`${shownStatus(at)} = ${state}`;
  const parts = [isShown(at)];
  if (batch) parts.push(sql`en.batch_id = ${batch}`);
  if (state !== "all") parts.push(STATUSES[state] ?? sql`en.status = ${state}`);
  const is = state === "all" ? sql`` : sql`where ${stateOf(sql`e.today`)} = ${state}`;
  // Worked out once (offset 0), and not asked of one student after the other.
  const enrolled = sql`u.student_id in (
    select e.student_id
    from (select en.*, b.today from enrolment en join ${batchDays(at)} on b.id = en.batch_id
      where ${sql.join(parts, sql` and `)}) e
    ${is} offset 0)`;
  // Who never was enrolled has left no batch, but is not enrolled either.
  return state === "left" && !batch ? sql`(${enrolled} or u.shown_from is null)` : enrolled;
}
