import { type SQL, sql } from "drizzle-orm";
import { DEFAULT_REST_DAYS } from "@/lib/analytics/streak";

/** The seven local dates of a "7-day total": today − 6 … today. */
export const WEEK_DAYS = 7;

/** A constant of ours written into the statement, where a parameter would have no type (`date - $1`). */
export const constant = (value: number): SQL => sql.raw(String(value));

/** The academy's own zone, the last resort for a student's facts. */
export const academyZone = sql`coalesce((select value #>> '{}' from setting where key = 'academy_time_zone'), 'UTC')`;

/** Days of the week, 1 (Monday) to 7, on which nobody has to code: a JSON array. */
export const restDays = sql`coalesce(
  (select value from setting where key = 'rest_days' and jsonb_typeof(value) = 'array'),
  ${sql.raw(`'${JSON.stringify(DEFAULT_REST_DAYS)}'`)}::jsonb)`;

/** The calendar day at `now` in a zone, both SQL expressions. */
export const localDay = (now: SQL, zone: SQL): SQL => sql`(${now} at time zone ${zone})::date`;

/** Is `en` the enrolment that is shown of its student at `now`: the last to have begun, else the first to come? */
export const isShown = (now: SQL): SQL => sql`en.shown_from <= ${now} and en.shown_until > ${now}`;

/**
 * One row `e` for the student `st`: the enrolment that holds at `now`, else the last one before, else the first to
 * come; with its batch. One index probe per student (idx_enrolment_student), so meant for a page of rows.
 */
export const shownEnrolment = (now: SQL): SQL => sql`
  lateral (
    select en.batch_id, en.status, en.from_date, en.to_date, b.name as batch_name, b.time_zone as batch_time_zone
    from enrolment en
    join batch b on b.id = en.batch_id
    where en.student_id = st.id and ${isShown(now)}
  ) e`;

/** `week` for the user `u` whose today is `today`: total and days with a row, index-only (idx_daily_summary_user_date). */
export const weekOf = (today: SQL): SQL => sql`
  lateral (
    select sum(d.total_ms)::float8 as total_ms, count(*)::int as days
    from daily_summary d
    where d.user_id = u.id and d.date between ${today} - ${constant(WEEK_DAYS - 1)} and ${today}
  ) week`;

/** A LIKE pattern that finds `text` anywhere, its own % and _ taken literally; the column is folded the same way. */
export const containsPattern = (text: string): SQL =>
  sql`'%' || search_fold(${text.replace(/[\\%_]/g, (character) => `\\${character}`)}) || '%'`;

/**
 * A row `relaxed` for the from clause of a write: its transaction does not wait for the disk. For what a crash may take
 * back because it is done again then. Commits keep their order, so nothing later survives what was lost.
 */
export const relaxed: SQL = sql`(select set_config('synchronous_commit', 'off', true)) relaxed`;
