import { markCancellationSent } from "@/db/mutations/demo-heard";
import { type ClaimedNotice, claimNotices, dropNotice, markFailed, markSent } from "@/db/mutations/outbox";
import type { JobIo } from "@/lib/jobs/definition";
import { composeDirect } from "./compose";
import { directFault, NOT_IN_SLACK } from "./direct-fault";
import { NOT_CONNECTED } from "./drain-slack";
import type { SlackPoster } from "./slack-client";
import { SlackError } from "./slack-fault";
import { type Posted, postInTurns } from "./slack-turns";

/** Two calls for each message: who it is, and the message. */
const BATCH = 3;
const CLAIM_SECONDS = 120;

type Io = Pick<JobIo, "db" | "signal" | "log">;

/** Posts what is due for people who asked to be told in Slack. Returns how many were posted. */
export const drainDirect = (io: Io, slack: SlackPoster | null, deadline: number): Promise<number> =>
  postInTurns(io, deadline, {
    batch: BATCH,
    claim: (limit) => claimNotices(io.db, limit, CLAIM_SECONDS, "direct"),
    post: (notice) => post(io, slack, notice),
    pauseMs: slack?.pauseMs ?? 0,
  });

/** One notice, with a mark for however it ends. Who is not in the workspace gets none, and that is no failure. */
async function post({ db, log }: Io, slack: SlackPoster | null, notice: ClaimedNotice): Promise<Posted> {
  const drop = async (reason: string) => {
    await dropNotice(db, notice.id, reason);
    return "not sent" as const;
  };
  if (!slack) return drop(NOT_CONNECTED);
  if (!slack.findMember) return drop("A webhook writes to the academy's channel only: connect a bot for messages.");
  try {
    const composed = await composeDirect(db, notice);
    if ("dropped" in composed) return drop(composed.dropped);
    await slack.post(composed.message, await slack.findMember(composed.email));
  } catch (error) {
    const reason = directFault(error);
    if (error instanceof SlackError && error.kind === "no_person") return drop(NOT_IN_SLACK);
    log.warn({ notice: notice.id, kind: notice.kind, attempt: notice.attempts + 1, reason }, "Slack message not sent");
    if (error instanceof SlackError && error.kind === "rate_limited") {
      return { seconds: error.retryAfterSeconds ?? 30, reason };
    }
    await markFailed(db, notice, reason);
    // What is not Slack's doing is ours to look into; the others go out meanwhile.
    if (!(error instanceof SlackError))
      log.error({ err: error, notice: notice.id }, "a Slack message could not be made");
    return "not sent";
  }
  if (notice.kind === "demo-cancelled") await markCancellationSent(db, notice);
  else await markSent(db, notice.id);
  return "sent";
}
