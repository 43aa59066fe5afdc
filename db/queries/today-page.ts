import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, Role } from "@/db/enums";
import { DEFAULT_THRESHOLDS } from "@/lib/analytics/early-warning";
import { sessionStart } from "./demo-session-state";
import { academyZone, constant, localDay, restDays, shownEnrolment } from "./fragments";
import { type RiskChanges, riskChanges } from "./risk-changes";
import { isInClass, RISK_SETTING } from "./risk-facts";
import { isActiveBatch } from "./totals";

/** Working days without coding after which somebody is quiet, as early warning has it. Today, which is not over, is none. */
const quietWorkingDays = sql`coalesce(
  (select (value ->> 'quietWorkingDays')::int from setting where key = ${RISK_SETTING}),
  ${constant(DEFAULT_THRESHOLDS.quietWorkingDays)})`;

/** Days that a student is new in a batch. */
export const NEW_DAYS = 7;

const DAYS_LOOKED_BACK = 60;
const ROWS = 50;
const ATTENTION_ROWS = 10;

/** `id` is the student's. */
type Person = { id: number; name: string; batchName: string | null };

type Source = { status: ConnectionStatus | null; lastSyncedAt: string | null; brokenAt: string | null };

export type TodayPage = {
  /** The viewer's own calendar day. */
  today: string;
  /** Whose students these are: of the batches that the viewer teaches, or, for an admin who teaches none, everybody's. */
  scope: "own" | "everybody" | "none";
  batches: { id: number; name: string }[];
  nextSession: {
    id: number;
    title: string;
    sessionDate: string;
    sessionTime: string;
    timeZone: string;
    startsAt: string;
    academyZone: string;
    today: string;
    waitlisted: number;
    /** Scheduled, the viewer's own students first. */
    presenting: (Person & { demo: string | null; isOwn: boolean })[];
  } | null;
  /** Known to be quiet, for so many working days: the source is fresh. `lastCoded` null is never. */
  quiet: { workingDays: number; total: number; rows: (Person & { lastCoded: string | null; today: string })[] };
  /** Without coding in the same days, but nobody knows: the source is stale, broken or absent. */
  noData: { total: number; rows: (Person & Source)[] };
  attention: RiskChanges;
  followUps: { total: number; rows: { id: number; version: number; body: string; dueOn: string; student: Person }[] };
  newStudents: {
    total: number;
    rows: (Person & { fromDate: string; invited: boolean; status: ConnectionStatus | null })[];
  };
};

/** `json_agg` of the first ROWS rows of a set with its size. */
const listed = (set: SQL, row: SQL, order: SQL): SQL => sql`(
  select json_build_object('total', (select count(*) from ${set}), 'rows', coalesce(json_agg(${row} order by place), '[]'))
  from (select *, row_number() over (order by ${order}) as place from ${set} order by place limit ${constant(ROWS)}) first)`;

/**
 * Everything on `/admin/today`, in one statement. Students come by idx_student_batch_id from the running batches, what
 * they coded by idx_daily_summary_user_date (index-only, and only of those dates), notes by idx_note_follow_up, the
 * session by idx_demo_session_date_open.
 */
