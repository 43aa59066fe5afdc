import { sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { announceSessions, type SessionSnapshot, startOf, type ToldSignup, tellSignups } from "./demo-notices";
import { type ClaimedChannelNotice, type ClaimedNotice, markSent } from "./outbox";

/**
 * Who sends decides by these sessions as they are now, and who changes one of them by what was decided: neither goes by
 * what the other is about to overthrow. In the order of the ids, as everybody locks them.
 */
export async function holdSessions(tx: Db, ids: number[]): Promise<void> {
  await tx.execute(sql`
    select id from demo_session where id = any(${`{${ids.join(",")}}`}::int[]) order by id for share`);
}

/** Those of the sessions that a later notice of this kind tells the same channel of, or has told. */
export async function listToldLater(
  db: Db,
  { id, kind, channel }: Pick<ClaimedChannelNotice, "id" | "kind" | "channel">,
  sessionIds: number[],
): Promise<number[]> {
  const rows: { id: number }[] = await db.execute<{ id: number }>(sql`
    select s.id from unnest(${`{${sessionIds.join(",")}}`}::int[]) s(id)
    where exists (
      select from outbox o
      where o.user_id is null and o.channel = ${channel} and o.kind = ${kind} and o.id > ${id}
        and (o.payload -> 'sessionIds' @> to_jsonb(s.id) or o.payload -> 'session' -> 'id' = to_jsonb(s.id))
        and (o.sent_at is not null or o.not_before < 'infinity')
    )`);
  return rows.map((row) => row.id);
}

/**
 * An announcement goes out with these of its sessions only. The others are not announced by it any more: whoever
 * switches one of them on again announces it anew.
 */
export async function keepSessions(tx: Db, noticeId: number, sessionIds: number[]): Promise<void> {
  await tx.execute(sql`
    update outbox set payload = jsonb_set(payload, '{sessionIds}', ${JSON.stringify(sessionIds)}::jsonb), updated_at = now()
    where id = ${noticeId} and sent_at is null`);
}

/**
 * Those signed up to whom a cancellation was sent, and nothing after it that takes it back: they are to hear that the
 * session takes place. A cancellation that still waits, or was dropped, nobody has heard.
 */
export async function listToldOfCancellation(tx: Db, sessionId: number): Promise<ToldSignup[]> {
  const rows: ToldSignup[] = await tx.execute<ToldSignup>(sql`
    select st.user_id as "userId", g.id as "signupId", g.status
    from demo_signup g join student st on st.id = g.student_id
    join lateral (
      select o.kind from outbox o
      where o.user_id = st.user_id and o.kind in ('demo-cancelled', 'demo-changed')
        and (o.payload ->> 'signupId')::int = g.id and (o.payload #>> '{session,id}')::int = g.session_id
        and case o.kind when 'demo-cancelled' then o.sent_at is not null
          else o.payload -> 'restored' = 'true' and (o.sent_at is not null or o.not_before < 'infinity') end
      order by o.id desc
      limit 1
    ) heard on heard.kind = 'demo-cancelled'
    where g.session_id = ${sessionId} and g.status in ('scheduled', 'waitlisted')
    order by g.id`);
  return [...rows];
}

/** A session that takes place, with what its notices go by. */
async function getTakingPlace(tx: Db, sessionId: number, now: Date) {
  const [row] = await tx.execute<SessionSnapshot & { version: number }>(sql`
    select s.id, s.title, s.session_date as date, to_char(s.session_time, 'HH24:MI') as time, s.time_zone as "timeZone",
      s.version
    from demo_session s
    where s.id = ${sessionId} and not s.is_cancelled and ${startOf} > ${now.toISOString()}::timestamptz`);
  return row ?? null;
}

const sessionOf = ({ payload }: Pick<ClaimedNotice, "payload">): number => {
  const session = payload.session as { id?: unknown } | undefined;
  return typeof session?.id === "number" ? session.id : 0;
};

/**
 * Marks a cancellation that somebody has got. Was the session restored while it was on its way, they hear that too: who
 * restored it could not know that it would arrive.
 */
export const markCancellationSent = (
  db: Database,
  notice: ClaimedNotice | ClaimedChannelNotice,
  now: Date = new Date(),
): Promise<void> =>
  db.transaction(async (tx) => {
    const id = sessionOf(notice);
    await holdSessions(tx, [id]);
    await markSent(tx, notice.id);
    const found = await getTakingPlace(tx, id, now);
    if (!found) return;
    if ("channel" in notice) return announceSessions(tx, [id], now);
    const { version, ...session } = found;
    const people = await listToldOfCancellation(tx, id);
    await tellSignups(
      tx,
      "demo-changed",
      people.filter(({ signupId }) => signupId === notice.payload.signupId),
      session,
      { occasion: `session:${id}:v${version}`, restored: true },
    );
  });
