import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { getViewerBySessionId } from "@/db/queries/session";
import { auditEvent, connection, syncGap } from "@/db/schema";
import { demoAccessToken } from "@/db/seed/coding-generator";
import { testDb } from "@/db/testing/database";
import { addCodingDays } from "@/db/testing/factories";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import type { WakatimeClient } from "./client";
import { endConnection } from "./connection-end";
import { WakatimeError } from "./errors";
import { syncUser } from "./sync";
import { holdAnswers } from "./testing/hold";
import { createConnectedUser, personOf, testKey, testKeys } from "./testing/people";
import { connectionOf, createTestClient, storedDays } from "./testing/stored";
import { signedIn } from "./testing/visitors";
import { encryptTokenPair } from "./token-crypto";

const db = testDb();
const now = new Date("2026-11-22T12:00:00Z");
let fake: FakeWakatime;
let client: WakatimeClient;
let keys = 800;

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

async function linked() {
  const key = ++keys;
  const userId = await createConnectedUser(db, { key });
  return { key, userId, viewer: await signedIn(db, userId) };
}

const sync = (userId: number) => syncUser({ db, client, keys: testKeys, userId, now: () => now });
const end = (viewer: NonNullable<Awaited<ReturnType<typeof getViewerBySessionId>>>, history: "keep" | "delete") =>
  endConnection({ db, access: { client, keys: testKeys }, viewer, history });

describe("disconnecting", () => {
  it("revokes at WakaTime and deletes the link; the days stay, and only those of that person could go", async () => {
    const { userId, viewer } = await linked();
    await sync(userId);
    const before = await storedDays(db, userId);
    expect(before.length).toBeGreaterThan(0);
    expect(await end(viewer, "keep")).toBe("disconnected");
    expect(fake.requests.at(-1)?.path).toBe("/oauth/revoke");
    expect(await connectionOf(db, userId)).toBeUndefined();
    expect(await storedDays(db, userId)).toEqual(before);
    const [event] = await db.select().from(auditEvent).where(eq(auditEvent.actorUserId, userId));
    expect(event).toMatchObject({
      action: "connection.disconnect",
      before: { status: "active" },
      after: { history: "keep", daysDeleted: 0, toldWakatime: true },
    });
  });

  it("deletes days, items and gaps when that was chosen, and nobody else's", async () => {
    const [one, other] = [await linked(), await linked()];
    await sync(one.userId);
    await addCodingDays(db, other.userId, { "2026-11-20": 60 });
    await db
      .insert(syncGap)
      .values({ userId: one.userId, fromDate: "2026-01-01", toDate: "2026-01-05", reason: "402" });
    expect(await end(one.viewer, "delete")).toBe("disconnected-deleted");
    expect(await storedDays(db, one.userId)).toEqual([]);
    expect(await db.$count(syncGap, eq(syncGap.userId, one.userId))).toBe(0);
    expect(await storedDays(db, other.userId)).toHaveLength(1);
    const [event] = await db.select().from(auditEvent).where(eq(auditEvent.actorUserId, one.userId));
    expect(event?.after).toMatchObject({ history: "delete", daysDeleted: 14 });
  });

  it("succeeds when the tokens are dead already, and when the link is gone already", async () => {
    const { key, userId, viewer } = await linked();
    await client.revoke(demoAccessToken(personOf(key)));
    expect(await end(viewer, "keep")).toBe("disconnected");
    expect(await end(viewer, "keep")).toBe("disconnected");
    expect(await db.$count(auditEvent, eq(auditEvent.actorUserId, userId))).toBe(1);
  });

  it.each(["500", "reset", "429"] as const)("happens here although WakaTime answers %s, and says so", async (kind) => {
    const { userId, viewer } = await linked();
    fake.failures.add({ kind, path: "oauth/revoke" });
    expect(await end(viewer, "keep")).toBe("disconnected-untold");
    expect(await connectionOf(db, userId)).toBeUndefined();
  });

  it("happens without WakaTime's set-up, and with tokens that no key opens", async () => {
    const [one, two] = [await linked(), await linked()];
    expect(await endConnection({ db, access: null, viewer: one.viewer, history: "keep" })).toBe("disconnected-untold");
    const access = { client, keys: [testKey("other", 1)] };
    const result = await endConnection({ db, access, viewer: two.viewer, history: "delete" });
    expect(result).toBe("disconnected-untold-deleted");
    expect(await connectionOf(db, two.userId)).toBeUndefined();
  });

  it.each([
    ["the renewed ones", ["unavailable", null], "disconnected", true],
    ["the former ones", [null, "unavailable"], "disconnected-untold", false],
  ] as const)(
    "of tokens that are renewed meanwhile: WakaTime is told of %s alone",
    async (_which, fails, result, told) => {
      const { key, userId, viewer } = await linked();
      const revoked: string[] = [];
      const renewed = { accessToken: demoAccessToken(personOf(key)), refreshToken: `renewed-${key}` };
      const revoke: WakatimeClient["revoke"] = async (token) => {
        revoked.push(token);
        const pair = encryptTokenPair(userId, renewed, testKeys);
        if (revoked.length === 1) await db.update(connection).set(pair).where(eq(connection.userId, userId));
        const kind = fails[revoked.length - 1];
        if (kind) throw new WakatimeError(kind, "no");
      };
      const access = { client: { ...client, revoke }, keys: testKeys };
      expect(await endConnection({ db, access, viewer, history: "keep" })).toBe(result);
      expect(revoked).toHaveLength(2);
      expect(revoked[1]).toBe(renewed.refreshToken);
      expect(await connectionOf(db, userId)).toBeUndefined();
      const events = await db.select().from(auditEvent).where(eq(auditEvent.actorUserId, userId));
      expect(events.map(({ after }) => after)).toEqual([{ history: "keep", daysDeleted: 0, toldWakatime: told }]);
    },
  );

  it("in the middle of a sync: that writes no day afterwards", async () => {
    const { key, userId, viewer } = await linked();
    const answer = holdAnswers(fake, { person: key, path: "summaries" });
    const running = sync(userId);
    await answer.asked;
    expect(await end(viewer, "delete")).toBe("disconnected-deleted");
    answer.release();
    await running;
    expect(await storedDays(db, userId)).toEqual([]);
    expect(await connectionOf(db, userId)).toBeUndefined();
  });
});
