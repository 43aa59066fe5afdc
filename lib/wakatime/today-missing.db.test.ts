import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { pauseWakatimeCalls } from "@/db/mutations/wakatime-slot";
import { connection } from "@/db/schema";
import { codingDay, demoAccessToken, partialToday } from "@/db/seed/coding-generator";
import { createWakatimeClient } from "./client";
import { createRateLimiter } from "./rate-limit";
import { answer, calls, connected, db, LASTING, lab, PASSING, read, set, store, TODAY } from "./testing/live-figure";
import { createConnectedUser, personOf, testKeys } from "./testing/people";
import { connectionOf } from "./testing/stored";
import { encryptTokenPair } from "./token-crypto";

describe("when WakaTime gives no figure", () => {
  it.each([...PASSING, ...LASTING])("%s: the stored day, marked stale, after one try", async (kind) => {
    const { key, userId } = await connected();
    await store(userId, 45);
    const before = await connectionOf(db, userId);
    lab.fake.failures.add({ kind, person: key, retryAfter: 600 });
    const { value, calls: asked } = await calls(() => answer(userId, { timeoutMs: 300 }));
    expect(asked).toBe(1);
    expect(value.day).toMatchObject({
      grand_total: { total_seconds: 2700, text: "45 mins" },
      as_of: "2026-11-20T11:00:00.000Z",
      stale: true,
      source: "stored",
    });
    expect(value.message).toMatch(/\. This is the last value that is known\.$/);
    // Nothing is renewed, broken or overwritten on the way.
    expect(await connectionOf(db, userId)).toEqual(before);
  });

  it.each(PASSING)("%s with nothing stored: unavailable, to be tried again", async (kind) => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind, person: key });
    expect(await read(userId, { timeoutMs: 300 })).toMatchObject({
      ok: false,
      code: "unavailable",
      retryAfterSeconds: 30,
    });
  });

  it.each(LASTING)("%s with nothing stored: nothing, and why", async (kind) => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind, person: key });
    expect(await answer(userId)).toEqual({ day: null, message: expect.stringMatching(/^[A-Z].+\.$/) });
  });

  it.each(["401", "402", "403", "202"] as const)("is left alone for a minute after %s", async (kind) => {
    const { key, userId } = await connected();
    await store(userId, 45);
    lab.fake.failures.add({ kind, person: key });
    const first = await calls(() => answer(userId));
    expect(first.calls).toBe(1);
    const start = lab.now.getTime();
    lab.now = new Date(start + 59_999);
    expect(await calls(() => answer(userId))).toEqual({ value: first.value, calls: 0 });
    lab.now = new Date(start + 60_000);
    expect((await calls(() => answer(userId))).calls).toBe(1);
    // Another token has been refused nothing yet.
    const token = { accessToken: demoAccessToken(personOf(key)), refreshToken: "r" };
    await db
      .update(connection)
      .set(encryptTokenPair(userId, token, testKeys))
      .where(eq(connection.userId, userId));
    expect((await calls(() => answer(userId))).calls).toBe(1);
  });

  it("does not wait longer than it says", async () => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind: "slow", person: key });
    const started = performance.now();
    expect(await read(userId, { timeoutMs: 200 })).toMatchObject({ code: "unavailable" });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("never waits for the academy's limit", async () => {
    const { userId } = await connected();
    await store(userId, 30);
    const limiter = createRateLimiter(db, { perSecond: 1, atOnce: 2, limitLoopback: true });
    const client = createWakatimeClient({
      apiUrl: `${lab.fake.url}/api/v1`,
      oauthUrl: `${lab.fake.url}/oauth`,
      clientId: "id",
      clientSecret: "secret",
      redirectUri: "http://localhost/cb",
      limiter,
    });
    await pauseWakatimeCalls(db, 60_000);
    const started = performance.now();
    const { value, calls: asked } = await calls(() => answer(userId, { access: { client, keys: testKeys } }));
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(asked).toBe(0);
    expect(value).toMatchObject({ day: { stale: true, grand_total: { minutes: 30 } } });
    expect(value.message).toContain("too many questions");
    await client.close();
  });

  it("takes the newer of the last figure and the stored day", async () => {
    const { key, userId } = await connected();
    await store(userId, 20);
    lab.fake.failures.add({ kind: "500", person: key });
    await set(userId, sql`today_date = ${TODAY}, today_ms = 1800000, today_fetched_at = '2026-11-20T11:30:00Z'`);
    expect((await answer(userId)).day).toMatchObject({
      grand_total: { minutes: 30 },
      as_of: "2026-11-20T11:30:00.000Z",
      stale: true,
      source: "stored",
      details: false,
    });
    await set(userId, sql`today_fetched_at = '2026-11-20T10:30:00Z'`);
    expect((await answer(userId)).day).toMatchObject({
      grand_total: { minutes: 20 },
      as_of: "2026-11-20T11:00:00.000Z",
    });
    await set(userId, sql`today_fetched_at = '2026-11-20T11:30:00Z', today_date = '2026-11-19'`);
    expect((await answer(userId)).day).toMatchObject({ grand_total: { minutes: 20 } });
  });

  it("shows the lists of a stored day", async () => {
    const { key, userId } = await connected();
    await lab.sync(userId);
    lab.fake.failures.add({ kind: "500", person: key });
    const { day } = await answer(userId);
    const { totalMs } = partialToday(codingDay(personOf(key), TODAY));
    expect(day).toMatchObject({ grand_total: { total_seconds: totalMs / 1000 }, stale: true, details: true });
    expect(day?.projects.length).toBeGreaterThan(0);
  });

  it("says so when WakaTime's day is another one", async () => {
    const key = lab.nextKey();
    lab.now = new Date("2026-11-20T23:00:00Z");
    const accessToken = demoAccessToken({ ...personOf(key), timeZone: "Pacific/Kiritimati" });
    const userId = await createConnectedUser(db, { key, accessToken });
    await answer(userId);
    expect(await answer(userId)).toEqual({ day: null, message: expect.stringContaining("time zone") });
    expect((await connectionOf(db, userId))?.todayMs).toBeNull();
  });
});
