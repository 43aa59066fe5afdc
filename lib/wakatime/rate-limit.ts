import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";
import type { Db } from "@/db/client";
import { pauseWakatimeCalls, releaseWakatimeSlot, takeWakatimeSlot } from "@/db/mutations/wakatime-slot";
import { WakatimeError } from "./errors";

/**
 * How a call stands in line. `background`: the syncs, which leave one place free; `interactive`: a person waits, and
 * gets that place too; `at-once`: now or not at all (WakatimeError "rate_limited").
 */
export type Urgency = "background" | "interactive" | "at-once";

export type CallOptions = { signal?: AbortSignal | undefined; urgency?: Urgency };

/** Lets calls to WakaTime through; one for the whole academy. */
export interface RateLimiter {
  run<T>(url: URL, call: () => Promise<T>, options?: CallOptions): Promise<T>;
}

/** WakaTime's limit is 10 a second over five minutes; nobody may configure more than that. */
const HARD_CEILING_PER_SECOND = 10;
const MOST_AT_ONCE = 10;
/** Longer than a call can take (http.ts): a killed process's place is free again after this. */
const SLOT_SECONDS = 75;
const LOOK_AGAIN_MS = 150;
/** How long everybody holds back after WakaTime said that the limit is reached. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (url: URL) => LOOPBACK.test(url.hostname);

/** No limit at all: for tests and tools that only ever talk to the local stand-in. */
export const noRateLimit: RateLimiter = { run: (_url, call) => call() };

type Options = { perSecond: number; atOnce: number; limitLoopback?: boolean };

/**
 * The academy's limit, kept in Postgres so that it holds over processes, engines and restarts: starts are evenly
 * spaced, and few calls are under way at once. Loopback addresses pass untouched. Two small transactions a call.
 */
export function createRateLimiter(db: Db, { perSecond, atOnce, limitLoopback = false }: Options): RateLimiter {
  const gapMs = 1000 / Math.min(perSecond, HARD_CEILING_PER_SECOND);
  const places = Math.min(atOnce, MOST_AT_ONCE);
  const backgroundPlaces = Math.max(1, places - 1);
  // Of those who wait in this process only as many ask the database as could get a place.
  const line = pLimit(backgroundPlaces);

  async function takePlace(holder: string, urgency: Urgency, signal?: AbortSignal): Promise<void> {
    const slots = urgency === "background" ? backgroundPlaces : places;
    const maxWaitMs = urgency === "at-once" ? 0 : undefined;
    for (;;) {
      signal?.throwIfAborted();
      const waitMs = await takeWakatimeSlot(db, { holder, slots, seconds: SLOT_SECONDS, gapMs, maxWaitMs });
      if (waitMs !== null) {
        if (waitMs > 0) await wait(waitMs, undefined, { signal });
        return;
      }
      if (urgency === "at-once") throw new WakatimeError("rate_limited", "No call to WakaTime is free at this moment");
      await wait(LOOK_AGAIN_MS * (0.5 + Math.random()), undefined, { signal });
    }
  }

  async function inTurn<T>(call: () => Promise<T>, urgency: Urgency, signal?: AbortSignal): Promise<T> {
    const holder = randomUUID();
    try {
      await takePlace(holder, urgency, signal);
      return await call();
    } catch (error) {
      // Over the limit: everybody holds back, not only the one who was told.
      if (error instanceof WakatimeError && error.kind === "rate_limited" && error.status !== undefined) {
        await pauseWakatimeCalls(db, Math.min(Math.max(error.retryAfterMs ?? 0, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS));
      }
      throw error;
    } finally {
      await releaseWakatimeSlot(db, holder);
    }
  }

  return {
    async run(url, call, { signal, urgency = "background" } = {}) {
      if (isLoopback(url) && !limitLoopback) return call();
      const turn = () => inTurn(call, urgency, signal);
      return urgency === "background" ? line(turn) : turn();
    },
  };
}
