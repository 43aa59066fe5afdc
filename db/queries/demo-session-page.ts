import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EnrolmentStatus, SessionState, SignupStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { academyZone, localDay, shownEnrolment } from "./fragments";
import type { Looker } from "./user-list";

/** What keeps somebody from getting a place, or null: the account, the enrolment, or the batch the session is for. */
export type Standing = Exclude<EnrolmentStatus, "active"> | "disabled" | "left" | "upcoming" | "elsewhere" | null;

export type SessionSignup = {
  id: number;
  version: number;
  studentId: number;
  name: string;
  batchName: string | null;
  standing: Standing;
  status: SignupStatus;
  demo: { title: string; url: string | null } | null;
  signupNotes: string | null;
  /** What staff wrote about the presentation. */
  notes: string | null;
  rating: number | null;
  /** Who teaches the batch that the student is in today. */
  instructorIds: number[];
};

export type RunningSession = {
  id: number;
  version: number;
  sessionDate: DateString;
  /** `HH:MM` on the clock of `timeZone`. */
  sessionTime: string;
  timeZone: string;
  startsAt: string;
  hasBegun: boolean;
  academyZone: string;
  academyName: string;
  title: string;
  description: string | null;
  notes: string | null;
  meetingUrl: string | null;
  batchId: number | null;
  batchName: string | null;
  maxScheduled: number | null;
  isActive: boolean;
  cancelReason: string | null;
  state: SessionState;
  /** In running order, the waiting list by who is next, and those who withdrew by name. */
  signups: SessionSignup[];
};

/** Another session that sign-ups can go to, open and still to come; `left` is null where there is no limit. */
export type SessionTarget = { id: number; title: string; sessionDate: DateString; left: number | null };

export type DemoSessionPage = RunningSession & {
  targets: SessionTarget[];
  /** For the form: those that are not archived, and the session's own. */
  batches: { id: number; name: string }[];
  /** The looker may sign somebody up at all. */
  canSignUp: boolean;
};

/** Sessions that sign-ups can move to: those of the days around. */
const MOST_TARGETS = 60;

const startOf = (alias: SQL): SQL =>
  sql`((${alias}.session_date + ${alias}.session_time) at time zone ${alias}.time_zone)`;

const taken = (alias: SQL): SQL => sql`(
  select count(*)::int from demo_signup t
  where t.session_id = ${alias}.id and t.status in ('scheduled', 'presented', 'no_show'))`;

const standing = (at: SQL): SQL => sql`case
  when u.disabled_at is not null then 'disabled'
  when e.batch_id is null or e.to_date <= ${localDay(at, sql`e.batch_time_zone`)} then 'left'
  when e.from_date > ${localDay(at, sql`e.batch_time_zone`)} then 'upcoming'
  when e.status <> 'active' then e.status::text
  when s.batch_id is not null and s.batch_id <> e.batch_id then 'elsewhere' end`;

/** The sign-ups of the session `s`, of one kind, by their own order. idx_demo_signup_session_status finds them. */
const signups = (at: SQL): SQL => sql`(
  select coalesce(json_agg(json_build_object(
    'id', g.id, 'version', g.version, 'studentId', st.id, 'name', u.name, 'batchName', e.batch_name,
    'standing', ${standing(at)}, 'status', g.status, 'signupNotes', g.signup_notes, 'notes', g.presentation_notes,
    'rating', g.rating,
    'demo', (select json_build_object('title', d.title, 'url', coalesce(d.demo_url, d.github_url))
      from demo d where d.id = g.demo_id),
    'instructorIds', array(
      select bi.user_id from batch_instructor bi
      where bi.batch_id = e.batch_id and e.from_date <= ${localDay(at, sql`e.batch_time_zone`)}
        and (e.to_date is null or e.to_date > ${localDay(at, sql`e.batch_time_zone`)})))
    order by case g.status when 'waitlisted' then 1 when 'cancelled' then 2 else 0 end,
      case when g.status in ('scheduled', 'presented', 'no_show') then g.running_order end nulls last,
      case when g.status = 'cancelled' then lower(u.name) end, g.queued_at, g.id), '[]')
  from demo_signup g
  join student st on st.id = g.student_id
  join "user" u on u.id = st.user_id
  left join ${shownEnrolment(at)} on true
  where g.session_id = s.id)`;

