import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { GIVE_UP_AFTER_ATTEMPTS, type NoticeKind } from "@/db/queries/outbox";

/** One message to one person for one occasion. Never put a secret into the payload. */
export type Notice = { userId: number; kind: NoticeKind; occasion: string; payload?: Record<string, unknown> };

/**
 * Writes notices in the caller's transaction. A person hears of an occasion once: a repetition is dropped. Returns the
 * ids of those that are new; nobody sends them until "outbox-send" runs.
 */
export async function writeNotices(tx: Db, notices: Notice[]): Promise<number[]> {
  if (notices.length === 0) return [];
  const rows: { id: number }[] = await tx.execute<{ id: number }>(sql`
    insert into outbox (user_id, kind, occasion, payload)
    select n.user_id, n.kind, n.occasion, coalesce(n.payload, '{}')
    from jsonb_to_recordset(${JSON.stringify(
      notices.map(({ userId, kind, occasion, payload }) => ({ user_id: userId, kind, occasion, payload })),
    )}::jsonb) as n(user_id int, kind text, occasion text, payload jsonb)
    on conflict do nothing
    returning id`);
  return rows.map((row) => row.id);
}

/** A notice that this sender has for now, with what its mail is made of. */
export type ClaimedNotice = {
  id: number;
  kind: string;
  payload: Record<string, unknown>;
  /** Never changes, other than an id alone differs between databases. */
  identity: string;
  attempts: number;
  name: string;
  email: string;
  disabled: boolean;
  academy: string | null;
};

/**
 * Takes up to `limit` due notices for `seconds`; no other sender gets them meanwhile. The clock is the database's.
 * idx_outbox_unsent carries it.
 */
export async function claimNotices(db: Db, limit: number, seconds: number): Promise<ClaimedNotice[]> {
  const rows: ClaimedNotice[] = await db.execute<ClaimedNotice>(sql`
    with due as (
      select id from outbox
      where sent_at is null and not_before <= now() and (claimed_until is null or claimed_until <= now())
        and user_id is not null
      order by not_before, id
      limit ${limit}
      for update skip locked
    ), claimed as (
      update outbox o set claimed_until = now() + make_interval(secs => ${seconds}::int)
      from due where o.id = due.id
      returning o.id, o.user_id, o.kind, o.payload, o.attempts, o.created_at, o.occasion
    )
    select c.id, c.kind, c.payload, c.attempts, concat_ws('|', c.id, extract(epoch from c.created_at), c.occasion) as identity,
      u.name, u.email, u.disabled_at is not null as disabled,
      (select value #>> '{}' from setting where key = 'academy_name') as academy
    from claimed c join "user" u on u.id = c.user_id
    order by c.id`);
  return [...rows];
}

export async function markSent(db: Db, id: number): Promise<void> {
  await db.execute(sql`
    update outbox set sent_at = now(), claimed_until = null, attempts = attempts + 1, last_error = null, updated_at = now()
    where id = ${id} and sent_at is null`);
}

const RETRY_MINUTES = [1, 5, 30, 120, 360] as const;

/** Puts a notice back for later, each time for longer; after the last attempt it is kept for admins to see. */
export async function markFailed(db: Db, { id, attempts }: ClaimedNotice, reason: string): Promise<void> {
  const minutes = RETRY_MINUTES[Math.min(attempts, RETRY_MINUTES.length - 1)];
  await db.execute(sql`
    update outbox set attempts = attempts + 1, last_error = ${reason}, claimed_until = null, updated_at = now(),
      not_before = case when attempts + 1 >= ${GIVE_UP_AFTER_ATTEMPTS} then 'infinity'
        else now() + make_interval(mins => ${minutes}::int) end
    where id = ${id} and sent_at is null`);
}

/** Nobody is to get this any more, and why. It is no failure. */
export async function dropNotice(db: Db, id: number, reason: string): Promise<void> {
  await db.execute(sql`
    update outbox set last_error = ${reason}, claimed_until = null, not_before = 'infinity', updated_at = now()
    where id = ${id} and sent_at is null`);
}

/** What is due cannot be sent by anybody as this is set up: it waits, and says why. */
export async function noteUnsendable(db: Db, reason: string): Promise<number> {
  const rows = await db.execute(sql`
    update outbox set last_error = ${reason}, updated_at = now()
    where sent_at is null and not_before <= now() and last_error is distinct from ${reason}
    returning id`);
  return rows.length;
}
