import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssignmentStatus, CodingSource, ConnectionStatus, EnrolmentStatus, RiskState } from "@/db/enums";
import { PREPARED } from "@/db/prepared";
import type { RiskSignal } from "@/lib/analytics/early-warning";
import { can } from "@/lib/auth/permissions";
import type { DateString } from "@/lib/dates";
import { batchesToJoin, instructorsOf } from "./enrolment-change";
import { academyZone, constant, isShown, localDay, shownEnrolment, WEEK_DAYS, weekOf } from "./fragments";
import { holdsToday } from "./sync-scope";
import type { Looker } from "./user-list";

/** Days of the heat map: 53 whole weeks at most. */
export const HEAT_MAP_WEEKS = 53;
/** How many assignments, demos and certificates are handed out; their totals are exact. */
export const SHORT_LIST_ROWS = 6;

/** The last so many local dates, or whole weeks from Monday with today's as the last one. */
export type Period = { days: number } | { weeks: number };

export type StudentPage = {
  studentId: number;
  userId: number;
  name: string;
  /** Of the account: name, contact and zone. */
  version: number;
  disabled: boolean;
  /** Their account was deleted: what is kept are numbers. */
  deleted: boolean;
  /** ISO; when the account is to be deleted because its owner asked for it. */
  deletionDueAt: string | null;
  /** Names of coding projects are for staff's screens, not for what is printed or exported. */
  hidesProjectNames: boolean;
  /** The student's own zone, and the one that holds: own, else the batch's, else the academy's. */
  ownZone: string | null;
  zone: string;
  /** The one that would hold without an own one. */
  otherZone: string;
  zoneOf: "student" | "batch" | "academy";
  academyName: string;
  /** The student's calendar day. */
  today: DateString;
  codingSource: CodingSource;
  batchId: number | null;
  batchName: string | null;
  status: EnrolmentStatus | null;
  /** The shown enrolment is over: it can be followed by another one only. */
  isOver: boolean;
  /** Of the shown enrolment; 0 without one. */
  enrolmentVersion: number;
  /** Who teaches the batch that holds today: their student. */
  instructorIds: number[];
  /** Who teaches the shown batch, today's or one to come, unless it is over: theirs to change is the enrolment. */
  enrolmentInstructorIds: number[];
  connection: { status: ConnectionStatus; lastSyncedAt: string | null; brokenAt: string | null } | null;
  week: { totalMs: number | null; days: number };
  /** Days with a row, the oldest first, back to the beginning of the heat map. */
  days: { date: DateString; totalMs: number }[];
  firstDay: DateString | null;
  /** The first date of the chosen period, which ends today. */
  from: DateString;
  languages: { name: string; ms: number }[];
  projects: { name: string; ms: number }[];
  /** Days of the period that have a row, and those that have details beside their total. */
  daysWithRow: number;
  daysWithItems: number;
  enrolments: {
    id: number;
    batchId: number;
    batchName: string;
    status: EnrolmentStatus;
    fromDate: DateString;
    toDate: DateString | null;
  }[];
  assignments: { total: number; rows: { projectId: number; name: string; status: AssignmentStatus }[] };
  demos: { total: number; rows: { id: number; title: string; date: DateString | null; url: string | null }[] };
  certificates: {
    total: number;
    rows: {
      id: number;
      name: string;
      issuer: string;
      issued: DateString;
      expires: DateString | null;
      revoked: boolean;
    }[];
  };
  signups: { presented: number; noShow: number; upcoming: number; rated: number; averageRating: number | null };
  /** How early warning stands; null for whoever is not in class, or was not looked at yet. */
  risk: {
    state: RiskState;
    points: number;
    since: DateString;
    checkedAt: string;
    signals: RiskSignal[];
    answered: boolean;
  } | null;
  /** Where the student can be moved to. */
  batches: { id: number; name: string }[];
  /** Null for those who may not see it. */
  contact: { email: string; phone: string | null } | null;
};

type Row = Omit<StudentPage, "contact"> & { email: string; phone: string | null };

