import type { Db } from "@/db/client";
import { JobsOffError, jobsBackend } from "./backend";
import { type JobName, type JobPayload, jobContracts } from "./contracts";
import type { EnqueueOptions } from "./definition";

/**
 * Asks for a job, whichever engine runs it. Give it the transaction that writes what the job is about: with the
 * embedded engine both happen or neither does. Throws JobsOffError where nothing runs jobs.
 */
export async function enqueue<Name extends JobName>(
  db: Db,
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions,
): Promise<void> {
  const checked = jobContracts[name].payload.parse(payload);
  switch (jobsBackend()) {
    case "embedded": {
      // Loaded when needed: most requests of a web process enqueue nothing.
      const { sendToQueue } = await import("./queue");
      return sendToQueue(db, name, checked, options);
    }
    case "trigger": {
      const { triggerTask } = await import("./trigger-api");
      return triggerTask(name, checked, options);
    }
    case "off":
      throw new JobsOffError();
  }
}
