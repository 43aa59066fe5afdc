import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "@/db/client";
import { rateLimit } from "@/db/schema";
import { type Failure, failure } from "@/lib/errors";
import { addressKey } from "./client-address";

// Counted in Postgres, so that the limits hold over processes and restarts.
const WINDOW_SECONDS = 60;
const LIMITS = {
  "sign-in-account": 5,
  "sign-in-address": 100,
  "sign-up-address": 3,
  "sign-up-with-key": 60,
  setup: 10,
} as const;

type Limit = keyof typeof LIMITS;

const limiters = new WeakMap<Database, Map<Limit, RateLimiterDrizzle>>();

function limiterFor(db: Database, limit: Limit): RateLimiterDrizzle {
  const ofDb = limiters.get(db) ?? new Map<Limit, RateLimiterDrizzle>();
  limiters.set(db, ofDb);
  let limiter = ofDb.get(limit);
  if (!limiter) {
    limiter = new RateLimiterDrizzle({
      storeClient: db,
      schema: rateLimit,
      keyPrefix: limit,
      points: LIMITS[limit],
      duration: WINDOW_SECONDS,
      clearExpiredByTimeout: limit === "sign-in-address", // one sweeper is enough for the shared table
    });
    ofDb.set(limit, limiter);
  }
  return limiter;
}

async function take(db: Database, limit: Limit, key: string): Promise<Failure | null> {
  try {
    await limiterFor(db, limit).consume(key);
    return null;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    return failure("rate_limited", `Too many attempts. Please try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  }
}

const signInKeys = (email: string, address: string) =>
  [
    ["sign-in-account", `${email}|${addressKey(address)}`],
    ["sign-in-address", addressKey(address)],
  ] as const;

/**
 * Counts an attempt before the password is looked at, so that attempts at the same moment cannot slip past together.
 * A success gives its points back with `forgiveSignIn`: only failures count.
 */
export async function limitSignIn(db: Database, email: string, address: string): Promise<Failure | null> {
  for (const [limit, key] of signInKeys(email, address)) {
    const refused = await take(db, limit, key);
    if (refused) return refused;
  }
  return null;
}

export async function forgiveSignIn(db: Database, email: string, address: string): Promise<void> {
  for (const [limit, key] of signInKeys(email, address)) await limiterFor(db, limit).reward(key);
}

/** Three a minute from one address; sixty with a valid key, because a classroom shares an address. */
export const limitSignUp = (db: Database, address: string, hasValidKey: boolean): Promise<Failure | null> =>
  take(db, hasValidKey ? "sign-up-with-key" : "sign-up-address", addressKey(address));

export const limitSetup = (db: Database, address: string): Promise<Failure | null> =>
  take(db, "setup", addressKey(address));
