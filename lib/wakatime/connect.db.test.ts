import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { deleteExpiredOauthStates } from "@/db/mutations/oauth-state";
import { auditEvent, connection, oauthState, syncGap, syncRun, user } from "@/db/schema";
import { codingDay, demoUid, personFromToken } from "@/db/seed/coding-generator";
import { addDays, eachDay, localDate } from "@/lib/dates";
import { JobsOffError } from "@/lib/jobs/backend";
import type { Enqueue } from "@/lib/jobs/definition";
import { runJob } from "@/lib/jobs/run";
import { createTestIo } from "@/lib/jobs/testing/io";
import { syncUser } from "./sync";
import { client, consent, db, enqueued, fake, finish } from "./testing/connecting";
import { holdAnswers } from "./testing/hold";
import { personOf, testKeys } from "./testing/people";
import { connectionOf, storedDays } from "./testing/stored";
import { createVisitor } from "./testing/visitors";
import { decryptToken, tokenAad } from "./token-crypto";

describe("connecting", () => {
  it("saves tokens, account, zone, plan and scopes, an audit event without a secret, and the first sync", async () => {
    const viewer = await createVisitor(db);
    const returned = await consent(viewer, 1);
    expect(await finish(viewer, returned)).toBe("connected");
    const link = await connectionOf(db, viewer.id);
    expect(link).toMatchObject({
      wakatimeUid: demoUid(1),
      scopes: ["read_summaries"],
      plan: "free",
      timeZone: "UTC",
      timeoutMinutes: 15,
      writesOnly: false,
      status: "active",
      keyId: "test",
      lastSyncedAt: null,
    });
    const token = { keyId: "test", ciphertext: link?.accessTokenEncrypted ?? "" };
    const accessToken = decryptToken(token, testKeys, tokenAad(viewer.id, "access"));
    expect(personFromToken(accessToken)?.key).toBe(1);
    expect(link?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 364 * 86_400_000);

    const [run] = await db.select().from(syncRun).where(eq(syncRun.scopeUserId, viewer.id));
    expect(run).toMatchObject({ actorUserId: viewer.id, status: "running" });
    expect(enqueued).toEqual([
      { name: expect.stringMatching(/^sync-/), payload: expect.objectContaining({ runId: run?.id }) },
    ]);

    const events = await db.select().from(auditEvent).where(eq(auditEvent.actorUserId, viewer.id));
    expect(events.map(({ action }) => action)).toContain("connection.connect");
    for (const secret of [accessToken, returned.code, returned.state, link?.accessTokenEncrypted]) {
      expect(JSON.stringify(events)).not.toContain(secret);
    }
    const [person] = await db.select().from(user).where(eq(user.id, viewer.id));
    expect(person?.timeZone).toBeNull();
  });

  it("stores of a state its hash only, ten minutes long, and no more than five at a time", async () => {
    const viewer = await createVisitor(db);
    const { state } = await consent(viewer);
    const ours = () => db.select().from(oauthState).where(eq(oauthState.userId, viewer.id));
    const [stored] = await ours();
    expect(Buffer.from(state, "base64url")).toHaveLength(32);
    expect(stored?.stateHash).toHaveLength(32);
    expect(stored?.stateHash.toString("utf8")).not.toContain(state);
    expect((stored?.expiresAt.getTime() ?? 0) - (stored?.createdAt.getTime() ?? 0)).toBe(600_000);
    await db.execute(sql`update oauth_state set expires_at = now() where user_id = ${viewer.id}`);
    for (let start = 1; start <= 7; start++) await consent(viewer);
    const kept = await ours();
    expect(kept).toHaveLength(5);
    expect(kept.map(({ id }) => id)).not.toContain(stored?.id);
    expect(await finish(viewer, await consent(viewer))).toBe("connected");
  });

  it("leaves no state behind of people who never came back", async () => {
    const viewer = await createVisitor(db);
    await consent(viewer);
    const alive = await consent(viewer);
    const ours = eq(oauthState.userId, viewer.id);
    const [old] = await db.select().from(oauthState).where(ours).orderBy(oauthState.id);
    await db.execute(sql`update oauth_state set expires_at = now() - interval '1 second' where id = ${old?.id}`);
    expect(await deleteExpiredOauthStates(db, new Date())).toBeGreaterThanOrEqual(1);
    expect(await db.$count(oauthState, ours)).toBe(1);
    expect(await finish(viewer, alive)).toBe("connected");
    expect(await deleteExpiredOauthStates(db, new Date())).toBe(0);
  });

  it("goes on without the first sync where nothing runs jobs, and where asking for it fails", async () => {
    for (const fault of [new JobsOffError(), new Error("the engine does not answer")]) {
      const viewer = await createVisitor(db);
      const failing: Enqueue = async () => {
        throw fault;
      };
      expect(await finish(viewer, await consent(viewer), { enqueue: failing })).toBe("connected-later");
      expect(await connectionOf(db, viewer.id)).toMatchObject({ status: "active" });
      expect(await db.$count(syncRun, eq(syncRun.scopeUserId, viewer.id))).toBe(0);
    }
  });
});