const firstDayOf = (period: Period): SQL =>
  "days" in period
    ? sql`p.today - ${constant(period.days - 1)}`
    : sql`date_trunc('week', p.today::timestamp)::date - ${constant((period.weeks - 1) * WEEK_DAYS)}`;

const itemsOf = (kind: "language" | "project"): SQL => sql`(
  select coalesce(json_agg(json_build_object('name', own.name, 'ms', own.ms) order by own.ms desc, own.name), '[]')
  from item own where own.kind = ${sql.raw(`'${kind}'`)})`;

/** Of a list: how many, and the first few of them. */
const shortList = (from: SQL, order: SQL, row: SQL): SQL => sql`json_build_object(
  'total', (select count(*)::int ${from}),
  'rows', (select coalesce(json_agg(short.json), '[]') from (
    select ${row} as json ${from} order by ${order} limit ${constant(SHORT_LIST_ROWS)}) short))`;

/**
 * Everything on `/admin/students/{id}` but the timeline, and all of the printable report, in one statement; null when
 * there is no such student. Carried by the student's own indexes: idx_enrolment_student, idx_daily_summary_user_date
 * (heat map and week, index-only), the items' primary key, idx_demo_student, idx_certificate_student,
 * idx_demo_signup_student, idx_assignment_student_project.
 */