export async function getTodayPage(
  db: Db,
  viewer: { id: number; role: Role; timeZone: string | null },
  now: Date,
  freshHours: number,
): Promise<TodayPage> {
  const at = sql`${now.toISOString()}::timestamptz`;
  type Found = Omit<TodayPage, "quiet"> & { quiet: Omit<TodayPage["quiet"], "workingDays">; quietWorkingDays: number };
  const [row] = await db.execute<{ page: Found }>(sql`
    with me as materialized (
      select case
          when exists (select from batch_instructor where user_id = ${viewer.id}) then 'own'
          when ${viewer.role === "admin"} then 'everybody'
          else 'none' end as scope,
        ${localDay(at, sql`coalesce(${viewer.timeZone}, ${academyZone})`)} as today
    ), my_batch as materialized (
      select b.id, b.name, b.start_date, b.time_zone, ${localDay(at, sql`b.time_zone`)} as today
      from batch b
      cross join me
      where ${isActiveBatch(at)} and (me.scope = 'everybody'
        or exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${viewer.id}))
    ), enrolled as materialized (
      select b.id as batch_id, b.name as batch_name, b.today as batch_today, u.id as user_id, u.name, st.id as student_id,
        en.status, en.from_date, ${localDay(at, sql`coalesce(u.time_zone, b.time_zone)`)} as today
      from my_batch b
      join enrolment en on en.batch_id = b.id and en.status in ('active', 'invited') and ${isInClass(at, sql`b.today`)}
      join student st on st.id = en.student_id
      join "user" u on u.id = st.user_id and u.role = 'student' and u.disabled_at is null
    ), working_day as materialized (
      select day::date as date
      from generate_series((${at} at time zone 'UTC')::date - ${constant(DAYS_LOOKED_BACK)},
        (${at} at time zone 'UTC')::date + 1, interval '1 day') day
      where not ${restDays} @> to_jsonb(extract(isodow from day)::int) and not exists (select from holiday h where h.date = day::date)
    ), span as materialized (
      -- Students live in few dates at a time: the days are counted back once for each.
      select t.today, (
        select w.date from working_day w where w.date < t.today
        order by w.date desc offset ${quietWorkingDays} - 1 limit 1) as since
      from (select distinct today from enrolled) t
    ), without_coding as materialized (
      select m.user_id, m.student_id, m.name, m.batch_name, m.today, s.since, c.status, c.last_synced_at, c.broken_at,
        coalesce(c.status = 'active' and c.last_synced_at > ${at} - make_interval(hours => ${freshHours}::int), false) as fresh
      from enrolled m
      join span s on s.today = m.today
      left join connection c on c.user_id = m.user_id
      where m.status = 'active' and m.from_date <= s.since
        and not coalesce(c.today_date = m.today and c.today_ms > 0, false)
        and not exists (
          select from daily_summary d
          where d.user_id = m.user_id and d.date between s.since and m.today and d.total_ms > 0)
    ), quiet as (
      select q.*, (
        select max(d.date) from daily_summary d
        where d.user_id = q.user_id and d.date < q.since and d.total_ms > 0) as last_coded
      from without_coding q where q.fresh
    ), no_data as (
      select * from without_coding where not fresh
    ), newcomer as (
      select e.student_id, e.name, e.batch_name, e.from_date, e.status as enrolment_status, c.status as connection_status
      from enrolled e
      left join connection c on c.user_id = e.user_id
      where e.from_date > e.batch_today - ${constant(NEW_DAYS)}
    ), due as (
      select n.id, n.version, n.body, n.follow_up_on, st.id as student_id, u.name, e.batch_name
      from note n
      cross join me
      join student st on st.id = n.student_id
      join "user" u on u.id = st.user_id
      left join ${shownEnrolment(at)} on true
      where n.author_id = ${viewer.id} and n.done_at is null and n.follow_up_on <= me.today
    )
    select json_build_object(
      'today', me.today,
      'scope', me.scope,
      'batches', (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by start_date desc, name), '[]') from my_batch),
      'nextSession', (
        select json_build_object(
          'id', s.id, 'startsAt', ${sessionStart}, 'academyZone', ${academyZone}, 'title', s.title, 'sessionDate', s.session_date, 'sessionTime', s.session_time, 'timeZone', s.time_zone,
          'today', ${localDay(at, sql`s.time_zone`)},
          'waitlisted', (select count(*) from demo_signup g where g.session_id = s.id and g.status = 'waitlisted'),
          'presenting', (
            select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'batchName', p.batch_name,
              'demo', p.title, 'isOwn', p.is_own) order by p.place), '[]')
            from (
              select st.id, u.name, e.batch_name, d.title, own.is_own,
                row_number() over (order by own.is_own desc, g.running_order nulls last, g.queued_at, g.id) as place
              from demo_signup g
              join student st on st.id = g.student_id
              join "user" u on u.id = st.user_id
              left join demo d on d.id = g.demo_id
              left join ${shownEnrolment(at)} on true
              cross join lateral (select exists (select from enrolled o where o.student_id = g.student_id) as is_own) own
              where g.session_id = s.id and g.status = 'scheduled'
              order by place
              limit ${constant(ROWS)}
            ) p))
        from demo_session s
        where not s.is_cancelled and s.is_active and s.session_date >= ${localDay(at, sql`s.time_zone`)}
        order by s.session_date
        limit 1),
      'quietWorkingDays', ${quietWorkingDays},
      'quiet', ${listed(
        sql`quiet`,
        sql`json_build_object('id', student_id, 'name', name, 'batchName', batch_name, 'lastCoded', last_coded, 'today', today)`,
        sql`last_coded nulls first, lower(name), student_id`,
      )},
      'noData', ${listed(
        sql`no_data`,
        sql`json_build_object('id', student_id, 'name', name, 'batchName', batch_name, 'status', status,
          'lastSyncedAt', last_synced_at, 'brokenAt', broken_at)`,
        sql`status nulls last, lower(name), student_id`,
      )},
      'attention', ${riskChanges(at, sql`b.batch_id in (select my_batch.id from my_batch)`, ATTENTION_ROWS)},
      'followUps', ${listed(
        sql`due`,
        sql`json_build_object('id', id, 'version', version, 'body', body, 'dueOn', follow_up_on,
          'student', json_build_object('id', student_id, 'name', name, 'batchName', batch_name))`,
        sql`follow_up_on, id`,
      )},
      'newStudents', ${listed(
        sql`newcomer`,
        sql`json_build_object('id', student_id, 'name', name, 'batchName', batch_name, 'fromDate', from_date,
          'invited', enrolment_status = 'invited', 'status', connection_status)`,
        sql`from_date desc, lower(name), student_id`,
      )}
    ) as page
    from me`);
  if (!row) throw new Error("the statement of the day returned no row");
  const { quietWorkingDays: workingDays, ...page } = row.page;
  return { ...page, quiet: { ...page.quiet, workingDays } };
}
