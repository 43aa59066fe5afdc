import { z } from "zod";
import type { Db } from "@/db/client";
import { holdSessions, listToldLater } from "@/db/mutations/demo-heard";
import type { ClaimedChannelNotice } from "@/db/mutations/outbox";
import { listSessionFacts, momentOf } from "@/db/queries/demo-notice";
import { ACADEMY_CHANNEL, type ChannelNoticeKind, channelNoticeKinds } from "@/db/queries/outbox";
import { env } from "@/lib/env";
import { snapshot } from "./demo-facts";
import { oneLine } from "./mail-render";
import type { SlackMessage } from "./slack-client";
import { type ChannelFacts, slackTexts } from "./slack-texts";

type Dropped = { dropped: string };

const ids = z.object({ sessionIds: z.array(z.number().int()).min(1).max(50), again: z.boolean().nullish() });
const cancellation = z.object({ session: snapshot, reason: z.string().nullish() });

const UNCLEAR: Dropped = { dropped: "It does not say which demo session it is about." };

type About = Pick<ChannelFacts, "sessions" | "reason" | "again">;

async function about(
  db: Db,
  kind: ChannelNoticeKind,
  notice: ClaimedChannelNotice,
  now: Date,
): Promise<About | Dropped> {
  if (kind === "slack-test") return { sessions: [], reason: null, again: false };
  if (kind === "slack-demo-cancelled") {
    const parsed = cancellation.safeParse(notice.payload);
    if (!parsed.success) return UNCLEAR;
    const { session, reason } = parsed.data;
    await holdSessions(db, [session.id]);
    const [found] = await listSessionFacts(db, [session.id]);
    if (found && !found.isCancelled) return { dropped: "The demo session takes place after all." };
    if ((await listToldLater(db, notice, [session.id])).length > 0) return { dropped: "A later message says it." };
    return { sessions: [await momentOf(db, session)], reason: reason ?? null, again: false };
  }
  const parsed = ids.safeParse(notice.payload);
  if (!parsed.success) return UNCLEAR;
  const { sessionIds } = parsed.data;
  await holdSessions(db, sessionIds);
  const found = await listSessionFacts(db, sessionIds);
  const toldLater = kind === "slack-demo-announced" ? await listToldLater(db, notice, sessionIds) : [];
  const sessions = found.filter(
    (each) =>
      !each.isCancelled &&
      !toldLater.includes(each.id) &&
      new Date(each.startsAt) > now &&
      // What nobody can sign up for is no news; who presents tomorrow is.
      (kind === "slack-demo-reminder" || each.isActive),
  );
  if (sessions.length > 0) return { sessions, reason: null, again: parsed.data.again ?? false };
  return { dropped: "By the time it could be sent the demo session had begun, or was off." };
}

/** `shortenedTo`: the sessions that an announcement still speaks of, where it leaves out any. */
type Composed = { message: SlackMessage; shortenedTo: number[] | null };

function shortened(kind: ChannelNoticeKind, payload: unknown, { sessions }: About): number[] | null {
  const asked = kind === "slack-demo-announced" ? ids.safeParse(payload).data : undefined;
  return asked && sessions.length < asked.sessionIds.length ? sessions.map(({ id }) => id) : null;
}

/**
 * The message of a notice as things are now, or why no channel is to get it any more. In a transaction its sessions stay
 * as they are until what follows from that is written down.
 */
export async function composeSlack(
  db: Db,
  notice: ClaimedChannelNotice,
  now: Date = new Date(),
): Promise<Composed | Dropped> {
  const kind = channelNoticeKinds.find((each) => each === notice.kind);
  if (!kind) return { dropped: `Nothing is written yet for notices of the kind ${oneLine(notice.kind)}.` };
  const facts = await about(db, kind, notice, now);
  if ("dropped" in facts) return facts;
  const academy = oneLine(notice.academy ?? "") || "your academy";
  const message = slackTexts[kind]({ ...facts, academy, appUrl: env().APP_URL, now });
  return { message, shortenedTo: shortened(kind, notice.payload, facts) };
}

const bare = (channel: string) => channel.replace(/^#/, "").toLowerCase();

/** The channel that a notice goes to: null is the academy's own. Or why it goes nowhere. */
export function channelOf(notice: Pick<ClaimedChannelNotice, "channel">, academyChannel: string | null) {
  if (notice.channel === ACADEMY_CHANNEL) return { channel: null };
  const channel = notice.channel.slice(ACADEMY_CHANNEL.length + 1);
  if (academyChannel === null) {
    return { dropped: `A webhook writes to the academy's channel only: connect a bot for ${channel}.` };
  }
  if (bare(channel) === bare(academyChannel)) return { dropped: "It is the academy's channel, which has it already." };
  return { channel };
}
