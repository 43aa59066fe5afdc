import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { leaseConnection } from "@/db/mutations/connection-lease";
import { syncGap } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import type { WakatimeClient } from "./client";
import { LeaseLeftBehindError, leaseOwnerPrefix, type SyncOptions, syncUser } from "./sync";
import { createConnectedUser, testKeys } from "./testing/people";
import { connectionOf, createTestClient, storedDays, versions } from "./testing/stored";

const db = testDb();
const now = new Date("2026-11-22T12:00:00Z");
let fake: FakeWakatime;
let client: WakatimeClient;
let keys = 500;
const nextKey = () => ++keys;

beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => now });
  client = createTestClient(fake.url);
});
afterEach(() => {
  fake.failures.clear();
});
afterAll(async () => {
  await client.close();
  await fake.close();
});

const sync = (userId: number, more: Partial<SyncOptions> = {}) =>
  syncUser({ db, client, keys: testKeys, userId, now: () => now, ...more });

describe("what a failure leaves", () => {
  it.each([
    ["402", "out_of_plan"],
    ["202", "not_ready"],
    ["500", "unavailable"],
    ["302", "rate_limited"],
    ["html", "unavailable"],
    ["truncated", "unexpected_shape"],
  ] as const)("%s: no day, the link as it was, the reason told", async (kind, expected) => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    fake.failures.add({ kind, person: key });
    expect(await sync(userId)).toMatchObject({ kind: expected, daysWritten: 0 });
    expect(await storedDays(db, userId)).toEqual([]);
    expect(await connectionOf(db, userId)).toMatchObject({ status: "active", lastSyncedAt: null, leaseOwner: null });
    expect((await connectionOf(db, userId))?.lastError).toBeTruthy();
  });

  it("402 keeps stored days and records the gap, once", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    await sync(userId);
    const before = await versions(db, userId);
    fake.failures.add({ kind: "402", person: key });
    expect(await sync(userId)).toMatchObject({ kind: "out_of_plan", daysUnavailable: 14 });
    await sync(userId);
    expect(await versions(db, userId)).toEqual(before);
    const gaps = await db.select().from(syncGap).where(eq(syncGap.userId, userId));
    expect(gaps).toMatchObject([{ fromDate: "2026-11-09", toDate: "2026-11-23" }]);
  });

  it("a missing scope is told on the link", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    fake.failures.add({ kind: "403", person: key });
    expect((await sync(userId)).kind).toBe("scope_missing");
    expect((await connectionOf(db, userId))?.status).toBe("scope_missing");
  });

  it("a token that cannot be decrypted is that user's outcome", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    expect(await sync(userId, { keys: [{ id: "other", key: Buffer.alloc(32, 1) }] })).toMatchObject({ kind: "failed" });
  });
});

describe("tokens", () => {
  it("are renewed once after a 401, and the new pair is kept", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    const before = await connectionOf(db, userId);
    fake.failures.add({ kind: "401", person: key, path: "summaries", times: 1 });
    expect((await sync(userId)).kind).toBe("ok");
    const after = await connectionOf(db, userId);
    expect(after?.accessTokenEncrypted).not.toBe(before?.accessTokenEncrypted);
    expect(after?.refreshTokenEncrypted).not.toBe(before?.refreshTokenEncrypted);
    expect((await sync(userId)).kind).toBe("ok");
  });

  it("are renewed in their last 24 hours, before WakaTime says no", async () => {
    const userId = await createConnectedUser(db, { key: nextKey(), expiresAt: new Date(Date.now() + 23 * 3_600_000) });
    const asked = fake.requests.length;
    expect((await sync(userId)).kind).toBe("ok");
    expect(fake.requests.slice(asked).map((each) => each.path)).toEqual([
      "/oauth/token",
      "/api/v1/users/current/summaries",
    ]);
    expect((await connectionOf(db, userId))?.scopes).toEqual(["email", "read_summaries"]);
  });

  it("refused for good ask the person to reconnect, and nobody is called for them any more", async () => {
    const userId = await createConnectedUser(db, {
      key: nextKey(),
      accessToken: "waka_tok_dead",
      refreshToken: "waka_ref_dead",
    });
    expect((await sync(userId)).kind).toBe("needs_reconnect");
    expect((await connectionOf(db, userId))?.status).toBe("needs_reconnect");
    expect(await sync(userId)).toMatchObject({ kind: "skipped", reason: "not called: needs_reconnect" });
  });

  it("that cannot be renewed just now leave the link alone", async () => {
    const userId = await createConnectedUser(db, { key: nextKey(), expiresAt: new Date(Date.now() + 3_600_000) });
    fake.failures.add({ kind: "500", path: "oauth/token", times: 1 });
    expect((await sync(userId)).kind).toBe("unavailable");
    fake.failures.add({ kind: "403", path: "oauth/token", times: 1 });
    expect((await sync(userId)).kind).toBe("unavailable");
    expect((await connectionOf(db, userId))?.status).toBe("active");
    expect((await sync(userId)).kind).toBe("ok");
  });

  it("refused although fresh: an outcome each time, a broken link after the fifth", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    fake.failures.add({ kind: "401", person: key, path: "summaries" });
    for (let run = 1; run <= 5; run++) {
      expect((await connectionOf(db, userId))?.status).toBe("active");
      expect((await sync(userId)).kind).toBe("failed");
    }
    expect((await connectionOf(db, userId))?.status).toBe("needs_reconnect");
  });
});

describe("the lease", () => {
  it("keeps a second sync of the same person out", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    fake.failures.add({ kind: "slow", person: key, delayMs: 400 });
    const both = await Promise.all([sync(userId), sync(userId)]);
    expect(both.map((each) => each.kind).sort()).toEqual(["ok", "skipped"]);
    expect(both.find((each) => each.kind === "skipped")?.reason).toBe("already syncing");
  });

  it("of a killed process ends by itself; until then its own run is told to come back", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await leaseConnection(db, { userId, owner: `${leaseOwnerPrefix(7)}dead`, leaseSeconds: 60 });
    await expect(sync(userId, { runId: 7 })).rejects.toThrow(LeaseLeftBehindError);
    expect(await sync(userId)).toMatchObject({ kind: "skipped", reason: "already syncing" });
    await db.execute(sql`update connection set lease_until = now() where user_id = ${userId}`);
    expect((await sync(userId, { runId: 7 })).kind).toBe("ok");
  });

  it("lost on the way means that nothing is written", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    fake.failures.add({ kind: "slow", person: key, delayMs: 300 });
    const running = sync(userId);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await db.execute(sql`update connection set lease_owner = 'another' where user_id = ${userId}`);
    expect(await running).toMatchObject({ kind: "failed", daysWritten: 0 });
    expect(await storedDays(db, userId)).toEqual([]);
    expect((await connectionOf(db, userId))?.leaseOwner).toBe("another");
  });

  it("is given back when the worker stops, with no outcome", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    fake.failures.add({ kind: "slow", person: key, delayMs: 5_000 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("stopping")), 100);
    await expect(sync(userId, { signal: stop.signal })).rejects.toThrow("stopping");
    expect(await connectionOf(db, userId)).toMatchObject({ leaseOwner: null, lastError: null });
  });
});