describe("at the same time", () => {
  it("of many returns with one state exactly one wins", async () => {
    const viewer = await createVisitor(db);
    const returned = await consent(viewer);
    const results = await Promise.all(Array.from({ length: 6 }, () => finish(viewer, returned)));
    expect(results.sort()).toEqual([...Array(5).fill("bad-state"), "connected"]);
    expect(await db.$count(syncRun, eq(syncRun.scopeUserId, viewer.id))).toBe(1);
  });

  it("of two students with one account exactly one gets it", async () => {
    const [first, second] = [await createVisitor(db), await createVisitor(db)];
    const [a, b] = [await consent(first, 3), await consent(second, 3)];
    expect((await Promise.all([finish(first, a), finish(second, b)])).sort()).toEqual(["account-taken", "connected"]);
    expect(await db.$count(connection, eq(connection.wakatimeUid, demoUid(3)))).toBe(1);
  });
});

describe("reconnecting", () => {
  it("replaces a dead link and takes the lease of a sync that still holds the old tokens", async () => {
    const viewer = await createVisitor(db);
    await finish(viewer, await consent(viewer, 4));
    const old = await connectionOf(db, viewer.id);
    const syncedAt = new Date("2026-11-01T00:00:00Z");
    await db
      .update(connection)
      .set({
        status: "needs_reconnect",
        brokenAt: new Date(),
        consecutiveFailures: 5,
        lastError: "refused",
        lastSyncedAt: syncedAt,
        leaseOwner: "run:1:x",
        leaseUntil: new Date(Date.now() + 60_000),
      })
      .where(eq(connection.userId, viewer.id));
    expect(await finish(viewer, await consent(viewer, 4))).toBe("reconnected");
    const link = await connectionOf(db, viewer.id);
    expect(link).toMatchObject({
      id: old?.id,
      status: "active",
      brokenAt: null,
      consecutiveFailures: 0,
      lastError: null,
      lastSyncedAt: syncedAt,
      leaseOwner: null,
      leaseUntil: null,
    });
    expect(link?.accessTokenEncrypted).not.toBe(old?.accessTokenEncrypted);
    const events = await db.select().from(auditEvent).where(eq(auditEvent.action, "connection.reconnect"));
    expect(events.find(({ subjectId }) => subjectId === viewer.id)?.before).toEqual({
      status: "needs_reconnect",
      wakatimeUid: demoUid(4),
    });
  });

  it("after a month brings every day that was missed, and after a few days the usual two weeks", async () => {
    const now = new Date();
    // Of the visitor's batch.
    const timeZone = "America/Chicago";
    const viewer = await createVisitor(db);
    await finish(viewer, await consent(viewer, 8));
    const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
    const reconnectAfter = async (days: number) => {
      const lastSyncedAt = daysAgo(days);
      await db
        .update(connection)
        .set({ status: "needs_reconnect", brokenAt: lastSyncedAt, lastSyncedAt })
        .where(eq(connection.userId, viewer.id));
      enqueued.length = 0;
      expect(await finish(viewer, await consent(viewer, 8), { now: () => now })).toBe("reconnected");
      const jobs = createTestIo(db, fake.url, () => now);
      for (const { name, payload } of enqueued) await runJob(name, payload, jobs.io);
      await jobs.close();
    };
    await reconnectAfter(30);
    const today = localDate(now, timeZone);
    const expected = eachDay(addDays(localDate(daysAgo(30), timeZone), -1), today);
    expect(expected.length).toBeGreaterThan(30);
    const stored = await storedDays(db, viewer.id);
    expect(stored.map(({ date }) => date)).toEqual(expected);
    expect(stored[20]?.total).toBe(codingDay(personOf(8), expected[20] ?? "").totalMs);
    expect((await connectionOf(db, viewer.id))?.lastSyncedAt?.getTime()).toBeGreaterThanOrEqual(now.getTime() - 1000);

    await reconnectAfter(5);
    const runs = await db.select().from(syncRun).where(eq(syncRun.scopeUserId, viewer.id)).orderBy(syncRun.id);
    expect(runs.map(({ windowDays, windowStart, windowEnd }) => [windowDays, windowStart, windowEnd])).toEqual([
      [14, null, null],
      [null, expected[0], today],
      [14, null, null],
    ]);
    expect(runs.slice(1).map(({ status }) => status)).toEqual(["completed", "completed"]);
  });

  it.each([
    ["the same account", 9, 9],
    ["another account", 10, 11],
  ])("with %s forgets what the plan withheld, so that all days are asked for", async (_which, before, after) => {
    const viewer = await createVisitor(db);
    await finish(viewer, await consent(viewer, before));
    const other = await createVisitor(db);
    const today = localDate(new Date(), "UTC");
    const gap = { fromDate: addDays(today, -60), toDate: addDays(today, -1), reason: "402" };
    await db.insert(syncGap).values([
      { userId: viewer.id, ...gap },
      { userId: other.id, ...gap },
    ]);
    await finish(viewer, await consent(viewer, after));
    expect(await db.$count(syncGap, eq(syncGap.userId, viewer.id))).toBe(0);
    expect(await db.$count(syncGap, eq(syncGap.userId, other.id))).toBe(1);
    const outcome = await syncUser({ db, client, keys: testKeys, userId: viewer.id, now: () => new Date() });
    expect(outcome).toMatchObject({ kind: "ok", daysWritten: 14, daysUnavailable: 0 });
  });

  it("leaves the gaps as they are when the account belongs to another student", async () => {
    const [first, second] = [await createVisitor(db), await createVisitor(db)];
    await finish(first, await consent(first, 12));
    await db.insert(syncGap).values({ userId: second.id, fromDate: "2026-01-01", toDate: "2026-01-02", reason: "402" });
    expect(await finish(second, await consent(second, 12))).toBe("account-taken");
    expect(await db.$count(syncGap, eq(syncGap.userId, second.id))).toBe(1);
  });

  it("keeps since when it is connected; another account is connected as of now", async () => {
    const viewer = await createVisitor(db);
    await finish(viewer, await consent(viewer, 13));
    const createdAt = new Date("2026-01-02T00:00:00Z");
    await db.update(connection).set({ createdAt }).where(eq(connection.userId, viewer.id));
    await finish(viewer, await consent(viewer, 13));
    expect(await connectionOf(db, viewer.id)).toMatchObject({ createdAt });
    await finish(viewer, await consent(viewer, 14));
    expect((await connectionOf(db, viewer.id))?.createdAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it("in the middle of a refresh: the tokens of the refresh never replace the new ones", async () => {
    const viewer = await createVisitor(db);
    await finish(viewer, await consent(viewer, 7));
    await db.update(connection).set({ expiresAt: new Date() }).where(eq(connection.userId, viewer.id));
    const renewal = holdAnswers(fake, { path: "oauth/token", times: 1 });
    // Else the old refresh token would be dead before it is spent.
    fake.failures.add({ kind: "500", path: "oauth/revoke" });
    const running = syncUser({ db, client, keys: testKeys, userId: viewer.id, now: () => new Date() });
    await renewal.asked;
    expect(await finish(viewer, await consent(viewer, 7))).toBe("reconnected");
    const link = await connectionOf(db, viewer.id);
    renewal.release();
    await running;
    const after = await connectionOf(db, viewer.id);
    expect(after?.refreshTokenEncrypted).toBe(link?.refreshTokenEncrypted);
    expect(after).toMatchObject({ status: "active", leaseOwner: null });
  });

  it("with another account is told, counts as never synced, and ends the former access", async () => {
    const viewer = await createVisitor(db);
    await finish(viewer, await consent(viewer, 5));
    const old = await connectionOf(db, viewer.id);
    await db.update(connection).set({ lastSyncedAt: new Date() }).where(eq(connection.userId, viewer.id));
    expect(await finish(viewer, await consent(viewer, 6))).toBe("another-account");
    expect(await connectionOf(db, viewer.id)).toMatchObject({ wakatimeUid: demoUid(6), lastSyncedAt: null });
    const token = { keyId: "test", ciphertext: old?.accessTokenEncrypted ?? "" };
    const accessToken = decryptToken(token, testKeys, tokenAad(viewer.id, "access"));
    await expect(client.currentUser(accessToken)).rejects.toMatchObject({ kind: "expired" });
  });
});
