import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import type { SessionSnapshot } from "@/db/mutations/demo-notices";

/** When a session is, by its own clock and as an instant (ISO). */
export type SessionMoment = SessionSnapshot & { startsAt: string };

/** A session as it is when somebody is told of it. */
export type SessionFacts = SessionMoment & {
  description: string | null;
  meetingUrl: string | null;
  isActive: boolean;
  isCancelled: boolean;
  cancelReason: string | null;
  /** Null is no limit. */
  places: number | null;
  presenting: number;
  waiting: number;
};

/** Those of the sessions that exist, by their beginning. */
export async function listSessionFacts(db: Db, ids: number[]): Promise<SessionFacts[]> {
  const rows: SessionFacts[] = await db.execute<SessionFacts>(sql`
    select s.id, s.title, s.session_date as date, to_char(s.session_time, 'HH24:MI') as time, s.time_zone as "timeZone",
      (s.session_date + s.session_time) at time zone s.time_zone as "startsAt", s.description, s.meeting_url as "meetingUrl",
      s.is_active as "isActive", s.is_cancelled as "isCancelled",
      s.cancel_reason as "cancelReason", s.max_scheduled as places,
      (select count(*)::int from demo_signup g where g.session_id = s.id and g.status = 'scheduled') as presenting,
      (select count(*)::int from demo_signup g where g.session_id = s.id and g.status = 'waitlisted') as waiting
    from demo_session s
    where s.id = any(${`{${ids.join(",")}}`}::int[])
    order by "startsAt", s.id`);
  return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt).toISOString() }));
}

/** The sign-up of a notice: the session that it is in now, and how many wait before it. */
export type SignupState = { sessionId: number; status: SignupStatus; queue: number | null };

export async function getSignupState(db: Db, signupId: number): Promise<SignupState | null> {
  const [row] = await db.execute<SignupState>(sql`
    select g.session_id as "sessionId", g.status, case when g.status = 'waitlisted' then (
      select count(*)::int from demo_signup w
      where w.session_id = g.session_id and w.status = 'waitlisted' and (w.queued_at, w.id) <= (g.queued_at, g.id)
    ) end as queue
    from demo_signup g where g.id = ${signupId}`);
  return row ?? null;
}

/** The instant of a session that may not exist any more. */
export async function momentOf(db: Db, snapshot: SessionSnapshot): Promise<SessionMoment> {
  const [row] = await db.execute<{ startsAt: string }>(sql`
    select (${snapshot.date}::date + ${snapshot.time}::time) at time zone ${snapshot.timeZone} as "startsAt"`);
  if (!row) throw new Error("a select without a table returned no row");
  return { ...snapshot, startsAt: new Date(row.startsAt).toISOString() };
}
