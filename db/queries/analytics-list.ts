import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AnalyticsListName, AnalyticsPeriod } from "@/db/enums";
import { turnsHeld } from "./analytics-participation";
import { analyticsStatement, demoDay, effectivePeriod, heldSessions, joinedDay, personFields } from "./analytics-scope";
import type { AnalyticsList, AnalyticsNarrow, AnalyticsScope } from "./analytics-shape";
import { happened, happenedWithin } from "./analytics-trends";
import { usedRows } from "./analytics-used";
import { constant } from "./fragments";

const BY_VALUE = sql`value desc nulls last`;
const BY_DAY = sql`on_day desc`;
const BY_NAME = null;

const HOUR_MS = 3_600_000;

/** What each list holds: a student, with `batch_id`, `value`, `label` and `on_day`; of those who count `h` of `who`. */
const NOTHING = sql`null::float8 as value, null::text as label, null::date as on_day`;
const OWN = sql`h.student_id, h.batch_id`;
const hours = (where: SQL) => sql`
  select ${OWN}, t.ms as value, null::text as label, null::date as on_day
  from who h
  cross join lateral (
    select sum(d.total_ms)::float8 as ms
    from daily_summary d
    where d.user_id = h.user_id and d.date between h.from_day and h.last_day
  ) t
  where ${where}`;
const places = (which: SQL) => sql`
  select t.student_id, null::int as batch_id, t.rating::float8 as value, s.title as label,
    s.session_date as on_day
  from turn t
  join held s on s.id = t.session_id
  where t.in_class and ${which}`;
const taken = sql`t.status in ('presented', 'no_show', 'scheduled')`;
const presented = sql`select g.student_id, s.session_date
  from demo_signup g join held s on s.id = g.session_id where g.status = 'presented'`;
const things = (rows: SQL) => sql`
  select w.student_id, w.batch_id, null::float8 as value, w.label, w.day as on_day from (${rows}) w`;

type Asked = { batchId: number | null; narrow: AnalyticsNarrow };
type Listed = { rows: SQL | ((asked: Asked) => SQL); order: SQL | null; unit?: number };

