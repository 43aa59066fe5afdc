import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import {
  ACADEMY_CHANNEL,
  type ChannelNoticeKind,
  GIVE_UP_AFTER_ATTEMPTS,
  type NoticeKind,
  recipientsOf,
  type SendingWay,
} from "@/db/queries/outbox";
import { directCopies, groupChosen } from "./direct-copies";

/** One message to one person for one occasion. Never put a secret into the payload. */
export type Notice = { userId: number; kind: NoticeKind; occasion: string; payload?: Record<string, unknown> };

/**
 * Writes notices in the caller's transaction: one to be mailed, and beside it one for Slack where the person asked for
 * that. A person hears of an occasion once by each: a repetition is dropped. Returns the ids of those to be mailed that
 * are new; nobody sends them until "outbox-send" runs.
 */
export async function writeNotices(tx: Db, notices: Notice[]): Promise<number[]> {
  if (notices.length === 0) return [];
  const rows: { id: number }[] = await tx.execute<{ id: number }>(sql`
    with mailed as (
      insert into outbox (user_id, kind, occasion, payload)
      select n.user_id, n.kind, n.occasion, coalesce(n.payload, '{}')
      from jsonb_to_recordset(${JSON.stringify(
        notices.map(({ userId, kind, occasion, payload }) => ({ user_id: userId, kind, occasion, payload })),
      )}::jsonb) as n(user_id int, kind text, occasion text, payload jsonb)
      on conflict do nothing
      returning id, user_id, kind, occasion, payload
    ), direct as (${directCopies("mailed")})
    select id from mailed order by id`);
  return rows.map((row) => row.id);
}

