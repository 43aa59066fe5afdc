import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "@/db/client";
import { rateLimit } from "@/db/schema";
import { type Failure, failure } from "@/lib/errors";
import { addressKey } from "./client-address";

// Counted in Postgres, so that the limits hold over processes and restarts.
const MINUTE = 60;
const HOUR = 3_600;
const LIMITS = {
  "sign-in-account": { points: 5, seconds: MINUTE },
  "sign-in-address": { points: 100, seconds: MINUTE },
  "sign-up-address": { points: 3, seconds: MINUTE },
  "sign-up-with-key": { points: 60, seconds: MINUTE },
  setup: { points: 10, seconds: MINUTE },
  "reset-account": { points: 3, seconds: HOUR },
  "reset-address": { points: 10, seconds: HOUR },
  "own-mail": { points: 5, seconds: HOUR },
  "own-password": { points: 5, seconds: MINUTE },
  "verify-address": { points: 60, seconds: MINUTE },
  "own-export": { points: 20, seconds: HOUR },
  "slack-lookup": { points: 6, seconds: MINUTE },
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
      points: LIMITS[limit].points,
      duration: LIMITS[limit].seconds,
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
    return failure("rate_limited", `Too many attempts. Please try again in ${wait(retryAfterSeconds)}.`, {
      retryAfterSeconds,
    });
  }
}

const wait = (seconds: number): string =>
  seconds <= 2 * MINUTE ? `${seconds} seconds` : `${Math.ceil(seconds / MINUTE)} minutes`;

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

/** Three an hour for an account, ten from one place; counted alike whether the account exists. */
export async function limitPasswordReset(db: Database, email: string, address: string): Promise<Failure | null> {
  return (await take(db, "reset-address", addressKey(address))) ?? take(db, "reset-account", email);
}

/** Visits of certificates' public pages, which need no sign-in. */
export const limitVerify = (db: Database, address: string): Promise<Failure | null> =>
  take(db, "verify-address", addressKey(address));

/** Mail that somebody signed in has sent about their own address. */
export const limitOwnMail = (db: Database, userId: number): Promise<Failure | null> =>
  take(db, "own-mail", String(userId));

/** Looking oneself up in the academy's Slack, whose patience everybody there shares. */
export const limitSlackLookup = (db: Database, userId: number): Promise<Failure | null> =>
  take(db, "slack-lookup", String(userId));

/** Downloads of all that is stored of oneself: years of days. */
export const limitOwnExport = (db: Database, userId: number): Promise<Failure | null> =>
  take(db, "own-export", String(userId));

/** Guesses of a signed-in person's password; like a sign-in, only failures count, see `forgiveOwnPassword`. */
export const limitOwnPassword = (db: Database, userId: number): Promise<Failure | null> =>
  take(db, "own-password", String(userId));

export async function forgiveOwnPassword(db: Database, userId: number): Promise<void> {
  await limiterFor(db, "own-password").reward(String(userId));
}
