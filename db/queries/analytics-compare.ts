import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { batchesJson } from "./analytics-scope";
import type { AnalyticsBatch, AnalyticsCompare, BatchWeekFigures, CompareSide } from "./analytics-shape";
import { activeToday, batchState } from "./batch-state";
import { sessionStart } from "./demo-session-state";
import { constant, isShown, localDay, WEEK_DAYS } from "./fragments";

type Side = Omit<CompareSide, "batch" | "weeks"> & {
  batch: AnalyticsBatch & { hasBegun: boolean };
  weeks: BatchWeekFigures[];
};
type Row = { batches: AnalyticsCompare["batches"]; days: number | null; sides: Side[] };

/**
 * Two batches by their own weeks, in one statement. The numbers are of as many days as both have behind them; the weeks
 * are all that have begun. Who counts in each is as everywhere; a week, and the days, count whoever had come by their
 * end, and nothing from before they came. Carried by idx_student_batch_id and idx_daily_summary_user_date (index-only).
 */
export async function getAnalyticsCompare(
  db: Db,
  leftId: number | null,
  rightId: number | null,
  now: Date,
): Promise<AnalyticsCompare> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const ids = sql`array[${leftId}::int, ${rightId}::int]`;
  const [row] = await db.execute<Row>(sql`
    with side as materialized (
      select b.id, b.name, b.start_date, b.end_date, b.time_zone, ${batchState(at)} as state, own.today,
        own.today > b.end_date as is_over, own.today >= b.start_date as has_begun, least(own.today, b.end_date) as last_day
      from batch b
      cross join lateral (select ${localDay(at, sql`b.time_zone`)} as today) own
      where b.id = any(${ids})
    ), common as materialized (
      select case when count(*) = 2 and bool_and(has_begun) then min(last_day - start_date + 1) end as days from side
    ), member as materialized (
      select counted.batch_id, counted.student_id, u.id as user_id, joined.day as joined, s.start_date,
        greatest(s.start_date, joined.day) as from_day,
        case when s.is_over then s.end_date else least(${localDay(at, sql`coalesce(u.time_zone, s.time_zone)`)}, s.end_date) end as last_day
      from side s
      join lateral (
        select distinct en.batch_id, en.student_id
        from enrolment en
        where en.batch_id = s.id and case when s.is_over
          then (en.status = 'graduated' or en.status = 'active' and en.from_date <= s.end_date)
            and (en.to_date is null or en.to_date >= s.end_date)
          else ${activeToday(sql`s.today`)} and ${isShown(at)} end
      ) counted on true
      join student st on st.id = counted.student_id
      join "user" u on u.id = st.user_id
      cross join lateral (
        select min(first.from_date) as day from enrolment first
        where first.student_id = st.id and first.batch_id = s.id and first.status <> 'invited'
      ) joined
    ), student_week as materialized (
      select m.batch_id, m.user_id, (d.date - m.start_date) / ${constant(WEEK_DAYS)} as week, sum(d.total_ms)::float8 as ms,
        -- Of the days that both batches have behind them.
        (sum(d.total_ms) filter (where d.date < m.start_date + c.days))::float8 as common_ms
      from member m
      cross join common c
      join daily_summary d on d.user_id = m.user_id and d.date between m.from_day and m.last_day
      group by m.batch_id, m.user_id, week
    ), student_total as materialized (
      select m.*, t.ms
      from (
        select m.*, c.days, m.start_date + c.days - 1 as cut from member m cross join common c where c.days is not null
      ) m
      left join (select user_id, batch_id, sum(common_ms) as ms from student_week group by user_id, batch_id) t
        on t.user_id = m.user_id and t.batch_id = m.batch_id
      where m.joined <= m.cut
    ), week_figures as (
      select s.id as batch_id, w.week, count(m.user_id) as students, count(k.ms) as with_data,
        percentile_cont(0.5) within group (order by k.ms) as median_ms
      from side s
      cross join lateral generate_series(0, (s.last_day - s.start_date) / ${constant(WEEK_DAYS)}) as w(week)
      left join member m on m.batch_id = s.id
        and m.joined <= least(s.start_date + w.week * ${constant(WEEK_DAYS)} + ${constant(WEEK_DAYS - 1)}, s.last_day)
      left join student_week k on k.batch_id = s.id and k.user_id = m.user_id and k.week = w.week
      where s.has_begun
      group by s.id, w.week
    )
    select ${batchesJson(at)} as batches, (select days from common) as days, (
      select coalesce(json_agg(json_build_object(
        'batch', json_build_object('id', s.id, 'name', s.name, 'startDate', s.start_date, 'endDate', s.end_date,
          'timeZone', s.time_zone, 'state', s.state, 'today', s.today, 'isOver', s.is_over, 'hasBegun', s.has_begun),
        'students', t.students, 'withData', t.with_data, 'medianMs', t.median_ms,
        'coded', json_build_object('part', t.coded, 'of', t.with_data),
        'certificates', t.certificates, 'demos', t.demos,
        'presented', json_build_object('part', t.presented, 'of', t.students),
        'withDemo', json_build_object('part', t.with_demo, 'of', t.students),
        'weeks', (
          select coalesce(json_agg(json_build_object('week', w.week + 1, 'from', s.start_date + w.week * ${constant(WEEK_DAYS)},
            'students', w.students, 'withData', w.with_data, 'medianMs', w.median_ms,
            'isProvisional', not s.is_over and s.today < s.start_date + w.week * ${constant(WEEK_DAYS)} + ${constant(WEEK_DAYS)})
            order by w.week), '[]')
          from week_figures w where w.batch_id = s.id))), '[]')
      from side s
      cross join lateral (
        select count(*) as students, count(m.ms) as with_data, percentile_cont(0.5) within group (order by m.ms) as median_ms,
          count(*) filter (where m.ms > 0) as coded, coalesce(sum(own.certificates), 0) as certificates,
          coalesce(sum(own.demos), 0) as demos, count(*) filter (where own.demos_until > 0) as with_demo,
          count(*) filter (where own.has_presented) as presented
        from student_total m
        cross join lateral (
          select (
              select count(*) from certificate c
              where c.student_id = m.student_id and c.revoked_at is null and c.date_issued between m.from_day and m.cut) as certificates,
            d.demos, d.demos_until, exists (
              select from demo_signup g
              join demo_session s on s.id = g.session_id and not s.is_cancelled and s.session_date between m.start_date and m.cut
                and (s.batch_id is null or s.batch_id = m.batch_id) and ${sessionStart} <= ${at}
              where g.student_id = m.student_id and g.status = 'presented') as has_presented
          from (
            select count(*) filter (where dated.day between m.from_day and m.cut) as demos,
              count(*) filter (where dated.day <= m.cut) as demos_until
            from demo d
            cross join lateral (
              select coalesce(d.demo_date, (d.created_at at time zone s.time_zone)::date) as day
            ) dated
            where d.student_id = m.student_id
          ) d
        ) own
        where m.batch_id = s.id
      ) t) as sides`);
  if (!row) throw new Error("the statement of two batches returned no row");
  const of = (id: number | null): CompareSide | null => {
    const side = row.sides.find((each: Side) => each.batch.id === id);
    if (!side) return null;
    const { hasBegun: _, ...batch } = side.batch;
    return { ...side, batch };
  };
  return { batches: row.batches, days: row.days, left: of(leftId), right: of(rightId) };
}
