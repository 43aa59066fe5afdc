import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import { hashToken } from "@/lib/auth/session-token";
import { sessionStart } from "./demo-session-state";
import { constant, shownEnrolment } from "./fragments";

/** How far back a feed reaches: calendars drop what a feed no longer names. */
const PAST_DAYS = 120;
/** A calendar that asks every few minutes is written down once in this time. */
const SEEN_EVERY_MINUTES = 30;

export type FeedSession = {
  id: number;
  version: number;
  createdAt: string;
  /** Of the session, or of one's place in it, also one given up: whichever changed last. Never goes back. */
  changedAt: string;
  startsAt: string;
  title: string;
  description: string | null;
  meetingUrl: string | null;
  isCancelled: boolean;
  cancelReason: string | null;
  /** One's own place; null without one. */
  status: SignupStatus | null;
  demo: string | null;
};

export type CalendarFeed = { nonce: string; isStudent: boolean; academy: string | null; sessions: FeedSession[] };

export type OwnFeed = { nonce: string; hash: string; lastUsedAt: string | null };

/** What belongs to a person's calendar link; null while they have none. */
export async function getOwnFeed(db: Db, userId: number): Promise<OwnFeed | null> {
  const [row] = await db.execute<OwnFeed>(sql`
    select nonce, encode(token_hash, 'hex') as hash, to_json(last_used_at) #>> '{}' as "lastUsedAt"
    from calendar_token where user_id = ${userId}`);
  return row ? { ...row } : null;
}

/**
 * The sessions behind a calendar link at `now`, or null when nobody has it, or its owner may see none any more. One
 * statement, which also notes that the link is in use; idx_calendar_token_hash and idx_demo_session_date carry it.
 * A student gets what concerns them: sessions for everybody, those of their batch, those they have a place in. Cancelled
 * ones stay, as cancelled; a deleted one is gone.
 */
export async function getCalendarFeed(db: Db, token: string, now: Date): Promise<CalendarFeed | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<CalendarFeed>(sql`
    with owner as materialized (
      select t.id, t.nonce, u.role, st.id as student_id, e.batch_id
      from calendar_token t
      join "user" u on u.id = t.user_id and u.disabled_at is null and u.role in ('student', 'instructor', 'admin')
      left join student st on st.user_id = u.id
      left join ${shownEnrolment(at)} on true
      where t.token_hash = ${hashToken(token)}
    ), seen as (
      update calendar_token set last_used_at = ${at}
      where id = (select id from owner)
        and (last_used_at is null or last_used_at < ${at} - make_interval(mins => ${constant(SEEN_EVERY_MINUTES)}))
    )
    select o.nonce, o.role = 'student' as "isStudent", (select value #>> '{}' from setting where key = 'academy_name') as academy,
      (select coalesce(json_agg(json_build_object('id', s.id, 'version', s.version, 'createdAt', s.created_at,
          'changedAt', greatest(s.updated_at, g.updated_at), 'startsAt', ${sessionStart}, 'title', s.title,
          'description', s.description, 'meetingUrl', s.meeting_url, 'isCancelled', s.is_cancelled,
          'cancelReason', s.cancel_reason, 'status', nullif(g.status, 'cancelled'),
          'demo', (select d.title from demo d where d.id = g.demo_id and g.status <> 'cancelled')) order by s.session_date, s.id), '[]')
       from demo_session s
       left join demo_signup g on g.session_id = s.id and g.student_id = o.student_id
       where s.session_date >= (${at} at time zone 'UTC')::date - ${constant(PAST_DAYS)}
         and (g.status <> 'cancelled' or s.is_active and (s.batch_id is null or o.role <> 'student' or s.batch_id = o.batch_id))
      ) as sessions
    from owner o`);
  return row ? { ...row } : null;
}
