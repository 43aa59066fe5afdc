import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, SyncRunState } from "@/db/enums";
import { PREPARED } from "@/db/prepared";
import { placesTaken, sessionStart } from "./demo-session-state";
import { academyZone, constant, localDay, shownEnrolment, WEEK_DAYS, weekOf } from "./fragments";
import { type RiskChanges, riskChanges } from "./risk-changes";
import { isWholeSync, syncRunState } from "./sync-run-state";
import { isActiveBatch, type Totals, totalsJson } from "./totals";

export const ACTIVITY_DAYS = 14;
const ATTENTION_ROWS = 5;

/** Coding time is whole milliseconds; null says that there is no data, which is not zero. */
export type Dashboard = {
  academyName: string;
  /** The academy's own calendar day. */
  today: string;
  totals: Totals;
  /** The newest accounts of those who are active now. */
  recentStudents: {
    id: number;
    name: string;
    batchName: string | null;
    joinedAt: string;
    weekMs: number | null;
    weekDays: number;
    connectionStatus: ConnectionStatus | null;
    lastSyncedAt: string | null;
    brokenAt: string | null;
  }[];
  activeBatches: {
    id: number;
    name: string;
    startDate: string;
    endDate: string;
    today: string;
    students: number;
    studentsWithData: number;
    medianWeekMs: number | null;
  }[];
  activity: { date: string; totalMs: number; students: number }[];
  nextSession: {
    id: number;
    title: string;
    sessionDate: string;
    sessionTime: string;
    timeZone: string;
    startsAt: string;
    academyZone: string;
    today: string;
    scheduled: number;
    waitlisted: number;
    maxScheduled: number | null;
  } | null;
  /** The latest sync of everybody, over or not. */
  lastSync: {
    id: number;
    state: SyncRunState;
    startedAt: string;
    finishedAt: string | null;
    usersTotal: number;
    usersOk: number;
    usersFailed: number;
    daysWritten: number;
  } | null;
  attention: RiskChanges;
  /** When most of those who were to be read had last been read: as of then are the sums over many students. */
  syncedAsOf: string | null;
};

/**
 * Everything on `/admin`, and what `/api/v1/admin/dashboard` needs of it, in one statement.
 * Carried by row_count (totals), idx_user_role_created (recent students), idx_student_batch_id, idx_user_student and
 * idx_daily_summary_user_date (active students' days, index-only, and twice, which is cheaper than keeping them for
 * both), idx_demo_session_date_open, idx_sync_run_started, idx_risk_band_state.
 */
