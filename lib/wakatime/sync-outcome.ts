import type { SyncOutcomeKind } from "@/db/enums";
import type { SyncOutcome } from "@/db/mutations/sync-outcome";
import { RefreshRefusedError, WakatimeError, type WakatimeErrorKind } from "./errors";
import { TokenCryptoError } from "./token-crypto";

const KIND_OF: Record<WakatimeErrorKind, SyncOutcomeKind> = {
  // The token had just been renewed and was refused all the same: not the person's doing, until it lasts.
  expired: "failed",
  scope: "scope_missing",
  out_of_plan: "out_of_plan",
  rate_limited: "rate_limited",
  not_ready: "not_ready",
  unavailable: "unavailable",
  unexpected_shape: "unexpected_shape",
};

export const emptyOutcome = (kind: SyncOutcomeKind): SyncOutcome => ({
  kind,
  daysWritten: 0,
  daysUnchanged: 0,
  daysUnavailable: 0,
  reason: null,
});

/** What an error in one user's sync means for that user. Faults that are no answer of WakaTime's are rethrown. */
export function outcomeOf(error: unknown, { tokenWasFresh }: { tokenWasFresh: boolean }): SyncOutcome {
  if (error instanceof RefreshRefusedError) return { ...emptyOutcome("needs_reconnect"), reason: error.message };
  if (error instanceof TokenCryptoError) return { ...emptyOutcome("failed"), reason: error.message };
  if (!(error instanceof WakatimeError)) throw error;
  return {
    ...emptyOutcome(KIND_OF[error.kind]),
    reason: error.message,
    freshTokenRefused: error.kind === "expired" && tokenWasFresh,
  };
}
