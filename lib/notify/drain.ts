import { randomUUID } from "node:crypto";
import { markCancellationSent } from "@/db/mutations/demo-heard";
import {
  type ClaimedNotice,
  claimNotices,
  dropNotice,
  markFailed,
  markSent,
  noteUnsendable,
} from "@/db/mutations/outbox";
import { getNextSendAt, type SendingWay, sendingWays } from "@/db/queries/outbox";
import { JobsOffError } from "@/lib/jobs/backend";
import type { JobIo } from "@/lib/jobs/definition";
import { composeMail } from "./compose";
import { configuredMailer } from "./configured-mailer";
import { configuredSlack, type NoSlack } from "./configured-slack";
import { drainDirect } from "./drain-direct";
import { drainSlack } from "./drain-slack";
import { type Mailer, mailFault, type NoTransport } from "./mailer";
import type { SlackPoster } from "./slack-client";

const BATCH = 5;
/** One mail, whatever the server does. */
const SEND_TIMEOUT_MS = 60_000;
/** Longer than a batch can take: a sender that died has let go after it. */
const CLAIM_SECONDS = 120;
/** With one batch more well within the time of the job, and of the tick; what is left goes on as a further job. */
const DRAIN_MS = 45_000;

type Io = Pick<JobIo, "db" | "signal" | "log" | "enqueue">;
type Options = { mail?: Mailer | NoTransport; slack?: SlackPoster | NoSlack | null };

/**
 * Sends what is due in the outbox, mail, Slack's channels and direct messages beside each other, and asks to be called
 * again when the next notice is. Any number may run at once: a notice is claimed before it is sent. One that fails is
 * its own; the others go out, and one way that is closed keeps nothing from going another.
 */
export async function drainOutbox(io: Io, { mail, slack }: Options = {}): Promise<{ sent: number }> {
  const deadline = performance.now() + DRAIN_MS;
  const open = openSlackOnce(io, slack);
  const ends = await Promise.allSettled([
    drainMailWay(io, mail, deadline),
    drainSlackWay(io, "slack", open, (poster) => drainSlack(io, poster, deadline)),
    drainSlackWay(io, "direct", open, (poster) => drainDirect(io, poster, deadline)),
  ]);
  const counts = ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
  await askAgain(
    io,
    sendingWays.filter((_, index) => counts[index] !== null),
  );
  return { sent: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0) };
}

/** Null when this cannot be sent as things are set up: asking again would be asking for ever. */
async function drainMailWay(io: Io, given: Options["mail"], deadline: number): Promise<number | null> {
  const mailer = given ?? (await configuredMailer());
  if ("reason" in mailer) return noteWaiting(io, "mail", mailer.reason);
  let sent = 0;
  try {
    while (!io.signal.aborted && performance.now() < deadline) {
      const batch = await claimNotices(io.db, BATCH, CLAIM_SECONDS);
      const results = await Promise.all(batch.map((notice) => deliver(io, mailer, notice)));
      sent += results.filter(Boolean).length;
      if (batch.length < BATCH) break;
    }
  } finally {
    if (!given) mailer.close();
  }
  return sent;
}

/** What connects Slack is read once for both that use it. */
function openSlackOnce(io: Io, given: Options["slack"]) {
  let opened: Promise<SlackPoster | NoSlack | null> | undefined;
  return () => {
    opened ??= given === undefined ? configuredSlack(io.db) : Promise.resolve(given);
    return opened;
  };
}

async function drainSlackWay(
  io: Io,
  way: "slack" | "direct",
  open: () => Promise<SlackPoster | NoSlack | null>,
  drain: (slack: SlackPoster | null) => Promise<number>,
): Promise<number | null> {
  const slack = await open();
  if (slack && "reason" in slack) return noteWaiting(io, way, slack.reason);
  return drain(slack);
}

async function noteWaiting({ db, log }: Io, way: SendingWay, reason: string): Promise<null> {
  if ((await noteUnsendable(db, way, reason)) > 0) log.warn({ reason }, `${way} is waiting`);
  return null;
}

/** One notice, with a mark for however it ends. True when it was sent. */
async function deliver({ db, log }: Io, mailer: Mailer, notice: ClaimedNotice): Promise<boolean> {
  try {
    const composed = await composeMail(db, notice);
    if ("dropped" in composed) {
      await dropNotice(db, notice.id, composed.dropped);
      return false;
    }
    await withinTime(mailer.send(composed));
  } catch (error) {
    const reason = mailFault(error);
    log.warn({ notice: notice.id, kind: notice.kind, attempt: notice.attempts + 1, reason }, "mail not sent");
    await markFailed(db, notice, reason);
    return false;
  }
  if (notice.kind === "demo-cancelled") await markCancellationSent(db, notice);
  else await markSent(db, notice.id);
  return true;
}

async function withinTime(sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error("The mail server took too long."), { code: "ETIMEDOUT" });
    timer = setTimeout(() => reject(error), SEND_TIMEOUT_MS);
  });
  try {
    await Promise.race([sending, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** For the earliest retry, the end of another sender's claim, or at once for what the time did not suffice for. */
async function askAgain({ db, enqueue, log }: Io, ways: SendingWay[]): Promise<void> {
  const next = await getNextSendAt(db, ways);
  if (!next) return;
  // What is due now runs under a key of its own: the one of this job may be taken by itself.
  const key = next.getTime() > Date.now() + 1_000 ? next.toISOString() : randomUUID();
  try {
    await enqueue(db, "outbox-send", {}, { key: `outbox:${key}`, scheduledFor: next });
  } catch (error) {
    // The half-hourly tick comes by as well.
    if (!(error instanceof JobsOffError)) log.warn({ err: error }, "could not ask for the next mail");
  }
}
