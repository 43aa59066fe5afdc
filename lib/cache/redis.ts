import { createHash } from "node:crypto";
import type { RedisClientType } from "@redis/client";
import { describeError } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";
import type { SecondLevel } from "./shared-cache";

/** Longer than this is no help any more: most statements have answered by then. */
const PATIENCE_MS = 50;
/** Twice as long as anybody asks for an answer of the half-minute. */
const KEEP_SECONDS = 60;
/** So many failures in a row, and it is left alone for a while; then one request tries again. */
const FAILURES = 3;
const PAUSE_MS = 5_000;
const MOST_WAITING = 100;

export type RedisLevel = SecondLevel & { isReady: () => boolean; close: () => void };

/**
 * Redis as a cache that processes and instances share. Without it, or while it is away or slow, everything is as if it
 * were not there. `identity` keeps apart academies (and builds of the product) that use the same Redis.
 */
export function redisLevel(url: string, identity: string, pauseMs = PAUSE_MS): RedisLevel {
  const prefix = `cohort:${createHash("sha256").update(identity).digest("base64url").slice(0, 16)}:`;
  let client: RedisClientType | undefined;
  let closed = false;
  let failures = 0;
  let pausedUntil = 0;

  function failed(error: unknown): void {
    failures += 1;
    if (failures < FAILURES) return;
    if (failures === FAILURES) log.warn(describeError(error), "Redis does not answer; going on without it");
    pausedUntil = Date.now() + pauseMs;
  }
  function answered(): void {
    if (failures >= FAILURES) log.info("Redis answers again");
    failures = 0;
  }
  /** Whoever comes after a pause is let through alone: the pause begins anew until they are answered. */
  function open(): RedisClientType | null {
    if (!client?.isReady) return null;
    if (failures >= FAILURES) {
      if (Date.now() < pausedUntil) return null;
      pausedUntil = Date.now() + pauseMs;
    }
    return client;
  }
  async function bounded<T>(command: Promise<T>): Promise<T | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // Timers come before what has been received: a process that was busy itself first reads what lies there.
      const giveUp = () => reject(new Error(`no answer within ${PATIENCE_MS} ms`));
      timer = setTimeout(() => setImmediate(giveUp), PATIENCE_MS);
    });
    try {
      const answer = await Promise.race([command, late]);
      answered();
      return answer;
    } catch (error) {
      command.catch(() => {});
      failed(error);
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  // Loaded only where there is an address: without one nobody pays for it.
  const connected = import("@redis/client").then(async ({ createClient }) => {
    if (closed) return;
    client = createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MOST_WAITING,
      socket: { connectTimeout: 2_000, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, pauseMs) },
    }) as RedisClientType;
    client.on("error", failed);
    client.unref();
    await client.connect();
  });
  connected.catch(failed);

  return {
    get: async (key) => {
      const redis = open();
      return redis && bounded(redis.get(prefix + key));
    },
    put: (key, text) => {
      const redis = open();
      if (redis) void bounded(redis.set(prefix + key, text, { expiration: { type: "EX", value: KEEP_SECONDS } }));
    },
    isReady: () => client?.isReady === true && failures < FAILURES,
    close: () => {
      closed = true;
      client?.destroy();
    },
  };
}
