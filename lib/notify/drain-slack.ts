import { keepSessions, markCancellationSent } from "@/db/mutations/demo-heard";
import {
  type ClaimedChannelNotice,
  claimChannelNotices,
  dropNotice,
  markFailed,
  markSent,
} from "@/db/mutations/outbox";
import type { JobIo } from "@/lib/jobs/definition";
import type { SlackMessage, SlackPoster } from "./slack-client";
import { channelOf, composeSlack } from "./slack-compose";
import { SlackError, slackFault } from "./slack-fault";
import { type Posted, postInTurns } from "./slack-turns";

const BATCH = 5;
const CLAIM_SECONDS = 120;

type Io = Pick<JobIo, "db" | "signal" | "log">;

export const NOT_CONNECTED = "Slack is not connected.";

/**
 * Posts what is due for channels. With `slack` null nothing is: what was written while it was connected is dropped.
 * Returns how many were posted.
 */
export const drainSlack = (io: Io, slack: SlackPoster | null, deadline: number): Promise<number> =>
  postInTurns(io, deadline, {
    batch: BATCH,
    claim: (limit) => claimChannelNotices(io.db, limit, CLAIM_SECONDS),
    post: (notice) => post(io, slack, notice),
    pauseMs: slack?.pauseMs ?? 0,
  });

/** One notice, with a mark for however it ends; a pause when Slack wants one. */
async function post({ db, log }: Io, slack: SlackPoster | null, notice: ClaimedChannelNotice): Promise<Posted> {
  const drop = async (reason: string) => {
    await dropNotice(db, notice.id, reason);
    return "not sent" as const;
  };
  if (!slack) return drop(NOT_CONNECTED);
  const target = channelOf(notice, slack.academyChannel);
  if ("dropped" in target) return drop(target.dropped ?? NOT_CONNECTED);
  try {
    const message = await prepare(db, notice);
    if (!message) return "not sent" as const;
    await slack.post(message, target.channel);
  } catch (error) {
    const reason = slackFault(error, target.channel ?? slack.academyChannel);
    log.warn({ notice: notice.id, kind: notice.kind, attempt: notice.attempts + 1, reason }, "Slack message not sent");
    if (error instanceof SlackError && error.kind === "rate_limited") {
      return { seconds: error.retryAfterSeconds ?? 30, reason };
    }
    await markFailed(db, notice, reason);
    // What is not Slack's doing is ours to look into; the others go out meanwhile.
    if (!(error instanceof SlackError))
      log.error({ err: error, notice: notice.id }, "a Slack message could not be made");
    return "not sent" as const;
  }
  if (notice.kind === "slack-demo-cancelled") await markCancellationSent(db, notice);
  else await markSent(db, notice.id);
  return "sent" as const;
}

/**
 * The message as things are now, with a note of the sessions that it leaves out; null when nobody is to get it. Who
 * changes one of its sessions meanwhile waits for that note, and announces by it.
 */
const prepare = (db: Io["db"], notice: ClaimedChannelNotice): Promise<SlackMessage | null> =>
  db.transaction(async (tx) => {
    const composed = await composeSlack(tx, notice);
    if ("dropped" in composed) {
      await dropNotice(tx, notice.id, composed.dropped);
      return null;
    }
    if (composed.shortenedTo) await keepSessions(tx, notice.id, composed.shortenedTo);
    return composed.message;
  });
