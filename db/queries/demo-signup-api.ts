import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { sessionStart } from "./demo-session-state";
import { type Looker, seesAddress } from "./user-list";

/** v1's DemoSignupRead as the database builds it; below the line is what v1 did not have. */
export type V1Signup = {
  id: number;
  session_id: number;
  student_id: number;
  status: SignupStatus;
  /** Null until somebody said so. */
  did_present: boolean | null;
  demo_id: number | null;
  signup_notes: string | null;
  presentation_notes: string | null;
  presentation_rating: number | null;
  scheduled_at: string;
  updated_at: string;
  /** The address is null for staff who may not see it. */
  student: { id: number; user_id: number; name: string; email: string | null };
  demo: {
    id: number;
    student_id: number;
    title: string;
    description: string | null;
    date: DateString | null;
    status: string;
  } | null;
  // ---
  /** From 1, while they wait. */
  waiting_place: number | null;
  running_order: number | null;
  version: number;
  session: {
    id: number;
    title: string;
    session_date: DateString;
    session_time: string;
    time_zone: string;
    starts_at: string;
    zoom_link: string | null;
    is_cancelled: boolean;
  };
};

/** For the sign-up `g` of the student `st`, who is the user `u`, in the session `s`, with the demo `d`. */
export const signupJson = (looker: Looker): SQL => sql`json_build_object(
  'id', g.id, 'session_id', g.session_id, 'student_id', g.student_id, 'status', g.status,
  'did_present', case g.status when 'presented' then true when 'no_show' then false end,
  'demo_id', g.demo_id, 'signup_notes', g.signup_notes, 'presentation_notes', g.presentation_notes,
  'presentation_rating', g.rating, 'scheduled_at', g.queued_at, 'updated_at', g.updated_at,
  'student', json_build_object('id', st.id, 'user_id', u.id, 'name', u.name,
    'email', case when ${seesAddress(looker)} then u.email end),
  'demo', case when d.id is not null then json_build_object('id', d.id, 'student_id', d.student_id, 'title', d.title,
    'description', d.description, 'date', d.demo_date, 'status', d.status) end,
  'waiting_place', case when g.status = 'waitlisted' then (
    select count(*)::int from demo_signup before
    where before.session_id = g.session_id and before.status = 'waitlisted'
      and (before.queued_at, before.id) <= (g.queued_at, g.id)) end,
  'running_order', g.running_order, 'version', g.version,
  'session', json_build_object('id', s.id, 'title', s.title, 'session_date', s.session_date,
    'session_time', s.session_time, 'time_zone', s.time_zone, 'starts_at', ${sessionStart}, 'zoom_link', s.meeting_url,
    'is_cancelled', s.is_cancelled))`;

export const signupParts = sql`demo_signup g
  join demo_session s on s.id = g.session_id
  join student st on st.id = g.student_id
  join "user" u on u.id = st.user_id
  left join demo d on d.id = g.demo_id`;

/** In the order of the day: who presents as the running order has it, who waits by their place, who is out last. */
export const orderOfTheDay = sql`g.status = 'cancelled', g.status = 'waitlisted', g.running_order nulls last, g.queued_at, g.id`;

/** One sign-up, or null. Whether it is the looker's to see is the caller's to ask. */
export async function getV1Signup(db: Db, id: number, looker: Looker): Promise<V1Signup | null> {
  const [row] = await db.execute<{ json: V1Signup }>(sql`
    select ${signupJson(looker)} as json from ${signupParts} where g.id = ${id}`);
  return row?.json ?? null;
}

/** `GET /api/students/me/demo-signups`: one's own, also those that were withdrawn; the newest session first. */
export async function listOwnV1Signups(db: Db, looker: Looker): Promise<V1Signup[]> {
  const [row] = await db.execute<{ signups: V1Signup[] }>(sql`
    select coalesce(json_agg(${signupJson(looker)} order by s.session_date desc, g.id desc), '[]') as signups
    from ${signupParts} where st.user_id = ${looker.id}`);
  return row?.signups ?? [];
}

/** `GET /api/v1/admin/demo-sessions/{id}/signups`, or null when there is no such session. */
export async function listV1SessionSignups(db: Db, sessionId: number, looker: Looker): Promise<V1Signup[] | null> {
  const [row] = await db.execute<{ signups: V1Signup[] }>(sql`
    select coalesce((
      select json_agg(${signupJson(looker)} order by ${orderOfTheDay})
      from ${signupParts} where g.session_id = given.id), '[]') as signups
    from demo_session given where given.id = ${sessionId}`);
  return row?.signups ?? null;
}
