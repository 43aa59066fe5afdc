import { readFileSync } from "node:fs";
import { databasePlace } from "@/lib/database-place";
import { env } from "@/lib/env";
import { redisLevel } from "./redis";
import { createSharedCache, type SharedCache } from "./shared-cache";

const MAX_ENTRIES = 500;
/** As JSON; as objects it is some four times as much. */
const MAX_BYTES = 8 * 1024 * 1024;

// Next's parts are compiled apart from each other, and reloaded in development: one cache for all of them, by name.
const KEY = Symbol.for("cohort.shared-cache");
const shared = globalThis as { [KEY]?: SharedCache };

/** The shared answers that this process keeps; null where that is turned off. */
export function processCache(): SharedCache | null {
  if (env().SHARED_READS === "off") return null;
  shared[KEY] ??= createSharedCache({ maxEntries: MAX_ENTRIES, maxBytes: MAX_BYTES, second: secondLevel() });
  return shared[KEY];
}

function secondLevel() {
  const { REDIS_URL, AUTH_SECRET, DATABASE_URL } = env();
  return REDIS_URL ? redisLevel(REDIS_URL, redisIdentity({ AUTH_SECRET, DATABASE_URL }, buildId())) : null;
}

/** Whose answers they are: two academies may share Redis and even a secret, and versions of two databases may be equal. */
export const redisIdentity = (
  { AUTH_SECRET, DATABASE_URL }: { AUTH_SECRET?: string | undefined; DATABASE_URL?: string | undefined },
  build: string,
): string => [AUTH_SECRET, DATABASE_URL && databasePlace(DATABASE_URL), build].join("\n");

/** What another build wrote may have another shape. */
function buildId(): string {
  try {
    return readFileSync(".next/BUILD_ID", "utf8");
  } catch {
    return "development";
  }
}
