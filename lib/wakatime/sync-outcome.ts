import type { SyncOutcomeKind } from "@/db/enums";
import type { SyncOutcome } from "@/db/mutations/sync-outcome";
import { LeaseLostError, RefreshRefusedError, WakatimeError, type WakatimeErrorKind } from "./errors";
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

export const emptyOutcome = (kind: SyncOutcomeKind, reason: string | null = null): SyncOutcome => ({
  kind,
  daysWritten: 0,
  daysUnchanged: 0,
  daysUnavailable: 0,
  reason,
  tokenRenewed: null,
  freshAsOf: null,
});

/** What an error in one user's sync means for that user. Faults that are no answer of WakaTime's are rethrown. */
export function outcomeOf(error: unknown, tokenRenewed: boolean | null): SyncOutcome {
  if (error instanceof RefreshRefusedError) return { ...emptyOutcome("needs_reconnect", error.message), tokenRenewed };
  if (error instanceof TokenCryptoError) return emptyOutcome("failed", error.message);
  if (error instanceof LeaseLostError) return { ...emptyOutcome("skipped", error.message), tokenRenewed };
  if (!(error instanceof WakatimeError)) throw error;
  const freshTokenRefused = error.kind === "expired" && tokenRenewed === true;
  return { ...emptyOutcome(KIND_OF[error.kind], error.message), tokenRenewed, freshTokenRefused };
}
