import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import type { Db } from "@/db/client";
import { type JobName, jobContracts, jobNames } from "./contracts";
import type { EnqueueOptions } from "./definition";

/** The schema that the embedded runner keeps its jobs in; it migrates that itself. */
export const QUEUE_SCHEMA = "pgboss";

// Each stop of the worker hands its jobs back and costs one try. trigger.config.ts says the same to Trigger.dev.
export const RETRIES = 12;
export const FIRST_RETRY_SECONDS = 5;
export const LONGEST_RETRY_SECONDS = 300;
/** A killed worker's job is given to another one after this long without a sign of life. */
const HEARTBEAT_SECONDS = 30;

/** Nothing was ever started that would run the job: the queue's tables do not exist. */
export class QueueMissingError extends Error {
  override name = "QueueMissingError";
  constructor(cause: unknown) {
    super("The job queue does not exist yet: start the worker (npm run worker) once.", { cause });
  }
}

/** Creates or updates the queues; several processes may do so at once. `boss` has been started with migrations on. */
export async function ensureQueues(boss: PgBoss): Promise<void> {
  for (const name of jobNames) {
    const options = {
      expireInSeconds: jobContracts[name].expireInSeconds,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryLimit: RETRIES,
      retryDelay: FIRST_RETRY_SECONDS,
      retryDelayMax: LONGEST_RETRY_SECONDS,
      retryBackoff: true,
      notify: true,
    };
    await boss.createQueue(name, { ...options, policy: "exclusive" });
    await boss.updateQueue(name, options);
  }
}

/** Creates the queue's schema without running anything, for a process that enqueues where no worker has run yet. */
export async function installQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on("error", () => {});
  await boss.start();
  await ensureQueues(boss);
  await boss.stop({ graceful: false });
}

/**
 * Puts a job into the embedded queue with the caller's transaction: it exists when that commits. A job of the same name
 * and key that waits or runs takes its place.
 */
export const sendToQueue = (db: Db, name: JobName, payload: object, options: EnqueueOptions): Promise<void> =>
  sendManyToQueue(db, name, [{ payload, ...options }]);

/** Like `sendToQueue`, in one statement. It passes over what is there already, and takes the first of equal keys. */
export async function sendManyToQueue(
  db: Db,
  name: JobName,
  items: ({ payload: object } & EnqueueOptions)[],
): Promise<void> {
  // It only sends, so a web process needs no pg-boss of its own running.
  const sender = new PgBoss({
    db: fromDrizzle(db, sql),
    schema: QUEUE_SCHEMA,
    supervise: false,
    schedule: false,
    migrate: false,
    registerInstance: false,
  });
  const jobs = items.map(({ payload, key, scheduledFor, last }) => ({
    data: payload,
    singletonKey: key,
    priority: last ? -1 : 0,
    ...(scheduledFor ? { startAfter: scheduledFor } : {}),
  }));
  try {
    await sender.insert(name, jobs);
  } catch (error) {
    if (isMissing(error)) throw new QueueMissingError(error);
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    // No such schema, no such table, or no such queue in it.
    if (["3F000", "42P01", "QUEUE_NOT_FOUND"].includes((current as { code?: string }).code ?? "")) return true;
  }
  return false;
}
