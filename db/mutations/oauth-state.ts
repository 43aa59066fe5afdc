import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { hashToken, newSessionId } from "@/lib/auth/session-token";

const STATE_MINUTES = 10;
/** Starts of one person that may wait at WakaTime at the same time, one a tab; an older one is dropped. */
const STATES_A_PERSON = 5;

/** Whom a state belongs to: the user, and the very session that started. */
export type StateOwner = { userId: number; sessionId: number };

/** Opens a state and returns it, which is shown once: 256 random bits, of which the table has only the hash. */
export async function createOauthState(db: Db, { userId, sessionId }: StateOwner): Promise<string> {
  const state = newSessionId();
  await db.execute(sql`
    with gone as (
      delete from oauth_state
      where user_id = ${userId} and (expires_at <= now() or id <= (
        select id from oauth_state where user_id = ${userId} order by id desc offset ${STATES_A_PERSON - 1} limit 1))
    )
    insert into oauth_state (state_hash, user_id, session_id, expires_at)
    values (${hashToken(state)}, ${userId}, ${sessionId}, now() + make_interval(mins => ${STATE_MINUTES}::int))`);
  return state;
}

/** `refused` says why, for the log; a person hears the same of every reason. */
export type SpentState = { id: number; refused: null } | { id: null; refused: string };

/** Uses a state up. Of any number of callers at the same time exactly one gets its id. */
export async function spendOauthState(db: Db, state: string, { userId, sessionId }: StateOwner): Promise<SpentState> {
  const hash = hashToken(state);
  const [row] = await db.execute<SpentState>(sql`
    with spent as (
      update oauth_state set used_at = now()
      where state_hash = ${hash} and user_id = ${userId} and session_id = ${sessionId}
        and used_at is null and expires_at > now()
      returning id
    )
    select spent.id, case
      when spent.id is not null then null
      when o.id is null then 'unknown'
      when o.user_id <> ${userId} then 'another user'
      when o.session_id <> ${sessionId} then 'another session'
      when o.used_at is null and o.expires_at <= now() then 'expired'
      else 'used' end as refused
    from (values (1)) one
    left join oauth_state o on o.state_hash = ${hash}
    left join spent on true`);
  return row ?? { id: null, refused: "unknown" };
}

/** States that nobody can use any more, of people too who never start again. Returns how many there were. */
export async function deleteExpiredOauthStates(db: Db, now: Date): Promise<number> {
  const gone = await db.execute(sql`delete from oauth_state where expires_at <= ${now.toISOString()}::timestamptz`);
  return gone.count;
}
