import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { createSyncRun } from "@/db/mutations/sync-run";
import type { SyncScope } from "@/db/queries/sync-subjects";
import type { Actor } from "@/lib/auth/permissions";
import { SYNC_WINDOW_DAYS } from "@/lib/wakatime/sync";
import type { DateWindow } from "@/lib/wakatime/window";
import type { Enqueue } from "./definition";
import { enqueue as enqueueJob } from "./enqueue";

type Options = {
  actor: Actor;
  /** Everybody, one batch's current students, or one user. */
  scope?: SyncScope;
  windowDays?: number;
  /** A fixed range of local dates, both included, in place of the trailing window. */
  range?: DateWindow;
  /** Names the occasion: asking twice starts one run. A fresh one when absent. */
  key?: string;
  /** Whose local dates end the windows; now when absent. */
  scheduledFor?: Date;
  enqueue?: Enqueue;
};

/** Starts a sync: the run's row and its first job, both or neither. `started` is false when the key had its run. */
export function startSync(
  db: Db,
  { actor, scope = {}, windowDays = SYNC_WINDOW_DAYS, range, key, scheduledFor, enqueue = enqueueJob }: Options,
): Promise<{ runId: number; started: boolean }> {
  return db.transaction(async (tx) => {
    const startedAt = new Date();
    const window = range ?? { days: windowDays };
    const run = await createSyncRun(tx, actor, { key: key ?? `manual:${randomUUID()}`, scope, window, startedAt });
    if (!run.created) return { runId: run.runId, started: false };
    const { runId } = run;
    const asOf = (scheduledFor ?? startedAt).toISOString();
    // One person needs no planning.
    if (scope.userId) await enqueue(tx, "sync-user", { runId, asOf, userId: scope.userId }, { key: `run:${runId}` });
    else await enqueue(tx, "sync-plan", { runId, asOf }, { key: `run:${runId}` });
    return { runId, started: true };
  });
}
