import type { Db } from "@/db/client";
import type { WakatimeClient } from "./client";
import type { Urgency } from "./rate-limit";
import type { WriteDays } from "./store-days";
import type { TokenKeys } from "./token-crypto";
import type { DateWindow } from "./window";

export const SYNC_WINDOW_DAYS = 14;
/** Longer than any one call can take (http.ts), and renewed while a sync goes on; a killed process's ends by itself. */
export const LEASE_SECONDS = 90;
export const RENEW_LEASE_EVERY_MS = 25_000;

export type SyncWindow = {
  now: () => Date;
  /** The instant whose local date ends the window: that of the schedule, however late the work starts. */
  asOf?: Date;
  windowDays?: number | undefined;
  /** A fixed range of the user's local dates, both included, in place of the trailing window. */
  range?: DateWindow | undefined;
};

export type SyncOptions = SyncWindow & {
  db: Db;
  client: WakatimeClient;
  keys: TokenKeys;
  userId: number;
  /** The run that the outcome is counted on; absent for a sync of its own, which never breaks a link. */
  runId?: number;
  /** Throw LeaseHeldError rather than skip somebody whom another sync has. */
  waits?: boolean;
  /** How changed days are written; by itself when absent. */
  write?: WriteDays;
  /** How its calls stand in line; `background` when absent. */
  urgency?: Urgency;
  signal?: AbortSignal;
};