export async function getDashboard(db: Db, now: Date): Promise<Dashboard> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ dashboard: Dashboard }>(sql`${PREPARED}
    with academy as (
      select ${academyZone} as zone
    ), active_batch as materialized (
      select b.id, b.name, b.start_date, b.end_date, b.time_zone, ${localDay(at, sql`b.time_zone`)} as today
      from batch b
      where ${isActiveBatch(at)}
    ), member as materialized (
      select b.id as batch_id, u.id as user_id, ${localDay(at, sql`coalesce(u.time_zone, b.time_zone)`)} as today
      from active_batch b
      join enrolment en on en.batch_id = b.id and en.status = 'active'
        and en.from_date <= b.today and (en.to_date is null or en.to_date > b.today)
      join "user" u on u.student_id = en.student_id
    ), batch_week as (
      select m.batch_id, count(w.week_ms)::int as students, percentile_cont(0.5) within group (order by w.week_ms) as median_ms
      from member m
      cross join lateral (
        select sum(d.total_ms)::float8 as week_ms
        from daily_summary d
        where d.user_id = m.user_id and d.date between m.today - ${constant(WEEK_DAYS - 1)} and m.today
      ) w
      group by m.batch_id
    ), batch_size as (
      select batch_id, count(*)::int as students from member group by batch_id
    ), recent as (
      select u.id, u.name, u.created_at, u.time_zone, st.id as student_id
      from "user" u
      join student st on st.user_id = u.id
      -- Limited, so that it is asked of the newest until there are five, and not worked out for everybody.
      cross join lateral (
        select from enrolment en
        join batch b on b.id = en.batch_id
        where en.student_id = st.id and en.status = 'active'
          and en.from_date <= ${localDay(at, sql`b.time_zone`)}
          and (en.to_date is null or en.to_date > ${localDay(at, sql`b.time_zone`)})
        limit 1
      ) active_now
      where u.role = 'student'
      order by u.created_at desc, u.id desc
      limit 5
    )
    select json_build_object(
      'academyName', coalesce((select value #>> '{}' from setting where key = 'academy_name'), 'Cohort'),
      'today', (select ${localDay(at, sql`zone`)} from academy),
      'totals', ${totalsJson(at)},
      'recentStudents', (
        select coalesce(json_agg(json_build_object(
          'id', u.id, 'name', u.name, 'batchName', e.batch_name, 'joinedAt', u.created_at,
          'weekMs', week.total_ms, 'weekDays', week.days,
          'connectionStatus', c.status, 'lastSyncedAt', c.last_synced_at, 'brokenAt', c.broken_at) order by u.created_at desc, u.id desc), '[]')
        from recent u
        cross join academy
        left join student st on st.id = u.student_id
        left join ${shownEnrolment(at)} on true
        left join connection c on c.user_id = u.id
        cross join ${weekOf(localDay(at, sql`coalesce(u.time_zone, e.batch_time_zone, academy.zone)`))}),
      'activeBatches', (
        select coalesce(json_agg(json_build_object(
          'id', b.id, 'name', b.name, 'startDate', b.start_date, 'endDate', b.end_date, 'today', b.today,
          'students', coalesce(size.students, 0), 'studentsWithData', coalesce(week.students, 0),
          'medianWeekMs', week.median_ms) order by b.start_date desc, b.name), '[]')
        from active_batch b
        left join batch_size size on size.batch_id = b.id
        left join batch_week week on week.batch_id = b.id),
      'activity', (
        select coalesce(json_agg(json_build_object('date', date, 'totalMs', total_ms, 'students', students) order by date), '[]')
        from (
          select d.date, sum(d.total_ms)::float8 as total_ms, count(*) filter (where d.total_ms > 0) as students
          from member m
          join daily_summary d on d.user_id = m.user_id
            and d.date between m.today - ${constant(ACTIVITY_DAYS - 1)} and m.today
          group by d.date
        ) per_day),
      'nextSession', (
        select json_build_object(
          'id', s.id, 'startsAt', ${sessionStart}, 'academyZone', ${academyZone}, 'title', s.title, 'sessionDate', s.session_date, 'sessionTime', s.session_time,
          'timeZone', s.time_zone, 'today', ${localDay(at, sql`s.time_zone`)}, 'maxScheduled', s.max_scheduled,
          'scheduled', ${placesTaken},
          'waitlisted', (select count(*) from demo_signup g where g.session_id = s.id and g.status = 'waitlisted'))
        from demo_session s
        where not s.is_cancelled and s.is_active and s.session_date >= ${localDay(at, sql`s.time_zone`)}
        order by s.session_date
        limit 1),
      'lastSync', (
        select json_build_object(
          'id', r.id, 'state', ${syncRunState}, 'startedAt', r.started_at, 'finishedAt', r.finished_at,
          'usersTotal', r.users_total, 'usersOk', r.users_ok, 'usersFailed', r.users_failed, 'daysWritten', r.days_written)
        from sync_run r
        where ${isWholeSync}
        order by r.started_at desc
        limit 1),
      'attention', ${riskChanges(at, sql`true`, ATTENTION_ROWS)},
      'syncedAsOf', (
        select r.finished_at
        from sync_run r
        -- One that read hardly anybody made nothing fresher.
        where ${isWholeSync} and r.status = 'completed' and r.users_ok > r.users_failed
        order by r.started_at desc
        limit 1)
    ) as dashboard`);
  if (!row) throw new Error("the dashboard statement returned no row");
  return row.dashboard;
}
