import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AnalyticsPeriod } from "@/db/enums";
import type { AnalyticsFrame, AnalyticsScope } from "./analytics-shape";
import { batchState } from "./batch-state";
import { sessionStart } from "./demo-session-state";
import { academyZone, constant, isShown, localDay } from "./fragments";
import { isWholeSync } from "./sync-run-state";

/** What is shown where the whole batch was asked for and none was chosen. */
const DAYS_WITHOUT_BATCH = 28;

export const effectivePeriod = ({ batchId, period }: AnalyticsScope): AnalyticsPeriod =>
  batchId === null && period === "batch" ? DAYS_WITHOUT_BATCH : period;

/**
 * `f`, one row (none when there is no such batch): the zone and day that dates go by, the period from `span_from` to
 * `span_to` and the one before it. `last` is the day on which everything ends: today, or a batch's last day.
 */
function frameOf({ batchId }: AnalyticsScope, period: AnalyticsPeriod, at: SQL): SQL {
  const from =
    period === "batch" ? sql`start_date` : sql`least(today, coalesce(end_date, today)) - ${constant(period - 1)}`;
  const before = (days: number) =>
    period === "batch" ? sql`null::date` : sql`least(today, coalesce(end_date, today)) - ${constant(days)}`;
  const spans = sql`least(today, coalesce(end_date, today)) as span_to, ${from} as span_from,
    ${before(period === "batch" ? 0 : 2 * period - 1)} as before_from,
    ${before(period === "batch" ? 0 : period)} as before_to`;
  if (batchId === null) {
    return sql`f as materialized (
      select z.*, ${spans}
      from (
        select null::int as batch_id, null::text as name, null::text as state, null::date as start_date, null::date as end_date,
          false as is_over, true as has_begun, own.zone, ${localDay(at, sql`own.zone`)} as today
        from (select ${academyZone} as zone offset 0) own
      ) z)`;
  }
  return sql`f as materialized (
    select z.*, ${spans}
    from (
      select b.id as batch_id, b.name, ${batchState(at)} as state, b.start_date, b.end_date,
        own.today > b.end_date as is_over, own.today >= b.start_date as has_begun, b.time_zone as zone, own.today
      from batch b
      cross join lateral (select ${localDay(at, sql`b.time_zone`)} as today) own
      where b.id = ${batchId}::int
    ) z)`;
}

/**
 * The enrolments `en` of who counts: active today; of a batch that is over whoever was in it, as active or graduated,
 * until its last day. At most one of a student at a time, so that nobody counts twice while moving across zones.
 */
const countedIn = (batchId: number | null, at: SQL): SQL => {
  const active = sql`en.status = 'active' and ${isShown(at)}
    and en.from_date <= ${localDay(at, sql`b.time_zone`)} and (en.to_date is null or en.to_date > ${localDay(at, sql`b.time_zone`)})`;
  if (batchId === null) return active;
  return sql`en.batch_id = ${batchId}::int and case when (select is_over from f)
    then (en.status = 'graduated' or en.status = 'active' and en.from_date <= b.end_date)
      and (en.to_date is null or en.to_date >= b.end_date)
    else ${active} end`;
};

/** The first day of `m` in the chosen batch or, where none is chosen, at the academy; an invitation is none. */
export const joinedDay = (student: SQL, batchId: number | null): SQL => sql`(
  select min(first.from_date) from enrolment first
  where first.student_id = ${student} and first.status <> 'invited'
    ${batchId === null ? sql`` : sql`and first.batch_id = ${batchId}::int`})`;

/**
 * `member`: who counts, with the user behind the student row, by whom coding time is kept; the first day of the period
 * (`from_day`) and the last (`last_day`) by their own calendar, which of a whole batch begins when they came. Carried by
 * idx_enrolment_shown, idx_student_batch_id and idx_user_student.
 */
function membersOf({ batchId }: AnalyticsScope, period: AnalyticsPeriod, at: SQL): SQL {
  const own = localDay(at, sql`coalesce(u.time_zone, b.time_zone)`);
  const last = batchId === null ? own : sql`case when f.is_over then f.end_date else least(${own}, f.end_date) end`;
  const first =
    period === "batch"
      ? sql`greatest(f.start_date, ${joinedDay(sql`counted.student_id`, batchId)})`
      : sql`own.last_day - ${constant(period - 1)}`;
  return sql`member as materialized (
    select counted.student_id, u.id as user_id, counted.batch_id, own.last_day, ${first} as from_day
    from (
      select en.student_id, max(en.batch_id) as batch_id
      from enrolment en
      join batch b on b.id = en.batch_id
      where ${countedIn(batchId, at)}
      group by en.student_id
    ) counted
    cross join f
    join batch b on b.id = counted.batch_id
    join "user" u on u.student_id = counted.student_id
    cross join lateral (select ${last} as last_day) own)`;
}

