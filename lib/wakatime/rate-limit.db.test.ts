import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { WakatimeError } from "./errors";
import { createRateLimiter, isLoopback } from "./rate-limit";

const db = testDb();
const far = new URL("https://api.wakatime.com/api/v1");

/** Notes when each call began and how many were under way. */
const calls: { startedAt: number; underWay: number }[] = [];
let underWay = 0;
const server = createServer((_request, response) => {
  underWay += 1;
  calls.push({ startedAt: performance.now(), underWay });
  setTimeout(() => {
    underWay -= 1;
    response.end("{}");
  }, 400);
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
beforeEach(async () => {
  calls.length = 0;
  await db.execute(sql`update wakatime_pace set next_start_at = now()`);
  await db.execute(sql`update wakatime_slot set holder = null, held_until = null`);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe("the academy's limit", () => {
  it("holds over processes: starts are spaced, and few calls are under way", async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const children = Array.from({ length: 3 }, () =>
      fork(path.join(import.meta.dirname, "testing/rate-limit-child.ts"), [], {
        execArgv: ["--import", "tsx"],
        env: {
          ...process.env,
          DATABASE_URL: testDatabaseUrl(),
          CALL_URL: url,
          CALLS: "5",
          PER_SECOND: "10",
          AT_ONCE: "4",
        },
      }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect(calls).toHaveLength(15);
    // Background calls leave one of the four places to a person who waits.
    expect(Math.max(...calls.map((call) => call.underWay))).toBe(3);
    const starts = calls.map((call) => call.startedAt).sort((a, b) => a - b);
    // Fifteen calls at ten a second take fourteen gaps of 100 ms; a little of that is the timers' own unrest.
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(1_350);
  });

  it("keeps one place for a person who waits", async () => {
    const limiter = createRateLimiter(db, { perSecond: 10, atOnce: 2 });
    const { promise: ended, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const held = limiter.run(far, () => {
      begin();
      return ended;
    });
    await begun;
    const later = limiter.run(far, async () => "background");
    expect(await limiter.run(far, async () => "interactive", { urgency: "interactive" })).toBe("interactive");
    expect(await Promise.race([later, wait(300, "still waiting")])).toBe("still waiting");
    release();
    await held;
    expect(await later).toBe("background");
  });

  it("does not keep those waiting who want it now or not at all", async () => {
    const limiter = createRateLimiter(db, { perSecond: 0.1, atOnce: 4 });
    expect(await limiter.run(far, async () => "first", { urgency: "at-once" })).toBe("first");
    const second = limiter.run(far, async () => "second", { urgency: "at-once" });
    await expect(second).rejects.toMatchObject({ kind: "rate_limited" });
  });

  it("gives a killed holder's place back", async () => {
    const limiter = createRateLimiter(db, { perSecond: 10, atOnce: 4 });
    const startedAt = performance.now();
    await db.execute(sql`
      update wakatime_slot set holder = gen_random_uuid(), held_until = now() + interval '300 ms'`);
    await limiter.run(far, async () => {});
    expect(performance.now() - startedAt).toBeGreaterThan(250);
  });

  it("holds everybody back once WakaTime said that it is reached", async () => {
    const limiter = createRateLimiter(db, { perSecond: 10, atOnce: 4 });
    const told = new WakatimeError("rate_limited", "GET / answered 429", { status: 429, retryAfterMs: 20_000 });
    await expect(limiter.run(far, () => Promise.reject(told))).rejects.toBe(told);
    const [pace] = await db.execute<{ seconds: number }>(sql`
      select extract(epoch from next_start_at - now())::float8 as seconds from wakatime_pace`);
    expect(pace?.seconds).toBeGreaterThan(15);
    expect(pace?.seconds).toBeLessThan(21);
  });

  it("lets nobody set more than ten a second", async () => {
    const limiter = createRateLimiter(db, { perSecond: 1_000, atOnce: 10 });
    const startedAt = performance.now();
    for (let call = 0; call < 6; call++) await limiter.run(far, async () => {});
    expect(performance.now() - startedAt).toBeGreaterThan(480);
  });

  it("stops waiting with the caller, and leaves the place free", async () => {
    const limiter = createRateLimiter(db, { perSecond: 0.1, atOnce: 4 });
    await limiter.run(far, async () => {});
    const stop = new AbortController();
    const waiting = limiter.run(far, async () => {}, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(waiting).rejects.toThrow();
    const [row] = await db.execute<{ held: number }>(sql`
      select count(*)::int as held from wakatime_slot where held_until > now()`);
    expect(row?.held).toBe(0);
  });
});

it("loopback passes untouched", async () => {
  await db.execute(sql`update wakatime_pace set next_start_at = now() + interval '1 hour'`);
  const limiter = createRateLimiter(db, { perSecond: 1, atOnce: 1 });
  expect(await limiter.run(new URL("http://127.0.0.1:4010/api/v1"), async () => "at once")).toBe("at once");
  for (const name of ["http://localhost:1", "http://127.1.2.3", "http://[::1]:9"])
    expect(isLoopback(new URL(name))).toBe(true);
  for (const name of ["https://wakatime.com", "http://127.0.0.1.example.test", "http://10.0.0.1"]) {
    expect(isLoopback(new URL(name))).toBe(false);
  }
});
