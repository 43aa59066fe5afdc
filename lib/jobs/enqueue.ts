import type { Db } from "@/db/client";
import { JobsOffError, jobsBackend } from "./backend";
import { type JobName, type JobPayload, jobContracts } from "./contracts";
import type { EnqueueItem, EnqueueOptions } from "./definition";

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

/** Like `enqueue`, for any number of jobs of one name: one statement, or two calls for each thousand. */
export async function enqueueMany<Name extends JobName>(db: Db, name: Name, items: EnqueueItem<Name>[]): Promise<void> {
  if (items.length === 0) return;
  const checked = items.map((item) => ({ ...item, payload: jobContracts[name].payload.parse(item.payload) }));
  switch (jobsBackend()) {
    case "embedded": {
      const { sendManyToQueue } = await import("./queue");
      return sendManyToQueue(db, name, checked);
    }
    case "trigger": {
      const { triggerTasks } = await import("./trigger-api");
      return triggerTasks(name, checked);
    }
    case "off":
      throw new JobsOffError();
  }
}