/** Writes a notice to the academy's own channel. False when it heard of that occasion before. */
export async function writeAcademyNotice(tx: Db, kind: ChannelNoticeKind, occasion: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into outbox (channel, kind, occasion) values (${ACADEMY_CHANNEL}, ${kind}, ${occasion})
    on conflict do nothing returning id`);
  return rows.length > 0;
}

type Claimed = {
  id: number;
  kind: string;
  payload: Record<string, unknown>;
  /** Never changes, other than an id alone differs between databases. */
  identity: string;
  attempts: number;
  academy: string | null;
};

/** A notice to a person that this sender has for now, with what its mail or its direct message is made of. */
export type ClaimedNotice = Claimed & {
  userId: number;
  name: string;
  email: string;
  disabled: boolean;
  /** The zone that the person lives by: their own, else the academy's. */
  timeZone: string;
  /** They asked for no mail of this kind. */
  mailOff: boolean;
  /** They ask for messages of this kind in Slack. */
  slackOn: boolean;
};

/** A notice to a channel that this sender has for now. */
export type ClaimedChannelNotice = Claimed & { channel: string };

/**
 * `c`: up to `limit` due notices of one way, taken for `seconds`; no other sender gets them meanwhile. The clock is the
 * database's. idx_outbox_unsent carries it.
 */
const claimed = (way: SendingWay, limit: number, seconds: number): SQL => sql`
  with due as (
    select id from outbox
    where sent_at is null and not_before <= now() and (claimed_until is null or claimed_until <= now())
      and ${recipientsOf[way]}
    order by not_before, id
    limit ${limit}
    for update skip locked
  ), c as (
    update outbox o set claimed_until = now() + make_interval(secs => ${seconds}::int)
    from due where o.id = due.id
    returning o.id, o.user_id, o.channel, o.kind, o.payload, o.attempts,
      concat_ws('|', o.id, extract(epoch from o.created_at), o.occasion) as identity
  )`;

const academy = sql`(select value #>> '{}' from setting where key = 'academy_name') as academy`;

/** Takes up to `limit` due notices to people for `seconds`: mails, or direct messages. */
export async function claimNotices(
  db: Db,
  limit: number,
  seconds: number,
  way: "mail" | "direct" = "mail",
): Promise<ClaimedNotice[]> {
  const rows: ClaimedNotice[] = await db.execute<ClaimedNotice>(sql`
    ${claimed(way, limit, seconds)}
    select c.id, c.kind, c.payload, c.attempts, c.identity, u.id as "userId", u.name, u.email, u.disabled_at is not null as disabled,
      coalesce(u.time_zone, (select value #>> '{}' from setting where key = 'academy_time_zone'), 'UTC') as "timeZone",
      coalesce(not p.mail, false) as "mailOff", coalesce(p.slack, false) as "slackOn", ${academy}
    from c join "user" u on u.id = c.user_id
    left join notification_preference p on ${groupChosen("c")}
    order by c.id`);
  return [...rows];
}

/** Takes up to `limit` due notices to channels for `seconds`. */
export async function claimChannelNotices(db: Db, limit: number, seconds: number): Promise<ClaimedChannelNotice[]> {
  const rows: ClaimedChannelNotice[] = await db.execute<ClaimedChannelNotice>(sql`
    ${claimed("slack", limit, seconds)}
    select c.id, c.kind, c.payload, c.attempts, c.identity, c.channel, ${academy} from c order by c.id`);
  return [...rows];
}

export async function markSent(db: Db, id: number): Promise<void> {
  await db.execute(sql`
    update outbox set sent_at = now(), claimed_until = null, attempts = attempts + 1, last_error = null, updated_at = now()
    where id = ${id} and sent_at is null`);
}

const RETRY_MINUTES = [1, 5, 30, 120, 360] as const;

/** Puts a notice back for later, each time for longer; after the last attempt it is kept for admins to see. */
export async function markFailed(
  db: Db,
  { id, attempts }: Pick<Claimed, "id" | "attempts">,
  reason: string,
): Promise<void> {
  const minutes = RETRY_MINUTES[Math.min(attempts, RETRY_MINUTES.length - 1)];
  await db.execute(sql`
    update outbox set attempts = attempts + 1, last_error = ${reason}, claimed_until = null, updated_at = now(),
      not_before = case when attempts + 1 >= ${GIVE_UP_AFTER_ATTEMPTS} then 'infinity'
        else now() + make_interval(mins => ${minutes}::int) end
    where id = ${id} and sent_at is null`);
}

/**
 * Slack asked for a pause of `seconds`: all that would go there before its end waits for it, to channels and to people,
 * also what nobody has taken yet, or the next sender would run into the same refusal. `held` are the notices that this
 * sender gives back; what another one has stays with it. It is no failed try.
 */
export async function postponeSlackNotices(db: Db, held: number[], seconds: number, reason: string): Promise<void> {
  const end = sql`now() + make_interval(secs => ${seconds}::int)`;
  // Two senders that are refused at once take the rows in one order.
  await db.execute(sql`
    with due as materialized (
      select id from outbox where sent_at is null and not_before < ${end} and channel is not null
      order by id for update
    )
    update outbox o set last_error = ${reason}, updated_at = now(), not_before = ${end},
      claimed_until = case when o.id = any(${`{${held.join(",")}}`}::int[]) then null else o.claimed_until end
    from due where o.id = due.id`);
}

/** Nobody is to get this any more, and why. It is no failure. */
export async function dropNotice(db: Db, id: number, reason: string): Promise<void> {
  await db.execute(sql`
    update outbox set last_error = ${reason}, claimed_until = null, not_before = 'infinity', updated_at = now()
    where id = ${id} and sent_at is null`);
}

/** What is due by this way cannot be sent by anybody as this is set up: it waits, and says why. */
export async function noteUnsendable(db: Db, way: SendingWay, reason: string): Promise<number> {
  const rows = await db.execute(sql`
    update outbox set last_error = ${reason}, updated_at = now()
    where sent_at is null and not_before <= now() and last_error is distinct from ${reason} and ${recipientsOf[way]}
    returning id`);
  return rows.length;
}
