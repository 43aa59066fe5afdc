import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { ensureCodingNames, replaceCodingDays } from "@/db/mutations/coding-days";
import { type LeasedConnection, leaseConnection, releaseConnection } from "@/db/mutations/connection-lease";
import { finishUserSync, recordSyncGap, type SyncOutcome } from "@/db/mutations/sync-outcome";
import { listStoredDays } from "@/db/queries/sync-days";
import { daysBetween } from "@/lib/dates";
import type { WakatimeClient } from "./client";
import { WakatimeError } from "./errors";
import { refreshConnection } from "./refresh";
import { emptyOutcome, outcomeOf } from "./sync-outcome";
import { decryptToken, type TokenKeys, tokenAad } from "./token-crypto";
import { type CodingDay, changedDays, codingDays } from "./transform";
import { type DateWindow, trailingWindow } from "./window";

export type { SyncOutcome };

export const SYNC_WINDOW_DAYS = 14;
/** Longer than one person's sync can take with all its retries; a killed process's lease ends by itself. */
const LEASE_SECONDS = 240;

export type SyncOptions = {
  db: Db;
  client: WakatimeClient;
  keys: TokenKeys;
  userId: number;
  now: () => Date;
  /** The instant whose local date ends the window: that of the schedule, however late the work starts. */
  asOf?: Date;
  windowDays?: number;
  /** The run that the outcome is counted on; absent for a sync of its own. */
  runId?: number;
  signal?: AbortSignal;
};

/** Names the run, so that its next chunk can tell a lease that a killed one left behind. */
export const leaseOwnerPrefix = (runId: number | undefined) => `run:${runId ?? "none"}:`;

/** The same run's earlier attempt still holds the lease: to be asked again once that has ended. */
export class LeaseLeftBehindError extends Error {
  override name = "LeaseLeftBehindError";
  constructor(readonly retryAfterSeconds: number) {
    super("An earlier attempt of the same run still holds the lease.");
  }
}

/**
 * Brings one user's trailing window of days up to date and writes down how that ended. Whatever goes wrong with this
 * user is an outcome, not an exception; thrown are only the abort of `signal`, LeaseLeftBehindError and faults of our
 * own database. A sync that finds nothing new writes no day, no item and no name.
 */
export async function syncUser(options: SyncOptions): Promise<SyncOutcome> {
  const { db, userId, runId, now } = options;
  const prefix = leaseOwnerPrefix(runId);
  const leaseOwner = `${prefix}${randomUUID()}`;
  const finish = async (outcome: SyncOutcome) => {
    await finishUserSync(db, { userId, runId, leaseOwner, syncedAt: now(), outcome });
    return outcome;
  };

  const lease = await leaseConnection(db, { userId, owner: leaseOwner, leaseSeconds: LEASE_SECONDS });
  if (lease.state === "barred") return finish({ ...emptyOutcome("skipped"), reason: `not called: ${lease.reason}` });
  if (lease.state === "busy") {
    if (runId !== undefined && lease.heldBy.startsWith(prefix)) throw new LeaseLeftBehindError(lease.heldSeconds + 1);
    return finish({ ...emptyOutcome("skipped"), reason: "already syncing" });
  }
  try {
    return await finish(await syncLeased(options, lease.connection, leaseOwner));
  } catch (error) {
    await releaseConnection(db, userId, leaseOwner);
    throw error;
  }
}

async function syncLeased(
  options: SyncOptions,
  connection: LeasedConnection,
  leaseOwner: string,
): Promise<SyncOutcome> {
  const { db, userId, now, asOf = now(), windowDays = SYNC_WINDOW_DAYS, signal } = options;
  const window = trailingWindow(asOf, connection.timeZone, windowDays);
  const asked = { ...window, timeZone: connection.timeZone };
  const call = createCaller(options, connection, leaseOwner);
  let fetched: CodingDay[];
  try {
    fetched = codingDays(await call((token) => options.client.summaries(token, asked, { signal })), asked);
  } catch (error) {
    signal?.throwIfAborted();
    const outcome = outcomeOf(error, { tokenWasFresh: call.refreshed() });
    if (outcome.kind !== "out_of_plan") return outcome;
    await recordSyncGap(db, { userId, ...window, reason: outcome.reason ?? "out of plan" });
    return { ...outcome, daysUnavailable: daysBetween(window.from, window.to) + 1 };
  }
  return storeDays(db, { userId, leaseOwner, window, fetched });
}

/** Calls with the access token: renewed beforehand when it ends within a day, or once after WakaTime refused it. */
function createCaller({ db, client, keys, userId, now }: SyncOptions, stored: LeasedConnection, leaseOwner: string) {
  const decrypt = (ciphertext: string, token: "access" | "refresh") =>
    decryptToken({ keyId: stored.keyId, ciphertext }, keys, tokenAad(userId, token));
  let fresh = false;

  async function refresh() {
    const refreshToken = decrypt(stored.refreshTokenEncrypted, "refresh");
    const token = await refreshConnection({ db, client, keys, userId, leaseOwner, refreshToken, now: now() });
    fresh = true;
    return token;
  }

  async function call<T>(send: (accessToken: string) => Promise<T>): Promise<T> {
    const token = stored.refreshDue ? await refresh() : decrypt(stored.accessTokenEncrypted, "access");
    try {
      return await send(token);
    } catch (error) {
      if (fresh || !(error instanceof WakatimeError) || error.kind !== "expired") throw error;
      return send(await refresh());
    }
  }
  return Object.assign(call, { refreshed: () => fresh });
}

type Fetched = { userId: number; leaseOwner: string; window: DateWindow; fetched: CodingDay[] };

async function storeDays(db: Db, { userId, leaseOwner, window, fetched }: Fetched): Promise<SyncOutcome> {
  const stored = await listStoredDays(db, userId, window);
  const changed = changedDays(fetched, stored);
  const daysUnchanged = fetched.length - changed.length;
  if (changed.length === 0) return { ...emptyOutcome("ok"), daysUnchanged };

  const nameKey = (item: { kind: string; name: string }) => `${item.kind}\0${item.name}`;
  const known = new Set(stored.flatMap((day) => day.items.map(nameKey)));
  const names = changed.flatMap((day) => day.items).filter((item) => !known.has(nameKey(item)));
  if (names.length > 0) {
    await ensureCodingNames(
      db,
      names.map(({ kind, name }) => ({ kind, name })),
    );
  }
  const daysWritten = await replaceCodingDays(db, { userId, leaseOwner, days: changed });
  if (daysWritten === changed.length) return { ...emptyOutcome("ok"), daysWritten, daysUnchanged };
  return { ...emptyOutcome("failed"), daysWritten, daysUnchanged, reason: "overtaken by another sync" };
}
