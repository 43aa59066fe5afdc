import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EnrolmentStatus, SessionState, SignupStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { sessionDay, sessionStart } from "./demo-session-state";
import { academyZone, constant, localDay, shownEnrolment } from "./fragments";

/** How a student stands on the day it is in their batch: only `active` may sign up. */
export type Standing = {
  batchId: number | null;
  batchName: string | null;
  status: EnrolmentStatus | null;
  /** Whether that enrolment is still to begin, holds today, or has ended. */
  period: "before" | "now" | "after" | null;
  fromDate: DateString | null;
};

export type OwnSignup = {
  id: number;
  version: number;
  status: SignupStatus;
  demoId: number | null;
  demoTitle: string | null;
  notes: string | null;
  rating: number | null;
  feedback: string | null;
  runningOrder: number | null;
  /** From 1, in the waiting list; null with a place. */
  place: number | null;
};

/** A session, told with `startsAt` as an instant and with what the student has to do with it. */
type Told = {
  id: number;
  sessionDate: DateString;
  sessionTime: string;
  timeZone: string;
  startsAt: string;
  title: string;
  isCancelled: boolean;
  cancelReason: string | null;
};

export type PortalSession = Told & {
  /** The day it is now where the session is held. */
  today: DateString;
  description: string | null;
  meetingUrl: string | null;
  batchId: number | null;
  batchName: string | null;
  maxScheduled: number | null;
  taken: number;
  waiting: number;
  state: SessionState;
  hasBegun: boolean;
  /** None once it was withdrawn. */
  signup: OwnSignup | null;
  /** Whether one had signed up; staff and a left batch withdraw, too. */
  wasWithdrawn: boolean;
};

export type PastSignup = Told & { signup: OwnSignup };

export type PortalSessions = {
  studentId: number | null;
  zone: string;
  standing: Standing;
  /** The next `shown` ones, and all that one has or had a place in. */
  sessions: PortalSession[];
  /** How many there are to come in all. */
  total: number;
  /** What is over, and what was withdrawn from a session that is cancelled or switched off. */
  history: PastSignup[];
  demos: { id: number; title: string }[];
  feed: { nonce: string; hash: string; lastUsedAt: string | null } | null;
};

/** Half a year of Fridays: further on one has to ask. */
export const SESSIONS_SHOWN = 30;

const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;

/** The student `u` with their student row `st`, their shown enrolment `e`, and the day it is in its batch. */
const student = (userId: number, at: SQL): SQL => sql`
  select u.id as user_id, st.id as student_id, ${zone} as zone, e.batch_id, e.batch_name, e.status, e.from_date,
    case when e.from_date > ${localDay(at, sql`e.batch_time_zone`)} then 'before'
      when e.to_date <= ${localDay(at, sql`e.batch_time_zone`)} then 'after'
      when e.from_date is not null then 'now' end as period
  from "user" u
  left join student st on st.user_id = u.id
  left join ${shownEnrolment(at)} on true
  where u.id = ${userId}`;

const told = sql`'id', s.id, 'sessionDate', s.session_date, 'sessionTime', to_char(s.session_time, 'HH24:MI'),
  'timeZone', s.time_zone, 'startsAt', s.starts_at, 'title', s.title, 'isCancelled', s.is_cancelled,
  'cancelReason', s.cancel_reason`;

const ownSignup = (place: SQL): SQL => sql`json_build_object('id', g.id, 'version', g.version, 'status', g.status,
  'demoId', g.demo_id, 'demoTitle', (select d.title from demo d where d.id = g.demo_id), 'notes', g.signup_notes,
  'rating', g.rating, 'feedback', g.presentation_notes, 'runningOrder', g.running_order, 'place', ${place})`;

/** How many wait before and with the sign-up `g`; read from idx_demo_signup_waiting. */
const placeInLine = sql`case when g.status = 'waitlisted' then (
  select count(*) from demo_signup w
  where w.session_id = g.session_id and w.status = 'waitlisted' and (w.queued_at, w.id) <= (g.queued_at, g.id)) end`;

/**
 * `/portal/demo-sessions` at `now` in one statement: every active session that is not cancelled, whoever signed up, until
 * its own day is over; besides these, those that the student has a place in; all their other sign-ups, so that each stands
 * in one of the two; their demos and link.
 * idx_demo_session_date finds what is to come, idx_demo_signup_session_status counts its places.
 */
export async function getPortalSessions(
  db: Db,
  userId: number,
  now: Date,
  shown = SESSIONS_SHOWN,
): Promise<PortalSessions> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<PortalSessions>(sql`
    with me as materialized (${student(userId, at)}),
    mine as materialized (select g.* from demo_signup g where g.student_id = (select student_id from me)),
    coming as materialized (
      select s.*, ${sessionStart} as starts_at, ${sessionDay(at)} as today
      from demo_session s
      -- No zone is further from UTC than a day: the index narrows, the zone decides.
      where s.session_date >= (${at} at time zone 'UTC')::date - ${constant(1)} and s.session_date >= ${sessionDay(at)}
        and (s.is_active and not s.is_cancelled or s.id in (select session_id from mine where status <> 'cancelled'))
    ), listed as materialized (
      select s.* from (select *, row_number() over (order by starts_at, id) as number from coming) s
      where s.number <= ${constant(shown)} or s.id in (select session_id from mine)
    ), counted as (
      select g.session_id, count(*) filter (where g.status in ('scheduled', 'presented', 'no_show')) as taken,
        count(*) filter (where g.status = 'waitlisted') as waiting
      from demo_signup g where g.session_id in (select id from listed) group by 1
    )
    select me.student_id as "studentId", me.zone,
      json_build_object('batchId', me.batch_id, 'batchName', me.batch_name, 'status', me.status, 'period', me.period,
        'fromDate', me.from_date) as standing,
      (select coalesce(json_agg(json_build_object(${told}, 'today', s.today, 'description', s.description,
          'meetingUrl', s.meeting_url, 'batchId', s.batch_id,
          'batchName', (select b.name from batch b where b.id = s.batch_id), 'maxScheduled', s.max_scheduled,
          'taken', coalesce(c.taken, 0), 'waiting', coalesce(c.waiting, 0), 'hasBegun', s.starts_at <= ${at},
          'state', case when s.is_cancelled then 'cancelled' when not s.is_active then 'closed'
            when coalesce(c.taken, 0) >= s.max_scheduled then 'full' else 'open' end,
          'signup', case when g.status <> 'cancelled' then ${ownSignup(placeInLine)} end,
          'wasWithdrawn', coalesce(g.status = 'cancelled', false))
        order by s.starts_at, s.id), '[]')
       from listed s left join counted c on c.session_id = s.id
       left join mine g on g.session_id = s.id) as sessions,
      (select count(*)::int from coming) as total,
      (select coalesce(json_agg(json_build_object(${told}, 'signup', ${ownSignup(sql`null`)})
        order by s.starts_at desc, s.id desc), '[]')
       from mine g join (select s.*, ${sessionStart} as starts_at from demo_session s) s on s.id = g.session_id
       where s.id not in (select id from coming)) as history,
      (select coalesce(json_agg(json_build_object('id', d.id, 'title', d.title) order by d.id desc), '[]')
       from demo d where d.student_id = me.student_id) as demos,
      (select json_build_object('nonce', t.nonce, 'hash', encode(t.token_hash, 'hex'), 'lastUsedAt', t.last_used_at)
       from calendar_token t where t.user_id = me.user_id) as feed
    from me`);
  if (!row) throw new Error("a signed-in student has no user row");
  return { ...row };
}
