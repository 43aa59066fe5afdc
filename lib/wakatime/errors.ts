/** Why a call to WakaTime gave nothing; each kind has one answer in the sync. */
export type WakatimeErrorKind =
  | "expired"
  | "scope"
  | "out_of_plan"
  | "rate_limited"
  | "not_ready"
  | "unavailable"
  | "unexpected_shape";

type Details = { status?: number; retryAfterMs?: number; cause?: unknown };

/** The message names the path and the status, never a token, a query or a body: it is logged and stored. */
export class WakatimeError extends Error {
  override name = "WakatimeError";
  readonly kind: WakatimeErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: WakatimeErrorKind, message: string, { status, retryAfterMs, cause }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A refresh token that WakaTime will never take again: only the person can repair the link. */
export class RefreshRefusedError extends Error {
  override name = "RefreshRefusedError";
}

/** Another sync took over, or the person disconnected, while this one was under way: it writes nothing more. */
export class LeaseLostError extends Error {
  override name = "LeaseLostError";
  constructor() {
    super("overtaken by another sync");
  }
}
