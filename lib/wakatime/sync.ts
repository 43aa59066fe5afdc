import { randomUUID } from "node:crypto";
import {
  type Lease,
  type LeasedConnection,
  type LeaseWindow,
  leaseConnections,
  releaseConnections,
  renewLease,
} from "@/db/mutations/connection-lease";
import { finishUserSyncs, recordSyncGap, type SyncOutcome } from "@/db/mutations/sync-outcome";
import { followAbort } from "@/lib/abort";
import { addDays, earlier, later, localDate } from "@/lib/dates";
import { type Caller, createCaller } from "./caller";
import { LeaseLostError, WakatimeError } from "./errors";
import { storeDays } from "./store-days";
import {
  LEASE_SECONDS,
  RENEW_LEASE_EVERY_MS,
  SYNC_WINDOW_DAYS,
  type SyncOptions,
  type SyncWindow,
} from "./sync-options";
import { emptyOutcome, outcomeOf } from "./sync-outcome";
import { codingDays } from "./transform";
import { type DateWindow, daysIn, trailingWindow, windowsOf } from "./window";

export { SYNC_WINDOW_DAYS, type SyncOptions, type SyncWindow } from "./sync-options";
export type { SyncOutcome };

/** What plans show, as far as anybody knows. The shorter is always asked for; both when a longer window was refused. */
const SHORTEST_PLAN_DAYS = 7;
const PLAN_DAYS = [14, SHORTEST_PLAN_DAYS];

/** Names the run, so that its next chunk can tell a lease that a killed one left behind. */
export const leaseOwnerPrefix = (runId: number | undefined) => `run:${runId ?? "none"}:`;

/** Another sync, or an earlier attempt of the same run, holds the lease: to be asked again once that has ended. */
export class LeaseHeldError extends Error {
  override name = "LeaseHeldError";
  constructor(readonly retryAfterSeconds: number) {
    super("Somebody else holds the lease.");
  }
}

/** The days that a sync with these options asks for, as the lease has to know them. */
export const leaseWindowOf = ({ now, asOf, range, windowDays }: SyncWindow): LeaseWindow =>
  range ?? { asOf: asOf ?? now(), days: windowDays ?? SYNC_WINDOW_DAYS };

/**
 * Brings one user's trailing window of days, or a fixed range, up to date and writes down how that ended. Whatever goes
 * wrong with this user is an outcome, not an exception; thrown are only the abort of `signal`, LeaseHeldError and
 * faults of our own database. A sync that finds nothing new writes no day, no item and no name.
 */
export async function syncUser(options: SyncOptions): Promise<SyncOutcome> {
  const { db, userId, runId } = options;
  const owner = `${leaseOwnerPrefix(runId)}${randomUUID()}`;
  const wanted = { userIds: [userId], owner, leaseSeconds: LEASE_SECONDS, window: leaseWindowOf(options) };
  const lease = (await leaseConnections(db, wanted)).get(userId);
  if (!lease) throw new Error("A lease was asked for and not answered.");
  const outcome = await syncWithLease(options, lease, owner);
  await finishUserSyncs(db, [{ userId, runId, leaseOwner: owner, outcome }]);
  return outcome;
}

/**
 * The same with a lease that has been asked for, and without the writing down: that is the caller's, with the lease
 * still held. When it throws, the lease has been given back.
 */
export async function syncWithLease(options: SyncOptions, lease: Lease, owner: string): Promise<SyncOutcome> {
  const { db, userId, runId, waits } = options;
  if (lease.state === "barred") return emptyOutcome("skipped", `not called: ${lease.reason}`);
  if (lease.state === "busy") {
    const ours = runId !== undefined && lease.heldBy.startsWith(leaseOwnerPrefix(runId));
    if (ours || waits) {
      throw new LeaseHeldError(lease.heldSeconds + 1);
    }
    return emptyOutcome("skipped", "already syncing");
  }
  try {
    return await whileRenewing(options, owner, (held) => syncLeased(held, lease.connection, owner));
  } catch (error) {
    if (error instanceof LeaseLostError) return outcomeOf(error, null);
    await releaseConnections(db, [userId], owner);
    throw error;
  }
}

/** Keeps the lease for as long as `work` takes, and stops it should the lease be lost. */
async function whileRenewing<T>(
  options: SyncOptions,
  leaseOwner: string,
  work: (options: SyncOptions) => Promise<T>,
): Promise<T> {
  const { db, userId, signal } = options;
  const { controller, release } = followAbort(signal);
  const timer = setInterval(() => {
    renewLease(db, { userId, owner: leaseOwner, leaseSeconds: LEASE_SECONDS }).then(
      (held) => held || controller.abort(new LeaseLostError()),
      // The database did not answer just now: the lease lasts for several more tries.
      () => {},
    );
  }, RENEW_LEASE_EVERY_MS);
  try {
    return await work({ ...options, signal: controller.signal });
  } finally {
    clearInterval(timer);
    release();
  }
}

