import { setTimeout as wait } from "node:timers/promises";
import { WakatimeError } from "./errors";

export type RetryPolicy = {
  retries: number;
  /** First pause after a 429 or a redirect that names no Retry-After; doubled each time. */
  rateLimitedMs: number;
  /** First pause after a 5xx, a time-out or a network failure; doubled each time. */
  unavailableMs: number;
  /** A pause longer than this is not worth holding a place for: the error is thrown, to be tried at the next sync. */
  longestPauseMs: number;
};

export const DEFAULT_RETRY: RetryPolicy = {
  retries: 3,
  rateLimitedMs: 30_000,
  unavailableMs: 1_000,
  longestPauseMs: 60_000,
};

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<unknown>;

const defaultSleep: Sleep = (ms, signal) => wait(ms, undefined, signal ? { signal } : {});

type Options = { policy: RetryPolicy; sleep?: Sleep; random?: () => number; signal?: AbortSignal | undefined };

/** Calls again what may succeed later: rate limits, 5xx, time-outs. Everything else is thrown at once. */
export async function withRetry<T>(
  call: () => Promise<T>,
  { policy, sleep = defaultSleep, random = Math.random, signal }: Options,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof WakatimeError) || attempt >= policy.retries) throw error;
      if (error.kind !== "rate_limited" && error.kind !== "unavailable") throw error;
      const first = error.kind === "rate_limited" ? policy.rateLimitedMs : policy.unavailableMs;
      // Between half and the whole pause, so that callers who failed together do not return together.
      const backoffMs = first * 2 ** attempt * (0.5 + random() / 2);
      const pauseMs = error.retryAfterMs ?? backoffMs;
      if (pauseMs > policy.longestPauseMs) throw error;
      await sleep(pauseMs, signal);
    }
  }
}
