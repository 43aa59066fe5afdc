import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import {
  DEFAULT_THRESHOLDS,
  RISK_DAYS,
  type RiskCalendar,
  type RiskFacts,
  type RiskThresholds,
} from "@/lib/analytics/early-warning";
import type { DateString } from "@/lib/dates";
import { sessionStart } from "./demo-session-state";
import { academyZone, constant, isShown, localDay, restDays, WEEK_DAYS } from "./fragments";
import { isActiveBatch } from "./totals";

/** Thresholds that an admin changed; what is absent is the product's own. */
export const RISK_SETTING = "early_warning";
/** The last whole check: the academy's date, and the version of the thresholds that it went by. */
export const RISK_CHECKED_SETTING = "early_warning_checked";

/** The academy's date of the last whole check; null before the first. */
export const riskCheckedOn: SQL = sql`(select value ->> 'on' from setting where key = ${RISK_CHECKED_SETTING})`;

export type RiskPlan = {
  /** The academy's calendar day: what changes of band are dated by. */
  today: DateString;
  /** What clocks there show, `HH:MM`. */
  time: string;
  /** The date of the last whole check. */
  checkedOn: DateString | null;
  thresholds: RiskThresholds;
  /** 0 has the product's own. */
  thresholdsVersion: number;
  /** The last check went by other thresholds. */
  outOfDate: boolean;
  batchIds: number[];
};

/** The batches that run, with what a check of them needs to know of the academy. */
export async function getRiskPlan(db: Db, now: Date): Promise<RiskPlan> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<Omit<RiskPlan, "thresholds"> & { thresholds: Partial<RiskThresholds> }>(sql`
    select ${localDay(at, academyZone)}::text as today, to_char(${at} at time zone ${academyZone}, 'HH24:MI') as time,
      ${riskCheckedOn} as "checkedOn", limits.version as "thresholdsVersion",
      coalesce((
        select (value ->> 'thresholdsVersion')::int <> limits.version from setting where key = ${RISK_CHECKED_SETTING}
      ), false) as "outOfDate",
      limits.value as thresholds,
      (select coalesce(json_agg(b.id order by b.id), '[]') from batch b where ${isActiveBatch(at)}) as "batchIds"
    from (
      select coalesce(max(version), 0)::int as version, coalesce(min(value::text)::jsonb, '{}') as value
      from setting where key = ${RISK_SETTING}
    ) limits`);
  if (!row) throw new Error("the statement of the plan returned no row");
  return { ...row, thresholds: { ...DEFAULT_THRESHOLDS, ...row.thresholds } };
}

/**
 * `en` is where its student is in class at `at`, by the day of its batch. A move happens at the first midnight of the
 * batch that it leads to: where zones differ, nobody is in two batches until then, and nobody in none.
 */
export const isInClass = (at: SQL, today: SQL): SQL => sql`(
  ${isShown(at)} and en.from_date <= ${today} and (en.to_date is null or en.to_date > ${today} or exists (
    select from enrolment next where next.student_id = en.student_id and next.from_date = en.to_date)))`;

/**
 * What early warning knows of the active students of a batch, in one statement. Carried by idx_student_batch_id, then
 * for each student by idx_daily_summary_user_date (index-only), idx_demo_signup_student and the goals' own index; items
 * are read only of those who have a goal for a language or a project. Paused and dropped students are not among them.
 */
