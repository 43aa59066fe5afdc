import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SessionState, SignupStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { sessionDay, sessionStart, sessionState } from "./demo-session-state";
import { orderOfTheDay, signupJson, signupParts, type V1Signup } from "./demo-signup-api";
import { academyZone, constant, localDay } from "./fragments";
import type { Looker } from "./user-list";

type SessionFacts = {
  id: number;
  session_date: DateString;
  is_active: boolean;
  is_cancelled: boolean;
  max_scheduled: number | null;
  title: string;
  /** Of those who have a place, as the limit counts them. */
  signup_count: number;
  // --- what v1 left out
  session_time: string;
  time_zone: string;
  starts_at: string;
  description: string | null;
  zoom_link: string | null;
  batch_id: number | null;
  waiting_count: number;
};

/** v1's DemoSessionSummary. */
export type V1SessionSummary = SessionFacts & {
  /** Whether the caller has a place. */
  user_scheduled: boolean;
  // ---
  /** The name that v1's own pages read: they have a place, or wait for one. */
  user_signed_up: boolean;
  user_status: SignupStatus | null;
  user_signup_id: number | null;
  state: SessionState;
};

/** v1's DemoSessionRead; lists leave `signups` empty, as v1's did. */
export type V1Session = SessionFacts & {
  notes: string | null;
  created_at: string;
  updated_at: string;
  signups: V1Signup[];
  // ---
  cancel_reason: string | null;
  version: number;
};

const counts = sql`
  count(*) filter (where g.status in ('scheduled', 'presented', 'no_show'))::int as taken,
  count(*) filter (where g.status = 'waitlisted')::int as waiting`;

/** Of the session `s`, counted from idx_demo_signup_session_status alone. */
const places = sql`lateral (select ${counts} from demo_signup g where g.session_id = s.id) places`;

/** Of all sessions at once, where most of them are asked for. */
const allPlaces = sql`(
  select s.id, coalesce(c.taken, 0) as taken, coalesce(c.waiting, 0) as waiting
  from demo_session s left join (select g.session_id, ${counts} from demo_signup g group by g.session_id) c
    on c.session_id = s.id) places`;

const sessionFacts = sql`'id', s.id, 'session_date', s.session_date, 'is_active', s.is_active,
  'is_cancelled', s.is_cancelled, 'max_scheduled', s.max_scheduled, 'title', s.title, 'signup_count', places.taken,
  'session_time', s.session_time, 'time_zone', s.time_zone, 'starts_at', ${sessionStart}, 'description', s.description,
  'zoom_link', s.meeting_url, 'batch_id', s.batch_id, 'waiting_count', places.waiting`;

const sessionJson = (signups: SQL): SQL => sql`json_build_object(${sessionFacts}, 'notes', s.notes,
  'created_at', s.created_at, 'updated_at', s.updated_at, 'signups', ${signups}, 'cancel_reason', s.cancel_reason,
  'version', s.version)`;

/**
 * `GET /api/demo-sessions`: every session that is active, not cancelled and not over, whoever signed up; the newest
 * first. By idx_demo_session_date: no zone's today is more than a day before UTC's.
 */
export async function listOpenV1Sessions(db: Db, userId: number, now: Date): Promise<V1SessionSummary[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ sessions: V1SessionSummary[] }>(sql`
    select coalesce(json_agg(json_build_object(${sessionFacts},
      'user_scheduled', coalesce(own.status in ('scheduled', 'presented', 'no_show'), false),
      'user_signed_up', coalesce(own.status <> 'cancelled', false),
      'user_status', own.status, 'user_signup_id', own.id,
      'state', ${sessionState(at)})
      order by s.session_date desc, s.id desc), '[]') as sessions
    from demo_session s
    cross join ${places}
    left join demo_signup own on own.session_id = s.id
      and own.student_id = (select st.id from student st where st.user_id = ${userId})
    where s.is_active and not s.is_cancelled
      and s.session_date >= ${localDay(at, sql`'UTC'`)} - ${constant(1)}
      and s.session_date >= ${sessionDay(at)}`);
  return row?.sessions ?? [];
}

/** `GET /api/v1/admin/demo-sessions`: the newest first, with counts. */
export async function listV1Sessions(
  db: Db,
  { inactive, cancelled }: { inactive: boolean; cancelled: boolean },
): Promise<V1Session[]> {
  const [row] = await db.execute<{ sessions: V1Session[] }>(sql`
    select coalesce(json_agg(${sessionJson(sql`json_build_array()`)} order by s.session_date desc, s.id desc), '[]') as sessions
    from demo_session s join ${allPlaces} using (id)
    where (s.is_active or ${inactive}) and (not s.is_cancelled or ${cancelled})`);
  return row?.sessions ?? [];
}

/** `GET /api/v1/admin/demo-sessions/{id}` with its sign-ups, or null. */
export async function getV1Session(db: Db, id: number, looker: Looker): Promise<V1Session | null> {
  const signups = sql`(
    select coalesce(json_agg(${signupJson(looker)} order by ${orderOfTheDay}), '[]')
    from ${signupParts} where g.session_id = ${id})`;
  const [row] = await db.execute<{ json: V1Session }>(sql`
    select ${sessionJson(signups)} as json from demo_session s cross join ${places} where s.id = ${id}`);
  return row?.json ?? null;
}

/** Sessions by id, in the order given; without their sign-ups. */
export async function listV1SessionsById(db: Db, ids: number[]): Promise<V1Session[]> {
  const [row] = await db.execute<{ sessions: V1Session[] }>(sql`
    select coalesce(json_agg(${sessionJson(sql`json_build_array()`)} order by given.place), '[]') as sessions
    from unnest(${`{${ids.join(",")}}`}::int[]) with ordinality as given(id, place)
    join demo_session s on s.id = given.id
    cross join ${places}`);
  return row?.sessions ?? [];
}

/** Those of the dates that have a session which is not cancelled, in order. */
export async function listTakenDates(db: Db, dates: DateString[]): Promise<DateString[]> {
  const rows: { date: DateString }[] = await db.execute<{ date: DateString }>(sql`
    select session_date::text as date from demo_session
    where not is_cancelled and session_date = any(${`{${dates.join(",")}}`}::date[]) order by 1`);
  return rows.map(({ date }) => date);
}

/** The academy's own zone: what a session without one is given. */
export async function getAcademyZone(db: Db): Promise<string> {
  const [row] = await db.execute<{ zone: string }>(sql`select ${academyZone} as zone`);
  return row?.zone ?? "UTC";
}