export const batchesJson = (at: SQL): SQL => sql`(
  select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'state', o.state)
    order by array_position(array['running', 'upcoming', 'ended', 'archived'], o.state), o.start_date desc, o.name), '[]')
  from (select b.id, b.name, b.start_date, ${batchState(at)} as state from batch b) o)`;

/** As of when a batch's links are known: half of them had been read by then. */
const readAsOf = sql`(
  select percentile_disc(0.5) within group (order by c.last_synced_at)
  from member m join connection c on c.user_id = m.user_id)`;

/** As of when everybody's are: as on the dashboard, when the last sync of all that read most of them ended. */
const wholeSyncEnded = sql`(
  select r.finished_at from sync_run r
  where ${isWholeSync} and r.status = 'completed' and r.users_ok > r.users_failed
  order by r.started_at desc limit 1)`;

/** The frame as JSON, of `f` and `member`. */
const frameJson = (
  { batchId }: AnalyticsScope,
  period: AnalyticsPeriod,
  compares: boolean,
  at: SQL,
): SQL => sql`json_build_object(
  'period', ${sql.raw(period === "batch" ? "'batch'" : String(period))}, 'zone', f.zone, 'today', f.today,
  'batch', case when f.batch_id is not null then json_build_object('id', f.batch_id, 'name', f.name, 'startDate', f.start_date,
    'endDate', f.end_date, 'timeZone', f.zone, 'state', f.state, 'today', f.today, 'isOver', f.is_over) end,
  'batches', ${batchesJson(at)},
  'span', case when f.has_begun then
    json_build_object('from', f.span_from, 'to', f.span_to, 'days', f.span_to - f.span_from + 1) end,
  'before', ${compares ? sql`case when f.has_begun and f.before_from is not null then json_build_object('from', f.before_from, 'to', f.before_to) end` : sql`null::json`},
  'students', (select count(*) from member),
  'syncedAsOf', ${batchId === null ? wholeSyncEnded : readAsOf})`;

/**
 * Runs the one statement of a tab: `parts` are the further CTEs, made of `f` and `member`, `fields` the rest of the JSON
 * object beside the frame. Null when there is no such batch.
 */
export async function analyticsStatement<T>(
  db: Db,
  scope: AnalyticsScope,
  now: Date,
  build: (at: SQL, period: AnalyticsPeriod) => { parts?: SQL; fields: SQL; compares?: boolean },
): Promise<(T & { frame: AnalyticsFrame }) | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const period = effectivePeriod(scope);
  const { parts, fields, compares = false } = build(at, period);
  const [row] = await db.execute<{ tab: T & { frame: AnalyticsFrame } }>(sql`
    with ${frameOf(scope, period, at)}, ${membersOf(scope, period, at)} ${parts ? sql`, ${parts}` : sql``}
    select json_build_object('frame', ${frameJson(scope, period, compares, at)}, ${fields}) as tab
    from f`);
  return row?.tab ?? null;
}

/**
 * `hours`: each member's coding time of the period and of the one before, null without a row; and whether they were
 * there by the end of the latter. One index-only range for each (idx_daily_summary_user_date).
 */
export const hoursOf = ({ batchId }: AnalyticsScope, period: AnalyticsPeriod): SQL => {
  const start = period === "batch" ? sql`m.from_day` : sql`m.from_day - ${constant(period)}`;
  const wasThere = period === "batch" ? sql`false` : sql`${joinedDay(sql`m.student_id`, batchId)} < m.from_day`;
  return sql`hours as materialized (
    select m.*, h.now_ms, h.before_ms, ${wasThere} as was_there
    from member m
    cross join lateral (
      select sum(d.total_ms) filter (where d.date >= m.from_day)::float8 as now_ms,
        sum(d.total_ms) filter (where d.date < m.from_day)::float8 as before_ms
      from daily_summary d
      where d.user_id = m.user_id and d.date between ${start} and m.last_day
    ) h)`;
};

/** The same of the period alone, where nothing is compared. */
export const HOURS_NOW: SQL = sql`hours as materialized (
  select m.*, h.now_ms
  from member m
  cross join lateral (
    select sum(d.total_ms)::float8 as now_ms
    from daily_summary d
    where d.user_id = m.user_id and d.date between m.from_day and m.last_day
  ) h)`;

/** `held`: sessions from `from` to `to` that have begun, of the chosen batch or open to all. */
export const heldSessions = (from: SQL, to: SQL, at: SQL): SQL => sql`
  select s.id, s.title, s.session_date, s.max_scheduled
  from f
  join demo_session s on not s.is_cancelled and s.session_date between ${from} and ${to} and ${sessionStart} <= ${at}
    and (f.batch_id is null or s.batch_id is null or s.batch_id = f.batch_id)`;

/** When the demo `d` is dated: its own date, else the day it was put in. */
export const demoDay = sql`coalesce(d.demo_date, (d.created_at at time zone f.zone)::date)`;

/** A member as JSON; `m` joined with `u` and `b`. */
export const personFields = sql`'studentId', m.student_id, 'userId', m.user_id, 'name', u.name, 'batchId', m.batch_id, 'batchName', b.name`;
