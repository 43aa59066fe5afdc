import { env } from "@/lib/env";

export type JobsBackend = "embedded" | "trigger" | "off";

/**
 * Who runs the jobs: as JOBS_BACKEND says; else Trigger.dev where its key is set, nobody on a serverless host, and the
 * embedded runner everywhere else.
 */
export function jobsBackend(): JobsBackend {
  const { JOBS_BACKEND, TRIGGER_SECRET_KEY } = env();
  if (JOBS_BACKEND) return JOBS_BACKEND;
  if (TRIGGER_SECRET_KEY) return "trigger";
  return process.env.VERCEL ? "off" : "embedded";
}

/** Work was asked for where nothing runs it. The message is for an operator. */
export class JobsOffError extends Error {
  override name = "JobsOffError";
  constructor() {
    super("Background jobs are off: set TRIGGER_SECRET_KEY, or JOBS_BACKEND=embedded and run a worker.");
  }
}
