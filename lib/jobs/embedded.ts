import { type JobWithMetadata, PgBoss } from "pg-boss";
import { createDb } from "@/db/client";
import { withoutValues } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";
import { type JobName, jobNames, TICK_CRON, TICK_MINUTES, tickNames } from "./contracts";
import type { JobIo } from "./definition";
import { ensureQueues, QUEUE_SCHEMA } from "./queue";
import { runJob } from "./run";

const WORK_POOL_MAX = 4;
const QUEUE_POOL_MAX = 3;
const POLL_SECONDS = 1;
/** How often pg-boss looks for jobs whose worker has died. */
const SUPERVISE_SECONDS = 15;
/** A job that has not let go by then is handed back regardless; what it was doing is done again. */
const STOP_TIMEOUT_MS = 20_000;

const TICK_MS = TICK_MINUTES * 60_000;

export type EmbeddedRunner = { stop: () => Promise<void> };

type Options = {
  databaseUrl: string;
  /** In place of the configured WakaTime, the clock and so on. */
  io?: Partial<Pick<JobIo, "wakatime" | "now" | "enqueue" | "enqueueMany">>;
};

/**
 * The durable runner of installations without Trigger.dev: pg-boss in the app's own Postgres, with a small pool of its
 * own beside one for the work. Several may run at once; each job goes to one of them. `stop` hands running jobs back.
 */
export async function startEmbeddedRunner({ databaseUrl, io = {} }: Options): Promise<EmbeddedRunner> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    application_name: "cohort-queue",
    max: QUEUE_POOL_MAX,
    // Somebody who asks for a sync does not wait for the next look at the queue.
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on("error", (error) => log.error({ err: error }, "job queue"));
  const work = createDb(databaseUrl, { max: WORK_POOL_MAX, name: "cohort-jobs", prepare: true });
  const stopping = new AbortController();

  const handle = async <Name extends JobName>(name: Name, job: JobWithMetadata<object> | undefined) => {
    if (!job) return;
    const signal = AbortSignal.any([job.signal, stopping.signal]);
    try {
      await runJob(name, withScheduledTime(name, job), { ...io, db: work.db, signal });
    } catch (error) {
      // The queue stores what a job throws, and a failed statement says its parameters.
      throw withoutValues(error);
    }
  };

  try {
    await boss.start();
    await ensureQueues(boss);
    // Of the ticks that nobody was there for, the last one is made good.
    for (const name of tickNames) {
      await boss.schedule(name, TICK_CRON, {}, { tz: "UTC", missed: "once", singletonKey: "tick" });
    }
    for (const name of jobNames) {
      // Nobody is woken for a job whose time comes later: the queue is looked at as often with notifications as without.
      const looking = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS };
      const worker = await boss.work(
        name,
        { includeMetadata: true, ...looking },
        async ([job]: JobWithMetadata<object>[]) => {
          await handle(name, job);
          // Where there was one there may be more: chunks of a run follow each other without a pause.
          boss.notifyWorker(worker);
        },
      );
    }
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    await work.close();
    throw error;
  }
  return {
    async stop() {
      stopping.abort(new Error("The worker is stopping."));
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
      await work.close();
    },
  };
}

/** pg-boss gives a cron's job no nominal time: it is the half hour in which the job was made. */
function withScheduledTime(name: JobName, job: JobWithMetadata<object>): object {
  if (name !== "sync-tick") return job.data;
  return { scheduledFor: new Date(Math.floor(job.createdOn.getTime() / TICK_MS) * TICK_MS).toISOString() };
}