/** The fields of a `RunningSession`, of the session `s` with its batch `b`. */
const sessionFields = (at: SQL): SQL => sql`
  'id', s.id, 'version', s.version, 'sessionDate', s.session_date, 'sessionTime', to_char(s.session_time, 'HH24:MI'),
  'timeZone', s.time_zone, 'startsAt', ${startOf(sql`s`)}, 'hasBegun', ${startOf(sql`s`)} <= ${at},
  'academyZone', ${academyZone},
  'academyName', coalesce((select value #>> '{}' from setting where key = 'academy_name'), 'Cohort'),
  'title', s.title, 'description', s.description, 'notes', s.notes, 'meetingUrl', s.meeting_url,
  'batchId', s.batch_id, 'batchName', b.name, 'maxScheduled', s.max_scheduled, 'isActive', s.is_active,
  'cancelReason', s.cancel_reason,
  'state', case
    when s.is_cancelled then 'cancelled'
    when s.session_date < ${localDay(at, sql`s.time_zone`)} then 'past'
    when not s.is_active then 'closed'
    when ${taken(sql`s`)} >= s.max_scheduled then 'full'
    else 'open' end,
  'signups', ${signups(at)}`;

const instant = (now: Date): SQL => sql`${now.toISOString()}::timestamptz`;

/** A session with its sign-ups, for run mode and the printed sheet, in one statement; null when there is none. */
export async function getRunningSession(db: Db, sessionId: number, now: Date): Promise<RunningSession | null> {
  const [row] = await db.execute<{ session: RunningSession }>(sql`
    select json_build_object(${sessionFields(instant(now))}) as session
    from demo_session s
    left join batch b on b.id = s.batch_id
    where s.id = ${sessionId}`);
  return row?.session ?? null;
}

/** The page of a session with what its forms offer, in one statement; null when there is none. */
export async function getDemoSessionPage(
  db: Db,
  sessionId: number,
  looker: Looker,
  now: Date,
): Promise<DemoSessionPage | null> {
  const at = instant(now);
  const [row] = await db.execute<{ page: DemoSessionPage }>(sql`
    select json_build_object(${sessionFields(at)},
      'targets', (
        select coalesce(json_agg(json_build_object('id', o.id, 'title', o.title, 'sessionDate', o.session_date,
          'left', o.max_scheduled - ${taken(sql`o`)}) order by o.session_date, o.id), '[]')
        from (
          select * from demo_session n
          where n.id <> s.id and n.is_active and not n.is_cancelled and n.session_date >= ${localDay(at, sql`n.time_zone`)}
            and ${startOf(sql`n`)} > ${at}
          order by abs(n.session_date - s.session_date), n.id
          limit ${MOST_TARGETS}
        ) o),
      'batches', (
        select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name) order by o.start_date desc, o.name), '[]')
        from batch o where o.archived_at is null or o.id = s.batch_id),
      'canSignUp', ${looker.role} = 'admin' or exists (
        select from batch_instructor bi where bi.user_id = ${looker.id})) as page
    from demo_session s
    left join batch b on b.id = s.batch_id
    where s.id = ${sessionId}`);
  return row?.page ?? null;
}

/** The session that a sign-up belongs to; null when there is none. */
export async function getSessionOfSignup(db: Db, signupId: number): Promise<number | null> {
  const [row] = await db.execute<{ sessionId: number }>(
    sql`select session_id as "sessionId" from demo_signup where id = ${signupId}`,
  );
  return row?.sessionId ?? null;
}
