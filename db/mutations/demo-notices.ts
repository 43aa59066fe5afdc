import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import { ACADEMY_CHANNEL, type ChannelNoticeKind, type NoticeKind } from "@/db/queries/outbox";
import type { DateString } from "@/lib/dates";
import { writeNotices } from "./outbox";

/** A session as it is, or was, when somebody is told: what cannot be looked up later. `time` is `HH:MM`. */
export type SessionSnapshot = { id: number; title: string; date: DateString; time: string; timeZone: string };

export type DemoNoticeKind = Extract<NoticeKind, `demo-${string}`>;

/** Whose place it is about. `status` is the sign-up's after the change. */
export type ToldSignup = { userId: number; signupId: number; status: SignupStatus };

/** What the texts know besides the session; all but the occasion may be absent. */
export type DemoNoticeExtra = Record<string, unknown> & {
  /**
   * What makes it the same telling: the session and its version after the change. The sign-up is added here. Where one
   * change tells a person twice (moved, and promoted there), the kinds differ.
   */
  occasion: string;
  /** "demo-cancelled", "demo-deleted". */
  reason?: string | null;
  /** "demo-moved": the session that they had a place in. "demo-changed": the session before the change. */
  was?: SessionSnapshot;
  /** "demo-changed": the link is another one. A session that takes place after all says `restored`. */
  linkChanged?: boolean;
  restored?: boolean;
};

/**
 * Writes one notice to each person, in the caller's transaction. `session` is the one that they are told of: for
 * "demo-moved" the one that they are in now. The caller asks for sending afterwards (askToSend). Returns how many are
 * new.
 */
export async function tellSignups(
  tx: Db,
  kind: DemoNoticeKind,
  people: ToldSignup[],
  session: SessionSnapshot,
  { occasion, ...extra }: DemoNoticeExtra,
): Promise<number> {
  const written = await writeNotices(
    tx,
    people.map(({ userId, signupId, status }) => ({
      userId,
      kind,
      occasion: `${occasion}:signup:${signupId}`,
      payload: { ...extra, session, signupId, status },
    })),
  );
  return written.length;
}

/** Sessions of one announcement: as many as a reader takes in, and Slack's blocks hold. */
const SESSIONS_PER_MESSAGE = 10;

/** Nothing is written for channels where no Slack is connected: such a message would never be anybody's. */
export const slackConnected = sql`exists (select from setting where key = 'slack_webhook' and jsonb_typeof(value) = 'object')`;

/**
 * `channel` for the session `s`: the academy's, and those of the batches that run on its date, or of its own batch only.
 * Two batches with one channel hear once.
 */
export const channelsOfSession = sql`
  lateral (
    select ${ACADEMY_CHANNEL}::text as channel
    union
    select ${`${ACADEMY_CHANNEL}:`}::text || lower(b.slack_channel) from batch b
    where b.slack_channel is not null and b.archived_at is null
      and case when s.batch_id is null then s.session_date between b.start_date and b.end_date else b.id = s.batch_id end
  ) target`;

/** When the session `s` begins. */
export const startOf = sql`(s.session_date + s.session_time) at time zone s.time_zone`;

const ANNOUNCED = "slack-demo-announced" satisfies ChannelNoticeKind;
const CANCELLED = "slack-demo-cancelled" satisfies ChannelNoticeKind;

/**
 * `heard.kind`: what the channel was told last about whether the session takes place. An announcement that still waits
 * counts, for it will say so if that is true then; a cancellation only once it was sent, for a session that is restored
 * before takes it back unheard. What was dropped or given up nobody heard. `heard.certain`: it has left, or is about to.
 * The key of outbox_once finds it.
 */
const lastHeard = sql`
  left join lateral (
    select o.kind, o.sent_at is not null or o.claimed_until > now() as certain from outbox o
    where o.user_id is null and o.channel = target.channel and o.kind in (${ANNOUNCED}, ${CANCELLED})
      and (o.payload -> 'sessionIds' @> to_jsonb(s.id) or o.payload -> 'session' -> 'id' = to_jsonb(s.id))
      and (o.sent_at is not null or o.kind = ${ANNOUNCED} and o.not_before < 'infinity')
    order by o.id desc
    limit 1
  ) heard on true`;

/**
 * Tells the channels of these sessions that they take place, those together that are new together. A channel hears of a
 * session once, however often it is switched off and on, and again when it heard of a cancellation since, or when the
 * announcement never reached it; what is cancelled, switched off or begun is left out. Call it in the transaction that holds the sessions' rows, and ask for
 * sending afterwards.
 */
export async function announceSessions(tx: Db, sessionIds: number[], now: Date): Promise<void> {
  if (sessionIds.length === 0) return;
  await tx.execute(sql`
    insert into outbox (channel, kind, occasion, payload)
    select channel, ${ANNOUNCED}, 'sessions:' || string_agg(id || 'v' || version, ',' order by starts, id),
      jsonb_build_object('sessionIds', jsonb_agg(id order by starts, id), 'again', again)
    from (
      select *, (row_number() over (partition by channel, again order by starts, id) - 1) / ${SESSIONS_PER_MESSAGE}::int as part
      from (
        select s.id, s.version, ${startOf} as starts, target.channel, heard.kind is not null as again
        from demo_session s cross join ${channelsOfSession} ${lastHeard}
        where s.id = any(${`{${sessionIds.join(",")}}`}::int[]) and s.is_active and not s.is_cancelled
          and ${startOf} > ${now.toISOString()}::timestamptz and ${slackConnected}
          and heard.kind is distinct from ${ANNOUNCED}
      ) fresh
    ) numbered
    group by channel, again, part
    on conflict do nothing`);
}

/**
 * Tells the channels of a session that it does not take place, with the reason: after it was cancelled, or before it is
 * deleted, in the transaction that does it. Who never heard of a session that is switched off hears nothing now.
 */
export async function announceCancellation(
  tx: Db,
  sessionId: number,
  reason: string | null,
  now: Date = new Date(),
): Promise<void> {
  await tx.execute(sql`
    insert into outbox (channel, kind, occasion, payload)
    select target.channel, ${CANCELLED}, 'session:' || s.id || ':v' || s.version,
      jsonb_build_object('reason', ${reason}::text, 'session', jsonb_build_object('id', s.id, 'title', s.title,
        'date', s.session_date, 'time', to_char(s.session_time, 'HH24:MI'), 'timeZone', s.time_zone))
    from demo_session s cross join ${channelsOfSession} ${lastHeard}
    where s.id = ${sessionId} and ${startOf} > ${now.toISOString()}::timestamptz and ${slackConnected}
      and (s.is_active or heard.kind = ${ANNOUNCED} and heard.certain)
    on conflict do nothing`);
}
