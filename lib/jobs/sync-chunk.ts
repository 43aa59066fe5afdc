import { randomUUID } from "node:crypto";
import { recordFailedSync, type SyncOutcome } from "@/db/mutations/sync-outcome";
import { getSyncRun, listUsersToSync } from "@/db/queries/sync-runs";
import { type WriteDays, writeDaysTogether } from "@/lib/wakatime/store-days";
import { LeaseHeldError, leaseOwnerPrefix, type SyncWindow, syncWithLease } from "@/lib/wakatime/sync";
import type { JobPayload } from "./contracts";
import { defineJob, type JobIo } from "./definition";
import { tallyRun } from "./sync-close";
import { collectOutcomes } from "./sync-collect";
import { leaseInGroups } from "./sync-leases";

const USERS_AT_ONCE = 32;
const TIME_BUDGET_MS = 5 * 60_000;
/** How often the run's counters follow its outcomes: its sign of life, too, while WakaTime keeps everybody waiting. */
const TALLY_EVERY_MS = 2_000;

export const syncChunk = defineJob("sync-chunk", (payload, io) => syncUsers(payload, io));

/**
 * Syncs a run's users, a few at a time, those already done left out. Users whom the time did not suffice for, or
 * whom another sync or a killed attempt still holds, go on as a further chunk. Stopped half-way it throws and is done again.
 */
export async function syncUsers(payload: JobPayload<"sync-chunk">, io: JobIo): Promise<void> {
  const { runId, userIds } = payload;
  const { db, now, signal, progress } = io;
  const run = await getSyncRun(db, runId);
  // Triggered over HTTP, the job may be faster than the transaction that wrote the run: thrown, it is tried again.
  if (!run) throw new Error(`There is no sync run ${runId} yet.`);
  if (run.status !== "running") return;
  const { windowStart: from, windowEnd: to, windowDays } = run;
  const window: SyncWindow = { now, asOf: new Date(payload.asOf), ...(from && to ? { range: { from, to } } : {}) };
  if (windowDays !== null) window.windowDays = windowDays;

  const pending = await listUsersToSync(db, runId, userIds);
  const deadline = now().getTime() + TIME_BUDGET_MS;
  const life = keepTally(runId, io);
  const owner = `${leaseOwnerPrefix(runId)}${randomUUID()}`;
  const leases = leaseInGroups(pending, { db, owner, window });
  const outcomes = collectOutcomes(db, { runId, owner });
  const write = writeDaysTogether(db);
  const left: Left = { users: [], heldSeconds: 0 };
  let done = userIds.length - pending.length;

  const work = async () => {
    while (!signal.aborted && !life.ended() && now().getTime() < deadline) {
      const next = await leases.take();
      if (!next) return;
      await syncOne({ runId, ...next, owner, window, write, waits: run.scopeUserId === null }, io, {
        left,
        add: outcomes.add,
      });
      done += 1;
      progress({ done, total: userIds.length });
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: USERS_AT_ONCE }, work));
  try {
    await outcomes.flush();
  } finally {
    await life.stop();
    left.users.push(...(await leases.giveBack()));
  }
  const open = await tallyRun(runId, io);
  signal.throwIfAborted();
  const fault = settled.find((each) => each.status === "rejected");
  if (fault) throw fault.reason;
  if (open) await handOn(payload, { ...left, last: from !== null }, io);
}

/** Tallies the run now and then while its users are synced; `ended` once it is over, stopped early perhaps. */
function keepTally(runId: number, io: JobIo) {
  let open = true;
  let tallying = Promise.resolve();
  const timer = setInterval(() => {
    tallying = tallying.then(async () => {
      open &&= await tallyRun(runId, io, { unlessDoneLately: true });
    });
    // The next one will do; a database that is gone shows itself in the users' own statements.
    tallying = tallying.catch((error) => io.log.warn({ err: error, runId }, "the run was not tallied"));
  }, TALLY_EVERY_MS);
  return {
    ended: () => !open,
    async stop() {
      clearInterval(timer);
      await tallying;
    },
  };
}

type Left = { users: number[]; heldSeconds: number };
type Leases = ReturnType<typeof leaseInGroups>;
type One = NonNullable<Awaited<ReturnType<Leases["take"]>>> & {
  runId: number;
  owner: string;
  window: SyncWindow;
  write: WriteDays;
  /** Come back for somebody whom another sync has just now: not for the only one of a run, who is told so. */
  waits: boolean;
};
type Ends = { left: Left; add: ReturnType<typeof collectOutcomes>["add"] };

/** One user's failure stays with that user: it becomes their outcome. Only a failing database stops the others. */
async function syncOne(
  { runId, userId, lease, owner, window, write, waits }: One,
  io: JobIo,
  { left, add }: Ends,
): Promise<void> {
  const { db, signal, log } = io;
  const { client, keys } = io.wakatime();
  let outcome: SyncOutcome;
  try {
    outcome = await syncWithLease({ db, client, keys, userId, ...window, runId, signal, write, waits }, lease, owner);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof LeaseHeldError) {
      left.users.push(userId);
      left.heldSeconds = Math.max(left.heldSeconds, error.retryAfterSeconds);
      return;
    }
    log.error({ err: error, userId, runId }, "sync of one user failed");
    return recordFailedSync(db, { runId, userId });
  }
  await add(userId, outcome);
}

async function handOn(
  { runId, asOf }: JobPayload<"sync-chunk">,
  left: Left & { last: boolean },
  { db, now, enqueue }: JobIo,
) {
  const first = left.users[0];
  if (first === undefined) return;
  const scheduledFor =
    left.heldSeconds > 0 ? { scheduledFor: new Date(now().getTime() + left.heldSeconds * 1000) } : {};
  // The time makes the key a new one: this very chunk is still running under its own.
  const key = `run:${runId}:rest:${first}:${now().getTime()}`;
  await enqueue(db, "sync-chunk", { runId, asOf, userIds: left.users }, { key, last: left.last, ...scheduledFor });
}
