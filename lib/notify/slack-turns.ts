import { setTimeout as sleep } from "node:timers/promises";
import { postponeSlackNotices } from "@/db/mutations/outbox";
import type { JobIo } from "@/lib/jobs/definition";

/** How one notice ended; a pause when Slack wants one. */
export type Posted = "sent" | "not sent" | { seconds: number; reason: string };

type Turns<Notice> = {
  /** Notices taken at a time: with ten seconds for each call at most, well within their claim. */
  batch: number;
  claim: (limit: number) => Promise<Notice[]>;
  /** Posts one and marks it, however it ends, unless Slack wants a pause. */
  post: (notice: Notice) => Promise<Posted>;
  pauseMs: number;
};

/**
 * Posts what is due one after the other, until nothing is, the time is over or Slack asks for a pause, which then holds
 * for everybody who posts there. Returns how many were posted.
 */
export async function postInTurns<Notice extends { id: number }>(
  { db, signal }: Pick<JobIo, "db" | "signal">,
  deadline: number,
  { batch: size, claim, post, pauseMs }: Turns<Notice>,
): Promise<number> {
  let sent = 0;
  while (!signal.aborted && performance.now() < deadline) {
    const batch = await claim(size);
    for (const [index, notice] of batch.entries()) {
      if (sent > 0) await sleep(pauseMs);
      const result = await post(notice);
      if (result === "sent") sent += 1;
      else if (result !== "not sent") {
        const held = batch.slice(index).map(({ id }) => id);
        await postponeSlackNotices(db, held, result.seconds, result.reason);
        return sent;
      }
    }
    if (batch.length < size) break;
  }
  return sent;
}
