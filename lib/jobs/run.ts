import { createDb, type Database } from "@/db/client";
import { ConfigurationError, requireEnv } from "@/lib/env";
import { withoutValues } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";
import { wakatimeAccess } from "@/lib/wakatime/access";
import { jobsBackend } from "./backend";
import { type JobName, type JobPayload, jobContracts } from "./contracts";
import type { Job, JobIo } from "./definition";
import { enqueue, enqueueMany } from "./enqueue";
import { jobs } from "./registry";

/** Checks the payload and does the job. Throws what the job throws: the engine retries it. */
export async function runJob<Name extends JobName>(
  name: Name,
  payload: unknown,
  io: Pick<JobIo, "db" | "signal"> & Partial<JobIo>,
): Promise<void> {
  const checked = jobContracts[name].payload.parse(payload) as JobPayload<Name>;
  await (jobs[name] as unknown as Job<Name>).run(checked, {
    now: () => new Date(),
    log: log.child({ job: name }),
    progress: () => {},
    enqueue,
    enqueueMany,
    wakatime: () => wakatimeAccess(io.db),
    ...io,
  });
}

/** A task's pool at Trigger.dev: for the users of one chunk, plus its tally. */
const TASK_POOL_MAX = 4;

let taskDb: Database | undefined;

/**
 * For Trigger.dev's tasks: opens the database when a task runs, not when its file is indexed. What the task enqueues
 * has to go to Trigger.dev too; where the settings say otherwise it throws rather than leave that to nobody.
 */
export async function runTask<Name extends JobName>(
  name: Name,
  payload: JobPayload<Name>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const backend = jobsBackend();
  if (backend !== "trigger") {
    throw new ConfigurationError(
      `This task runs at Trigger.dev, but its jobs would go elsewhere (${backend}): remove JOBS_BACKEND there.`,
    );
  }
  taskDb ??= createDb(requireEnv("DATABASE_URL"), { max: TASK_POOL_MAX, name: "cohort-task" }).db;
  try {
    await runJob(name, payload, { db: taskDb, signal });
  } catch (error) {
    // What a task throws leaves this house, and a failed statement says its parameters.
    throw withoutValues(error);
  }
}
