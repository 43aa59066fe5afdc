import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** What people can be told about; each has a text in lib/notify/mail-texts. */
export const noticeKinds = [
  "password-reset",
  "email-verification",
  "email-change-warning",
  "invitation",
  "wakatime-reconnect",
  "wakatime-alarm",
  "test-mail",
  "deletion-requested",
  "deletion-tomorrow",
  "demo-promoted",
  "demo-waitlisted",
  "demo-cancelled",
  "demo-moved",
  "demo-changed",
  "demo-deleted",
  "demo-reminder",
  "risk-digest",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What is told to a Slack channel; each has a text in lib/notify/slack-texts. */
export const channelNoticeKinds = [
  "slack-demo-announced",
  "slack-demo-reminder",
  "slack-demo-cancelled",
  "slack-test",
] as const;
export type ChannelNoticeKind = (typeof channelNoticeKinds)[number];

/** `outbox.channel` of the academy's own channel; a batch's is `slack:#its-name`. */
export const ACADEMY_CHANNEL = "slack";

/** `outbox.channel` of a message to one person, who stands beside it. */
export const DIRECT_CHANNEL = "slack";

/**
 * How a notice leaves: to people by mail, to channels by Slack, or to one person by a direct message there. Each goes
 * its way whatever becomes of the others.
 */
export const sendingWays = ["mail", "slack", "direct"] as const;
export type SendingWay = (typeof sendingWays)[number];

/** Whose notices go which way, as a condition on `outbox`: of every row exactly one holds. */
export const recipientsOf: Record<SendingWay, SQL> = {
  mail: sql`(user_id is not null and channel is null)`,
  slack: sql`user_id is null`,
  direct: sql`(user_id is not null and channel is not null)`,
};

/** About twenty hours of trying. */
export const GIVE_UP_AFTER_ATTEMPTS = 8;

export type NoticeState = "waiting" | "retrying" | "sent" | "given-up" | "dropped";

export type OutboxRow = {
  id: number;
  kind: string;
  state: NoticeState;
  reason: string | null;
  recipient: string | null;
  email: string | null;
  /** Of a notice to a channel: ACADEMY_CHANNEL, or that with a colon and the channel's name; of a direct message both. */
  channel: string | null;
  createdAt: string;
  sentAt: string | null;
  /** When it is tried again; null unless it is to be. */
  nextAt: string | null;
  identity: string;
};

/** No time of retrying means never: `not_before` is infinity once a notice was given up or dropped. */
const columns = sql`o.id, o.kind, o.last_error as reason, u.name as recipient, u.email, o.channel, o.created_at as "createdAt",
  o.sent_at as "sentAt", case when o.sent_at is null and o.not_before < 'infinity' then o.not_before end as "nextAt",
  concat_ws('|', o.id, extract(epoch from o.created_at), o.occasion) as identity,
  case when o.sent_at is not null then 'sent'
    when o.not_before = 'infinity' then case when o.attempts >= ${GIVE_UP_AFTER_ATTEMPTS}::int then 'given-up' else 'dropped' end
    when o.attempts > 0 then 'retrying' else 'waiting' end as state`;

/** `/admin/mail`: the newest notices, by the primary key. */
export async function listNewestNotices(db: Db, limit: number): Promise<OutboxRow[]> {
  const rows: OutboxRow[] = await db.execute<OutboxRow>(sql`
    select ${columns} from outbox o left join "user" u on u.id = o.user_id order by o.id desc limit ${limit}`);
  return [...rows];
}

/** `/admin/mail/[id]`. */
export async function getNotice(db: Db, id: number): Promise<OutboxRow | null> {
  const [row] = await db.execute<OutboxRow>(sql`
    select ${columns} from outbox o left join "user" u on u.id = o.user_id where o.id = ${id}`);
  return row ?? null;
}

/**
 * When the outbox is to be looked at next for what goes these ways: the earliest retry, or end of somebody's claim, and
 * now for what is due. Null when nothing waits.
 */
export async function getNextSendAt(db: Db, ways: readonly SendingWay[] = sendingWays): Promise<Date | null> {
  if (ways.length === 0) return null;
  const [row] = await db.execute<{ at: string | null }>(sql`
    select greatest(min(greatest(not_before, coalesce(claimed_until, not_before))), now()) as at
    from outbox
    where sent_at is null and not_before < 'infinity' and (${sql.join(
      ways.map((way) => recipientsOf[way]),
      sql` or `,
    )})
    having count(*) > 0`);
  return row?.at ? new Date(row.at) : null;
}
