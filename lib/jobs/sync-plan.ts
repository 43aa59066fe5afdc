import { lockSyncPlanning, markSyncPlanned } from "@/db/mutations/sync-run";
import { getSyncRun } from "@/db/queries/sync-runs";
import { listSyncSubjects } from "@/db/queries/sync-subjects";
import { defineJob, type EnqueueItem } from "./definition";
import { tallyRun } from "./sync-close";

/** At two calls a second about four of the five minutes that a chunk may take. */
export const CHUNK_USERS = 500;
/** Enqueued together: few round trips, and no more in memory however many users there are. */
const CHUNKS_AT_ONCE = 50;

/**
 * Pages the run's users by keyset and hands them out. One transaction: a planning that dies half-way has handed out
 * nothing and is done again; one that is done again after it succeeded finds the run planned.
 */
export const syncPlan = defineJob("sync-plan", async ({ runId, asOf }, io) => {
  const { db, now, signal, enqueueMany, progress } = io;
  // Triggered over HTTP, the job may be faster than the transaction that wrote the run: thrown, it is tried again.
  const run = await getSyncRun(db, runId);
  if (!run) throw new Error(`There is no sync run ${runId} yet.`);

  await db.transaction(async (tx) => {
    const scope = await lockSyncPlanning(tx, runId);
    if (!scope) return;
    // Months of days: the night does not wait behind them.
    const isBackFill = run.windowStart !== null;
    let chunks: EnqueueItem<"sync-chunk">[] = [];
    let total = 0;
    let last = 0;
    for (;;) {
      signal.throwIfAborted();
      const userIds = await listSyncSubjects(tx, { ...scope, afterUserId: last, limit: CHUNK_USERS });
      if (userIds.length === 0) break;
      chunks.push({ payload: { runId, asOf, userIds }, key: `run:${runId}:after:${last}`, last: isBackFill });
      last = userIds.at(-1) ?? last;
      total += userIds.length;
      progress({ done: total, total });
      if (chunks.length < CHUNKS_AT_ONCE) continue;
      await enqueueMany(tx, "sync-chunk", chunks);
      chunks = [];
    }
    await enqueueMany(tx, "sync-chunk", chunks);
    await markSyncPlanned(tx, runId, total, now());
  });
  // A run without users is over; one whose chunks were faster than this is too.
  await tallyRun(runId, io);
});
