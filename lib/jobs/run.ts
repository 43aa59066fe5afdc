import { createDb, type Database } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { log } from "@/lib/observability/log";
import { wakatimeAccess } from "@/lib/wakatime/access";
import { type JobName, type JobPayload, jobContracts } from "./contracts";
import type { Job, JobIo } from "./definition";
import { enqueue } from "./enqueue";
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
    wakatime: () => wakatimeAccess(io.db),
    ...io,
  });
}

/** A task's pool at Trigger.dev: for the users of one chunk, plus its tally. */
const TASK_POOL_MAX = 4;

let taskDb: Database | undefined;

/** For Trigger.dev's tasks: opens the database when a task runs, not when its file is indexed. */
export function runTask<Name extends JobName>(
  name: Name,
  payload: JobPayload<Name>,
  { signal }: { signal: AbortSignal },
) {
  taskDb ??= createDb(requireEnv("DATABASE_URL"), { max: TASK_POOL_MAX, name: "cohort-task" }).db;
  return runJob(name, payload, { db: taskDb, signal });
}
