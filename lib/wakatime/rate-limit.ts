import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";

/** Lets calls to WakaTime through; one for the whole academy. */
export interface RateLimiter {
  run<T>(url: URL, call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

type Options = { perSecond?: number; atOnce?: number; now?: () => number; sleep?: typeof wait };

/** WakaTime's limit is 10 a second over five minutes; nobody may configure more than that. */
const HARD_CEILING_PER_SECOND = 10;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (url: URL) => LOOPBACK.test(url.hostname);

/** Within this process: starts are evenly spaced, and few run at once. Loopback addresses pass untouched. */
export function createProcessRateLimiter({
  perSecond = 2,
  atOnce = 4,
  now = Date.now,
  sleep = wait,
}: Options = {}): RateLimiter {
  const gapMs = 1000 / Math.min(perSecond, HARD_CEILING_PER_SECOND);
  const slots = pLimit(atOnce);
  let nextStart = 0;

  return {
    run(url, call, signal) {
      if (isLoopback(url)) return call();
      return slots(async () => {
        const startAt = Math.max(now(), nextStart);
        nextStart = startAt + gapMs;
        const waitMs = startAt - now();
        if (waitMs > 0) await sleep(waitMs, undefined, { signal });
        return call();
      });
    },
  };
}
