import type { Logger } from "pino";
import type { Database, Db } from "@/db/client";
import type { WakatimeAccess } from "@/lib/wakatime/access";
import type { JobName, JobPayload } from "./contracts";

export type EnqueueOptions = {
  /**
   * Of jobs with the same name and key only one waits or runs at a time. Names one occasion: Trigger.dev takes a key
   * that it has seen within 30 days for the same request.
   */
  key: string;
  /** Not before this instant; at once when absent. */
  scheduledFor?: Date;
  /** Behind all others that wait: for work that takes hours and is nobody's hurry. The embedded engine alone heeds it. */
  last?: boolean;
};

export type Enqueue = <Name extends JobName>(
  db: Db,
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions,
) => Promise<void>;

export type EnqueueItem<Name extends JobName = JobName> = EnqueueOptions & { payload: JobPayload<Name> };

export type EnqueueMany = <Name extends JobName>(db: Db, name: Name, items: EnqueueItem<Name>[]) => Promise<void>;

/** All that a job touches. The engine that runs it, the clock and the network are the caller's. */
export type JobIo = {
  db: Database;
  now: () => Date;
  /** Aborted when the worker stops or the engine gives up waiting; the job throws and is handed back. */
  signal: AbortSignal;
  log: Pick<Logger, "info" | "warn" | "error">;
  /** How far the job is, for the engine's own view; people read the run's row. */
  progress: (state: { done: number; total: number }) => void;
  enqueue: Enqueue;
  /** Any number of jobs of one name in a few round trips. */
  enqueueMany: EnqueueMany;
  wakatime: () => WakatimeAccess;
};

/** Runs at least once, perhaps twice at the same time: what a job writes is the same however often it runs. */
export type Job<Name extends JobName = JobName> = {
  name: Name;
  run: (payload: JobPayload<Name>, io: JobIo) => Promise<void>;
};

export const defineJob = <Name extends JobName>(name: Name, run: Job<Name>["run"]): Job<Name> => ({ name, run });