export async function getStudentPage(
  db: Db,
  studentId: number,
  period: Period,
  looker: Looker,
  now: Date,
): Promise<StudentPage | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;
  const [row] = await db.execute<{ page: Row }>(sql`${PREPARED}
    with p as materialized (
      select st.id as student_id, st.coding_source, u.id as user_id, u.name, u.version, u.disabled_at, u.email, u.phone,
        u.anonymised_at, u.deletion_due_at, u.hide_project_names,
        u.time_zone as own_zone, e.batch_id, e.batch_name, e.status, e.batch_time_zone, ${zone} as zone,
        coalesce(e.batch_time_zone, ${academyZone}) as other_zone,
        ${localDay(at, zone)} as today
      from student st
      join "user" u on u.id = st.user_id
      left join ${shownEnrolment(at)} on true
      where st.id = ${studentId}
    ), chosen as materialized (
      select d.id from p
      join daily_summary d on d.user_id = p.user_id and d.date between ${firstDayOf(period)} and p.today
    ), detail as materialized (
      select i.summary_id, i.ms, n.kind, n.name
      from chosen
      cross join lateral (select * from daily_summary_item i where i.summary_id = chosen.id) i
      join coding_name n on n.id = i.name_id
    ), item as materialized (
      select kind, name, sum(ms)::float8 as ms from detail where kind in ('language', 'project') group by kind, name
    )
    select json_build_object(
      'studentId', p.student_id, 'userId', p.user_id, 'name', p.name, 'version', p.version,
      'disabled', p.disabled_at is not null, 'deleted', p.anonymised_at is not null,
      'deletionDueAt', p.deletion_due_at, 'hidesProjectNames', p.hide_project_names, 'email', p.email, 'phone', p.phone, 'codingSource', p.coding_source,
      'ownZone', p.own_zone, 'zone', p.zone, 'otherZone', p.other_zone,
      'zoneOf', case when p.own_zone is not null then 'student' when p.batch_time_zone is not null then 'batch'
        else 'academy' end,
      'academyName', coalesce((select value #>> '{}' from setting where key = 'academy_name'), 'Cohort'),
      'today', p.today, 'batchId', p.batch_id, 'batchName', p.batch_name, 'status', p.status,
      'isOver', coalesce(shown.to_date <= ${localDay(at, sql`p.batch_time_zone`)}, false),
      'enrolmentVersion', coalesce(shown.version, 0),
      'instructorIds', ${instructorsOf(sql`
        select en.batch_id from enrolment en join batch b on b.id = en.batch_id and ${holdsToday}
        where en.student_id = p.student_id`)},
      'enrolmentInstructorIds', ${instructorsOf(sql`
        select shown.batch_id
        where shown.to_date is null or shown.to_date > ${localDay(at, sql`p.batch_time_zone`)}`)},
      'connection', (
        select json_build_object('status', c.status, 'lastSyncedAt', c.last_synced_at, 'brokenAt', c.broken_at)
        from connection c where c.user_id = p.user_id),
      'week', (
        select json_build_object('totalMs', week.total_ms, 'days', week.days)
        from (select p.user_id as id) u cross join ${weekOf(sql`p.today`)}),
      'days', (
        select coalesce(json_agg(json_build_object('date', d.date, 'totalMs', d.total_ms) order by d.date), '[]')
        from daily_summary d
        where d.user_id = p.user_id and d.date between p.today - ${constant(HEAT_MAP_WEEKS * WEEK_DAYS)} and p.today),
      'firstDay', (select min(en.from_date) from enrolment en where en.student_id = p.student_id),
      'from', ${firstDayOf(period)},
      'languages', ${itemsOf("language")}, 'projects', ${itemsOf("project")},
      'daysWithRow', (select count(*)::int from chosen),
      'daysWithItems', (select count(distinct summary_id)::int from detail),
      'enrolments', (
        select coalesce(json_agg(json_build_object('id', en.id, 'batchId', en.batch_id, 'batchName', b.name,
          'status', en.status, 'fromDate', en.from_date, 'toDate', en.to_date) order by en.from_date desc), '[]')
        from enrolment en join batch b on b.id = en.batch_id where en.student_id = p.student_id),
      'assignments', ${shortList(
        sql`from assignment a join project pr on pr.id = a.project_id where a.student_id = p.student_id`,
        sql`a.status in ('assigned', 'active') desc, pr.start_date desc, a.id desc`,
        sql`json_build_object('projectId', pr.id, 'name', pr.name, 'status', a.status)`,
      )},
      'demos', ${shortList(
        sql`from demo d where d.student_id = p.student_id`,
        sql`coalesce(d.demo_date, d.created_at::date) desc, d.id desc`,
        sql`json_build_object('id', d.id, 'title', d.title, 'date', d.demo_date, 'url', d.demo_url)`,
      )},
      'certificates', ${shortList(
        sql`from certificate ct where ct.student_id = p.student_id`,
        sql`ct.date_issued desc, ct.id desc`,
        sql`json_build_object('id', ct.id, 'name', ct.name, 'issuer', ct.issuer, 'issued', ct.date_issued,
          'expires', ct.date_expired, 'revoked', ct.revoked_at is not null)`,
      )},
      'signups', (
        select json_build_object('presented', count(*) filter (where s.status = 'presented'),
          'noShow', count(*) filter (where s.status = 'no_show'),
          'upcoming', count(*) filter (where s.status = 'scheduled' and not ds.is_cancelled
            and ds.session_date >= ${localDay(at, sql`ds.time_zone`)}),
          'rated', count(s.rating) filter (where s.status = 'presented'),
          'averageRating', round(avg(s.rating) filter (where s.status = 'presented'), 1)::float8)
        from demo_signup s join demo_session ds on ds.id = s.session_id where s.student_id = p.student_id),
      'risk', (
        select json_build_object('state', rb.state, 'points', rb.points, 'since', rb.from_date, 'signals', rb.signals,
          'checkedAt', rb.checked_at, 'answered', exists (
            select from risk_snooze z where z.student_id = rb.student_id and z.ended_at is null))
        from risk_band rb where rb.student_id = p.student_id and rb.to_date is null),
      'batches', ${batchesToJoin(looker, at, sql`p.batch_id`)}
    ) as page
    from p
    left join lateral (
      select en.batch_id, en.to_date, en.version from enrolment en where en.student_id = p.student_id and ${isShown(at)}
    ) shown on true`);
  if (!row) return null;
  const { email, phone, ...page } = row.page;
  const actor = { type: "user", id: looker.id, role: looker.role } as const;
  const sees = can(actor, "student.read-private", { instructorIds: page.instructorIds });
  return { ...page, contact: sees ? { email, phone } : null };
}