/** The rows of each list, what they are ordered by before the name, and how much of `value` is one. */
const LISTS: Record<AnalyticsListName, Listed> = {
  students: { rows: hours(sql`true`), order: BY_VALUE, unit: HOUR_MS },
  coded: { rows: hours(sql`t.ms > 0`), order: BY_VALUE, unit: HOUR_MS },
  not_coded: { rows: hours(sql`t.ms = 0`), order: BY_NAME },
  no_data: { rows: hours(sql`t.ms is null`), order: BY_NAME },
  with_data: { rows: hours(sql`t.ms is not null`), order: BY_VALUE, unit: HOUR_MS },
  used: {
    rows: ({ narrow: { used } }) => (used ? usedRows(used) : hours(sql`false`)),
    order: BY_VALUE,
    unit: HOUR_MS,
  },
  were_active: {
    rows: ({ batchId }) => sql`
      select en.student_id, max(en.batch_id) as batch_id, ${NOTHING}
      from f
      cross join enrolment en
      where ${
        batchId === null
          ? sql`en.status = 'active'`
          : sql`en.batch_id = ${batchId}::int and (en.status = 'active' or f.is_over and en.status = 'graduated')`
      }
        and en.from_date <= f.before_to and (en.to_date is null or en.to_date > f.before_to)
      group by en.student_id`,
    order: BY_NAME,
  },
  certificates: {
    rows: sql`select ${OWN}, null::float8 as value, c.name as label, c.date_issued as on_day
      from who h
      join certificate c on c.student_id = h.student_id and c.revoked_at is null
        and c.date_issued between h.from_day and h.last_day`,
    order: BY_DAY,
  },
  with_certificate: {
    rows: sql`select ${OWN}, count(*)::float8 as value, null::text as label, max(c.date_issued) as on_day
      from who h
      join certificate c on c.student_id = h.student_id and c.revoked_at is null and c.date_issued <= h.last_day
      group by ${OWN}`,
    order: BY_VALUE,
  },
  demos: {
    rows: sql`select ${OWN}, null::float8 as value, d.title as label, ${demoDay} as on_day
      from who h
      cross join f
      join demo d on d.student_id = h.student_id and ${demoDay} between h.from_day and h.last_day`,
    order: BY_DAY,
  },
  presented: {
    rows: sql`select ${OWN}, count(*)::float8 as value, null::text as label, max(p.session_date) as on_day
      from who h
      join (${presented}) p on p.student_id = h.student_id
      group by ${OWN}`,
    order: BY_VALUE,
  },
  not_presented: {
    rows: sql`select ${OWN}, ${NOTHING} from who h
      where not exists (select from (${presented}) p where p.student_id = h.student_id)`,
    order: BY_NAME,
  },
  with_demo: {
    rows: sql`select ${OWN}, count(*)::float8 as value, null::text as label, max(${demoDay}) as on_day
      from who h
      cross join f
      join demo d on d.student_id = h.student_id and ${demoDay} <= h.last_day
      group by ${OWN}`,
    order: BY_VALUE,
  },
  without_demo: {
    rows: sql`select ${OWN}, ${NOTHING}
      from who h
      cross join f
      where not exists (select from demo d where d.student_id = h.student_id and ${demoDay} <= h.last_day)`,
    order: BY_NAME,
  },
  joined: { rows: ({ batchId, narrow }) => things(happened("joined", batchId, narrow)), order: BY_DAY },
  issued: { rows: ({ batchId, narrow }) => things(happened("issued", batchId, narrow)), order: BY_DAY },
  demoed: { rows: ({ batchId, narrow }) => things(happened("demoed", batchId, narrow)), order: BY_DAY },
  places_taken: { rows: places(taken), order: BY_DAY },
  places_presented: { rows: places(sql`t.status = 'presented'`), order: BY_DAY },
  places_missed: { rows: places(sql`t.status = 'no_show'`), order: BY_DAY },
  places_unmarked: { rows: places(sql`t.status = 'scheduled'`), order: BY_DAY },
  places_waiting: { rows: places(sql`t.status = 'waitlisted'`), order: BY_DAY },
  places_rated: { rows: places(sql`t.rating is not null`), order: BY_DAY },
};

/**
 * `who`: who counts, with the days that the number is of. Of a part of a whole batch that is who had come by its end, as
 * where two batches are compared; of the period before who had come by then.
 */
function whoOf({ batchId }: AnalyticsScope, period: AnalyticsPeriod, { when, from, to }: AnalyticsNarrow): SQL {
  const days = (first: SQL, last: SQL, where = sql`true`) => sql`who as materialized (
    select m.student_id, m.user_id, m.batch_id, ${first} as from_day, ${last} as last_day
    from member m cross join f where ${where})`;
  if (when === "ever") return days(sql`'-infinity'::date`, sql`'infinity'::date`);
  if (when === "before" && period !== "batch") {
    const came = sql`${joinedDay(sql`m.student_id`, batchId)} < m.from_day`;
    return days(sql`m.from_day - ${constant(period)}`, sql`m.from_day - 1`, came);
  }
  const first = from ? sql`greatest(m.from_day, ${from}::date)` : sql`m.from_day`;
  if (!to) return days(first, sql`m.last_day`);
  // A week may end after its batch does.
  return period === "batch"
    ? days(first, sql`least(${to}::date, f.end_date)`, sql`m.from_day <= least(f.span_to, ${to}::date)`)
    : days(first, sql`least(m.last_day, ${to}::date)`);
}