export async function getRiskFacts(
  db: Db,
  batchId: number,
  { missedWeeks, noDemoWeeks }: RiskThresholds,
  now: Date,
  freshHours: number,
): Promise<{ students: RiskFacts[]; calendar: RiskCalendar }> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const weeks = (count: number) => sql`make_interval(weeks => ${count}::int)`;
  const [row] = await db.execute<{ students: RiskFacts[]; calendar: RiskCalendar }>(sql`
    with member as materialized (
      select st.id as student_id, u.id as user_id, greatest(joined.day, b.start_date) as in_batch_since,
        own.today, date_trunc('week', own.today::timestamp)::date - ${constant(WEEK_DAYS)} as week_from, c.today_date,
        c.today_ms, u.hide_project_names, own.zone, (c.created_at at time zone own.zone)::date as linked_on,
        -- A day counts as read to its end when less than an hour of it was left: the nightly sync is at half past eleven.
        ((c.last_synced_at + interval '1 hour') at time zone own.zone)::date as read_until, case
          when c.status is null then 'absent'
          when c.status <> 'active' then 'broken'
          when c.last_synced_at > ${at} - make_interval(hours => ${freshHours}::int) then 'fresh'
          else 'stale' end as source
      from batch b
      join enrolment en on en.batch_id = b.id and en.status = 'active'
        and ${isInClass(at, localDay(at, sql`b.time_zone`))}
      join student st on st.id = en.student_id
      join "user" u on u.id = st.user_id and u.role = 'student' and u.disabled_at is null
      left join connection c on c.user_id = u.id
      cross join lateral (
        select z.zone, ${localDay(at, sql`z.zone`)} as today from (select coalesce(u.time_zone, b.time_zone) as zone) z
      ) own
      cross join lateral (
        -- Of the last unbroken time in this class: being paused, or only invited, is no time in it.
        select max(run.from_date) as day from enrolment run
        where run.student_id = st.id and run.batch_id = b.id and run.status = 'active' and run.from_date <= en.from_date
          and not exists (
            select from enrolment earlier
            where earlier.student_id = run.student_id and earlier.batch_id = run.batch_id
              and earlier.status = 'active' and earlier.to_date = run.from_date)
      ) joined
      where b.id = ${batchId}
    ), held as materialized (
      select count(*)::int as sessions
      from demo_session s
      where not s.is_cancelled and (s.batch_id is null or s.batch_id = ${batchId})
        and s.session_date >= (${at})::date - ${constant(WEEK_DAYS)} * ${noDemoWeeks}::int - 1
        and ${sessionStart} between ${at} - ${weeks(noDemoWeeks)} and ${at}
    ), free as materialized (
      select date, name from holiday
      where date between (${at})::date - ${constant(RISK_DAYS + WEEK_DAYS)} and (${at})::date + 1
    )
    select json_build_object('restDays', ${restDays},
        'holidays', (select coalesce(json_agg(date order by date), '[]') from free)) as calendar,
      coalesce(json_agg(json_build_object(
        'studentId', m.student_id, 'today', m.today, 'inBatchSince', m.in_batch_since, 'source', m.source,
        'days', days.list, 'missed', demos.missed, 'lastPresentedOn', demos.presented, 'sessionsHeld', held.sessions,
        'goals', aims.list) order by m.student_id), '[]') as students
    from member m
    cross join held
    cross join lateral (
      select coalesce(json_agg(json_build_object('date', d.date, 'totalMs', d.total_ms) order by d.date), '[]') as list
      from (
        select d.date, d.total_ms from daily_summary d
        where d.user_id = m.user_id and d.date between m.today - ${constant(RISK_DAYS)} and m.today - 1
          -- A zero says something of a day that was read to its end, and that the link could have filled.
          and (d.total_ms > 0 or (m.read_until is null or d.date < m.read_until) and (d.date >= m.linked_on
            or exists (
              select from daily_summary e where e.user_id = m.user_id and e.date < d.date and e.total_ms > 0)))
        union all
        -- Of today whatever was seen last, be it by a sync or by looking.
        select m.today, max(ms) from (
          select total_ms as ms from daily_summary where user_id = m.user_id and date = m.today
          union all
          select m.today_ms where m.today_date = m.today
        ) seen having max(ms) is not null
      ) d
    ) days
    cross join lateral (
      select coalesce(json_agg(s.session_date order by s.session_date desc) filter (
          where g.status = 'no_show' and ${sessionStart} > ${at} - ${weeks(missedWeeks)}), '[]') as missed,
        max(s.session_date) filter (where g.status = 'presented') as presented
      from demo_signup g
      join demo_session s on s.id = g.session_id and not s.is_cancelled
      where g.student_id = m.student_id and g.status in ('presented', 'no_show')
    ) demos
    cross join lateral (
      select coalesce(json_agg(json_build_object('label', case
          when go.kind = 'project' and m.hide_project_names then 'a project' else coalesce(go.name, 'coding') end,
        'weekTargetMs', aim.target_ms, 'doneMs', done.ms) order by go.slot), '[]') as list
      from goal go
      cross join lateral (
        select count(*)::int as days, count(d.date)::int as known
        from generate_series(m.week_from, m.week_from + ${constant(WEEK_DAYS - 1)}, interval '1 day') day
        left join daily_summary d on d.user_id = m.user_id and d.date = day::date
        where not ${restDays} @> to_jsonb(extract(isodow from day)::int)
          and not exists (select from free where free.date = day::date)
      ) work
      cross join lateral (
        select case go.period
          when 'week' then go.target_ms::float8
          when 'month' then go.target_ms * 7.0 / 30
          else go.target_ms::float8 * work.days end as target_ms
      ) aim
      cross join lateral (
        select case when work.known = work.days then sum(case when go.kind is null then d.total_ms else coalesce((
            select sum(i.ms) from daily_summary_item i
            join coding_name n on n.id = i.name_id and n.kind = go.kind and lower(n.name) = lower(go.name)
            where i.summary_id = d.id), 0) end) end::float8 as ms
        from daily_summary d
        where d.user_id = m.user_id and d.date between m.week_from and m.week_from + ${constant(WEEK_DAYS - 1)}
      ) done
      -- Nobody is behind on what they set themselves in the middle of a week, or on a week of holidays.
      where go.student_id = m.student_id and aim.target_ms > 0
        and (greatest(go.created_at, go.updated_at) at time zone m.zone)::date < m.week_from
    ) aims`);
  if (!row) throw new Error("the statement of the facts returned no row");
  return row;
}
