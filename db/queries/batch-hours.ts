import { type SQL, sql } from "drizzle-orm";
import { activeToday } from "./batch-state";
import { constant, localDay, WEEK_DAYS } from "./fragments";

/** Weeks of a batch's trend, the one that ends today among them. */
export const TREND_WEEKS = 8;

/** Seven days of a batch's active students. Times are null when nobody has data, which is not zero. */
export type BatchWeek = {
  /** The batch's date on which the seven days end; each student's own seven end on their own date of then. */
  endDate: string;
  /** Active today, and in the batch by the end of those days. */
  students: number;
  /** Of them, those with a row in those days; nobody else is in the numbers. */
  withData: number;
  lowest: number | null;
  quarter: number | null;
  median: number | null;
  threeQuarters: number | null;
  highest: number | null;
};

export type BatchHours = {
  /** The oldest first; the last one is the seven days up to today. */
  weeks: BatchWeek[];
  /** Of those without data: never connected, and with a link that does not work. */
  unconnected: number;
  broken: number;
  /** Of those with data: whose numbers may be too low, because their link is broken or was not read for long. */
  stale: number;
  /** When half of the links had been read last. */
  syncedAsOf: string | null;
};

/**
 * The 7-day hours of the active students of `b`, as JSON. A student's days end with the student's own today (own zone,
 * else the batch's); a week counts whoever was in the batch by its end. One index-only range for each student.
 */
export const batchHours = (at: SQL, staleAfterHours: number): SQL => sql`(
  with member as materialized (
    select u.id as user_id, own.today, own.today - joined.day as days_in, c.status,
      c.last_synced_at, c.status <> 'active' or c.last_synced_at < ${at} - make_interval(hours => ${staleAfterHours}::int) as stale
    from enrolment en
    join student st on st.id = en.student_id
    join "user" u on u.id = st.user_id
    left join connection c on c.user_id = u.id
    cross join lateral (select ${localDay(at, sql`coalesce(u.time_zone, b.time_zone)`)} as today) own
    cross join lateral (
      select min(first.from_date) as day from enrolment first
      where first.student_id = en.student_id and first.batch_id = b.id
    ) joined
    where en.batch_id = b.id and ${activeToday(localDay(at, sql`b.time_zone`))}
  ), student_week as materialized (
    select m.user_id, (m.today - d.date) / ${constant(WEEK_DAYS)} as ago, sum(d.total_ms)::float8 as total_ms
    from member m
    join daily_summary d on d.user_id = m.user_id
      and d.date between m.today - ${constant(WEEK_DAYS * TREND_WEEKS - 1)} and m.today
    group by m.user_id, ago
  ), trend as (
    select w.ago, count(*)::int as students, count(s.total_ms)::int as with_data, min(s.total_ms) as lowest,
      percentile_cont(array[0.25, 0.5, 0.75]) within group (order by s.total_ms) as quarters, max(s.total_ms) as highest
    from generate_series(0, ${constant(TREND_WEEKS - 1)}) as w(ago)
    -- Somebody whose own day is behind the batch's, and who came today, is in it all the same.
    join member m on m.days_in >= w.ago * ${constant(WEEK_DAYS)} or w.ago = 0
    left join student_week s on s.user_id = m.user_id and s.ago = w.ago
    group by w.ago
  )
  select json_build_object(
    'weeks', (
      select json_agg(json_build_object(
        'endDate', ${localDay(at, sql`b.time_zone`)} - w.ago * ${constant(WEEK_DAYS)},
        'students', coalesce(t.students, 0), 'withData', coalesce(t.with_data, 0), 'lowest', t.lowest,
        'quarter', t.quarters[1], 'median', t.quarters[2], 'threeQuarters', t.quarters[3], 'highest', t.highest)
        order by w.ago desc)
      from generate_series(0, ${constant(TREND_WEEKS - 1)}) as w(ago)
      left join trend t on t.ago = w.ago),
    'unconnected', count(*) filter (where not h.has_data and h.status is null),
    'broken', count(*) filter (where not h.has_data and h.status <> 'active'),
    'stale', count(*) filter (where h.has_data and h.stale),
    'syncedAsOf', percentile_disc(0.5) within group (order by h.last_synced_at))
  -- Not a join: as one it would be estimated for a handful of students, and read the weeks once for each of hundreds.
  from (
    select m.*, m.user_id in (select s.user_id from student_week s where s.ago = 0) as has_data from member m
  ) h)`;
