import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { leaseConnections } from "@/db/mutations/connection-lease";
import { syncGap } from "@/db/schema";
import { LeaseHeldError, leaseOwnerPrefix } from "./sync";
import { holdAnswers } from "./testing/hold";
import { wakatimeLab } from "./testing/lab";
import { createConnectedUser, testKey } from "./testing/people";
import { connectionOf, storedDays, versions } from "./testing/stored";

const lab = wakatimeLab({ now: "2026-11-22T12:00:00Z", firstKey: 500 });
const { db, sync, nextKey } = lab;

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
    lab.fake.failures.add({ kind, person: key });
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
    lab.fake.failures.add({ kind: "402", person: key });
    expect(await sync(userId)).toMatchObject({ kind: "out_of_plan", daysUnavailable: 14 });
    await sync(userId);
    expect(await versions(db, userId)).toEqual(before);
    const gaps = await db.select().from(syncGap).where(eq(syncGap.userId, userId));
    expect(gaps).toMatchObject([{ fromDate: "2026-11-09", toDate: "2026-11-23" }]);
  });

  it("a token that cannot be decrypted is that user's outcome", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    expect(await sync(userId, { keys: [testKey("other", 1)] })).toMatchObject({ kind: "failed" });
  });
});

describe("tokens", () => {
  it("are renewed once after a 401, and the new pair is kept", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    const before = await connectionOf(db, userId);
    lab.fake.failures.add({ kind: "401", person: key, path: "summaries", times: 1 });
    expect((await sync(userId)).kind).toBe("ok");
    const after = await connectionOf(db, userId);
    expect(after?.accessTokenEncrypted).not.toBe(before?.accessTokenEncrypted);
    expect(after?.refreshTokenEncrypted).not.toBe(before?.refreshTokenEncrypted);
    expect((await sync(userId)).kind).toBe("ok");
  });

  it("are renewed in their last 24 hours, before WakaTime says no", async () => {
    const userId = await createConnectedUser(db, { key: nextKey(), expiresAt: new Date(Date.now() + 23 * 3_600_000) });
    const asked = lab.fake.requests.length;
    expect((await sync(userId)).kind).toBe("ok");
    expect(lab.fake.requests.slice(asked).map((each) => each.path)).toEqual([
      "/oauth/token",
      "/api/v1/users/current/summaries",
    ]);
    expect((await connectionOf(db, userId))?.scopes).toEqual(["email", "read_summaries"]);
  });

  it("that cannot be renewed just now are bridged by the old one, while it lives", async () => {
    const userId = await createConnectedUser(db, { key: nextKey(), expiresAt: new Date(Date.now() + 3_600_000) });
    for (const kind of ["500", "403", "429"] as const) {
      lab.fake.failures.add({ kind, path: "oauth/token", times: 1 });
      expect(await sync(userId)).toMatchObject({ kind: "ok", tokenRenewed: false });
    }
    await db.execute(sql`update connection set expires_at = now() - interval '1 minute' where user_id = ${userId}`);
    lab.fake.failures.add({ kind: "500", path: "oauth/token", times: 1 });
    expect(await sync(userId)).toMatchObject({ kind: "unavailable", daysUnchanged: 0 });
    lab.fake.failures.add({ kind: "403", path: "oauth/token", times: 1 });
    expect((await sync(userId)).kind).toBe("unavailable");
    expect((await connectionOf(db, userId))?.status).toBe("active");
    expect(await sync(userId)).toMatchObject({ kind: "ok", tokenRenewed: true });
  });

  it("of a person who left while they were being renewed are revoked, and written nowhere", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key, expiresAt: new Date(Date.now() + 3_600_000) });
    const renewal = holdAnswers(lab.fake, { path: "oauth/token" });
    const running = sync(userId);
    await renewal.asked;
    await db.execute(sql`delete from connection where user_id = ${userId}`);
    renewal.release();
    expect(await running).toMatchObject({ kind: "skipped", daysWritten: 0 });
    expect(lab.fake.requests.at(-1)?.path).toBe("/oauth/revoke");
    expect(await storedDays(db, userId)).toEqual([]);
  });
});

describe("the lease", () => {
  it("keeps a second sync of the same person out", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    const answer = holdAnswers(lab.fake, { person: key });
    const both = [sync(userId), sync(userId)];
    expect(await Promise.race(both)).toMatchObject({ kind: "skipped", reason: "already syncing" });
    answer.release();
    expect((await Promise.all(both)).map((each) => each.kind).sort()).toEqual(["ok", "skipped"]);
  });

  it("of a killed process ends by itself; until then its own run is told to come back", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await leaseConnections(db, {
      userIds: [userId],
      owner: `${leaseOwnerPrefix(7)}dead`,
      leaseSeconds: 60,
      window: { from: "2026-11-22", to: "2026-11-22" },
    });
    await expect(sync(userId, { runId: 7 })).rejects.toThrow(LeaseHeldError);
    expect(await sync(userId)).toMatchObject({ kind: "skipped", reason: "already syncing" });
    await db.execute(sql`update connection set lease_until = now() where user_id = ${userId}`);
    expect((await sync(userId, { runId: 7 })).kind).toBe("ok");
  });

  it("lost on the way means that nothing is written", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    const answer = holdAnswers(lab.fake, { person: key });
    const running = sync(userId);
    await answer.asked;
    await db.execute(sql`update connection set lease_owner = 'another' where user_id = ${userId}`);
    answer.release();
    expect(await running).toMatchObject({ kind: "skipped", reason: "overtaken by another sync", daysWritten: 0 });
    expect(await storedDays(db, userId)).toEqual([]);
    expect((await connectionOf(db, userId))?.leaseOwner).toBe("another");
  });

  it("is given back when the worker stops, with no outcome", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    const answer = holdAnswers(lab.fake, { person: key });
    const stop = new AbortController();
    answer.asked.then(() => stop.abort(new Error("stopping")));
    await expect(sync(userId, { signal: stop.signal })).rejects.toThrow("stopping");
    answer.release();
    expect(await connectionOf(db, userId)).toMatchObject({ leaseOwner: null, lastError: null });
  });
});