/** The dates that the rows are of, as a JSON object; null of all time, and of a batch that has not begun. */
function daysOf(list: AnalyticsListName, period: AnalyticsPeriod, narrow: AnalyticsNarrow): SQL {
  const { when, from, to } = narrow;
  if (when === "ever") return sql`null::json`;
  const within = (first: SQL, last: SQL) =>
    sql`case when f.has_begun then json_build_object('from', ${first}, 'to', ${last}) end`;
  if (list === "joined" || list === "issued" || list === "demoed") {
    const { since, upTo } = happenedWithin(narrow);
    return within(since, upTo);
  }
  if (period !== "batch") {
    if (list === "were_active") return within(sql`f.before_to`, sql`f.before_to`);
    if (when === "before") return within(sql`f.before_from`, sql`f.before_to`);
  }
  return within(
    from ? sql`greatest(f.span_from, ${from}::date)` : sql`f.span_from`,
    to ? sql`least(f.span_to, ${to}::date)` : sql`f.span_to`,
  );
}

function heldOf(period: AnalyticsPeriod, { when, from, to, session }: AnalyticsNarrow, at: SQL): SQL {
  const before = when === "before" && period !== "batch";
  const ever = when === "ever";
  const first = ever ? sql`'-infinity'::date` : before ? sql`f.before_from` : sql`f.span_from`;
  const last = ever ? sql`'infinity'::date` : before ? sql`f.before_to` : sql`f.span_to`;
  const sessions = heldSessions(
    from ? sql`greatest(${first}, ${from}::date)` : first,
    to ? sql`least(${last}, ${to}::date)` : last,
    at,
  );
  return sql`held as materialized (${session ? sql`select * from (${sessions}) s where s.id = ${session}::int` : sessions})`;
}

/**
 * The list behind a number of analytics: as many rows as the number says, of the same statement's parts. `narrow` is the
 * part of the period that the number is of.
 */
export async function getAnalyticsList(
  db: Db,
  scope: AnalyticsScope,
  list: AnalyticsListName,
  page: { offset: number; limit: number } | null,
  now: Date,
  narrow: AnalyticsNarrow = {},
): Promise<AnalyticsList | null> {
  const { rows, order, unit = 1 } = LISTS[list];
  const { batchId } = scope;
  const period = effectivePeriod(scope);
  const { least = null, under = null } = narrow;
  const steps = sql`${least === null ? sql`true` : sql`l.value >= ${least * unit}::float8`}
    and ${under === null ? sql`true` : sql`l.value < ${under * unit}::float8`}`;
  const some = page ? sql`offset ${page.offset}::int limit ${page.limit}::int` : sql``;
  // Names are read of those alone who are before or on the page by what comes before the name.
  const near =
    page && order ? sql`order by ${order} fetch first (${page.offset + page.limit}::int) rows with ties` : sql``;
  const inOrder = (row: string) =>
    sql`${order ? sql`${order}, ` : sql``}lower(u.name), ${sql.raw(row)}.student_id, ${sql.raw(row)}.label`;
  return analyticsStatement<Omit<AnalyticsList, "frame">>(db, scope, now, (at) => ({
    parts: sql`${whoOf(scope, period, narrow)},
      ${heldOf(period, narrow, at)},
      turn as (${turnsHeld}),
      listed as materialized (
        select l.* from (${typeof rows === "function" ? rows({ batchId, narrow }) : rows}) l where ${steps}
      ),
      paged as (
        select l.*, u.id as user_id
        from (select * from listed ${near}) l join "user" u on u.student_id = l.student_id
        order by ${inOrder("l")} ${some}
      )`,
    fields: sql`
      'days', ${daysOf(list, period, narrow)},
      'total', (select count(*) from listed),
      'rows', (
        select coalesce(json_agg(json_build_object(${personFields}, 'value', m.value, 'label', m.label, 'on', m.on_day)
          order by ${inOrder("m")}), '[]')
        from (
          -- What happened on a day belongs to the batch that they were in.
          select p.student_id, p.user_id, p.value, p.label, p.on_day, coalesce(p.batch_id, (
            select en.batch_id from enrolment en
            where en.student_id = p.student_id and en.status <> 'invited'
              and en.from_date <= p.on_day and (en.to_date is null or en.to_date > p.on_day)
            limit 1)) as batch_id
          from paged p
        ) m
        join "user" u on u.id = m.user_id
        left join batch b on b.id = m.batch_id)`,
  }));
}