async function syncLeased(
  options: SyncOptions,
  connection: LeasedConnection,
  leaseOwner: string,
): Promise<SyncOutcome> {
  const { now, asOf = now(), range, windowDays = SYNC_WINDOW_DAYS } = options;
  const { timeZone, withheldBefore } = connection;
  const today = localDate(asOf, timeZone);
  const asked = range ? { from: range.from, to: earlier(range.to, today) } : trailingWindow(asOf, timeZone, windowDays);
  // Somebody asks for a fixed range on purpose; a night does not ask again for what was withheld lately.
  const shownFrom =
    range || !withheldBefore ? asked.from : earlier(withheldBefore, addDays(today, 1 - SHORTEST_PLAN_DAYS));
  const from = later(asked.from, shownFrom);
  const caller = createCaller(options, connection, leaseOwner);
  const outcome = emptyOutcome("ok");
  outcome.daysUnavailable = daysIn(asked) - daysIn({ from, to: asked.to });
  for (const window of windowsOf({ from, to: asked.to })) {
    const ended = await syncWindow(options, { window, asked, today, caller, connection, leaseOwner, outcome });
    if (ended) return ended;
  }
  return settled(outcome, caller);
}

/** The days are in; whether the link will last is another matter. */
function settled(outcome: SyncOutcome, caller: Caller): SyncOutcome {
  outcome.tokenRenewed = caller.renewed();
  const refusal = caller.refusal();
  return refusal ? { ...outcome, kind: "needs_reconnect", reason: refusal.message } : outcome;
}

type WindowSync = {
  window: DateWindow;
  asked: DateWindow;
  today: string;
  caller: Caller;
  connection: LeasedConnection;
  leaseOwner: string;
  /** Added up over the windows. */
  outcome: SyncOutcome;
};

/** One call and what it gave. Returns the outcome when there is no point in going on to older windows. */
async function syncWindow(options: SyncOptions, at: WindowSync): Promise<SyncOutcome | undefined> {
  const { window, asked, today, caller, leaseOwner, outcome } = at;
  try {
    await fetchAndStore(options, at);
    return undefined;
  } catch (error) {
    options.signal?.throwIfAborted();
    const ended = (cause: unknown) => ({ ...outcome, ...withoutCounts(outcomeOf(cause, caller.renewed())) });
    if (!(error instanceof WakatimeError) || error.kind !== "out_of_plan") return ended(error);
    const shown = await daysOfPlan(options, at);
    if (shown instanceof WakatimeError) return ended(shown);
    // What this window was refused, the older ones will be too.
    const to = shown > 0 ? addDays(today, -shown) : window.to;
    await recordSyncGap(options.db, {
      userId: options.userId,
      leaseOwner,
      from: asked.from,
      to,
      reason: error.message,
    });
    outcome.daysUnavailable += daysIn({ from: asked.from, to });
    return ended(error);
  }
}

/**
 * Tries what plans are known to show, the longer first: how many days came, 0 when all are withheld or were not asked
 * for. The error of a call that ended otherwise.
 */
async function daysOfPlan(options: SyncOptions, { window, today, ...at }: WindowSync): Promise<number | WakatimeError> {
  for (const days of PLAN_DAYS) {
    const from = addDays(today, 1 - days);
    if (window.from >= from || window.to < today) continue;
    try {
      await fetchAndStore(options, { ...at, today, window: { from, to: window.to } });
      return days;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof WakatimeError)) throw error;
      if (error.kind !== "out_of_plan") return error;
    }
  }
  return 0;
}

async function fetchAndStore(options: SyncOptions, at: WindowSync): Promise<void> {
  const { db, client, userId, signal, urgency = "background" } = options;
  const { window, caller, connection, leaseOwner, outcome, today } = at;
  const asked = { ...window, timeZone: connection.timeZone };
  const answer = await caller.call((token) => client.summaries(token, asked, { signal, urgency }));
  const fetched = codingDays(answer, asked);
  const stored = await storeDays(db, { userId, leaseOwner, fetched, write: options.write, ...connection });
  outcome.daysWritten += stored.daysWritten;
  outcome.daysUnchanged += stored.daysUnchanged;
  if (fetched.some((day) => day.date === today)) outcome.freshAsOf = freshAsOf(options, today, connection.timeZone);
}

/** Late in a long night a person's clock may show the next day already: then what was read is as old as the schedule. */
function freshAsOf({ now, asOf }: SyncOptions, read: string, timeZone: string): Date {
  return asOf && localDate(now(), timeZone) !== read ? asOf : now();
}

/** The verdict of one call, to be laid over what was counted before. */
const withoutCounts = ({ kind, reason, tokenRenewed, freshTokenRefused }: SyncOutcome) => ({
  kind,
  reason,
  tokenRenewed,
  ...(freshTokenRefused ? { freshTokenRefused } : {}),
});
