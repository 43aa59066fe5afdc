import type { Database } from "@/db/client";
import { recordJobStart } from "@/db/mutations/job-run";
import type { Actor } from "@/lib/auth/permissions";
import { type ActionResult, failure } from "@/lib/errors";
import { JobsOffError } from "./backend";
import { type JobName, type JobPayload, TICK_MINUTES, tickNames } from "./contracts";
import type { Enqueue } from "./definition";
import { enqueue as enqueueJob } from "./enqueue";

/** Jobs that mean the same whoever starts them: all others belong to one run. */
export const startableJobs = [...tickNames, "outbox-send"] as const satisfies JobName[];
export type StartableJob = (typeof startableJobs)[number];

export const isStartable = (name: string): name is StartableJob => (startableJobs as readonly string[]).includes(name);

const TICK_MS = TICK_MINUTES * 60_000;

/** The nightly tick wants to know for which half hour it runs; the others look at the clock themselves. */
const payloadOf = (name: StartableJob, now: Date): JobPayload<StartableJob> =>
  name === "sync-tick" ? { scheduledFor: new Date(Math.floor(now.getTime() / TICK_MS) * TICK_MS).toISOString() } : {};

/**
 * Asks for a job out of its turn: the audit event and the job, both or neither. It does not wait behind one of the same
 * name that is to be tried again later.
 */
export async function runJobNow(
  db: Database,
  actor: Actor,
  name: StartableJob,
  now: Date,
  enqueue: Enqueue = enqueueJob,
): Promise<ActionResult> {
  try {
    return await db.transaction(async (tx) => {
      const recorded = await recordJobStart(tx, actor, name);
      if (recorded.ok) await enqueue(tx, name, payloadOf(name, now), { key: `manual:${now.toISOString()}` });
      return recorded;
    });
  } catch (error) {
    if (error instanceof JobsOffError) return failure("unavailable", "Background jobs are off in this installation.");
    throw error;
  }
}
