import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { leaseConnections } from "@/db/mutations/connection-lease";
import { syncGap } from "@/db/schema";
import { codingDay } from "@/db/seed/coding-generator";
import { addCodingDays, createStudent } from "@/db/testing/factories";
import type { Failure } from "@/e2e/fakes/wakatime";
import { addDays, eachDay } from "@/lib/dates";
import { personOf } from "./testing/people";
import { connected, db, lab, minutes, read, TODAY, YESTERDAY } from "./testing/ranges";
import { connectionOf, storedDays } from "./testing/stored";

describe("days that are not there", () => {
  it("are fetched once, no more than what is missing, and today is left to the sync", async () => {
    const { key, userId } = await connected();
    await addCodingDays(db, userId, minutes(["2026-11-10", "2026-11-11", "2026-11-17", "2026-11-18", "2026-11-19"]));
    const first = await read(userId, "2026-11-10", TODAY);
    expect(first.windows).toEqual(["2026-11-12 2026-11-16"]);
    expect(first.stats.missing_dates).toEqual([TODAY]);
    expect(first.message).toBe("One day is missing. Today has not been synced yet.");
    expect(first.stats.data[2]?.grand_total.total_seconds).toBe(codingDay(personOf(key), "2026-11-12").totalMs / 1000);
    expect(first.stats.data[0]?.grand_total.minutes).toBe(10);
    expect(await read(userId, "2026-11-10", TODAY)).toMatchObject({ calls: 0, stats: first.stats });
  });

  it("are asked for by the month at most, the newest first", async () => {
    const { userId } = await connected();
    const { windows, stats } = await read(userId, "2026-09-01", YESTERDAY);
    expect(windows).toEqual(["2026-10-20 2026-11-19", "2026-09-19 2026-10-19", "2026-09-01 2026-09-18"]);
    expect(stats.missing_dates).toEqual([]);
    expect(stats.data).toHaveLength(80);
  });

  it("are not fetched when the plan withholds them", async () => {
    const { userId } = await connected();
    await addCodingDays(db, userId, minutes(["2026-11-18", "2026-11-19"]));
    // Old enough that a sync would ask again: a person who waits does not.
    const createdAt = new Date("2026-01-02");
    await db.insert(syncGap).values({ userId, fromDate: "2026-01-01", toDate: "2026-11-18", reason: "402", createdAt });
    const { stats, calls, message } = await read(userId, "2026-11-15", YESTERDAY);
    expect(calls).toBe(0);
    expect(stats.missing_dates).toEqual(["2026-11-15", "2026-11-16", "2026-11-17"]);
    expect(message).toBe("3 days are missing. WakaTime's plan does not show them.");
    // The days after the gap are.
    expect((await read(userId, "2026-11-15", YESTERDAY)).calls).toBe(0);
    await db.execute(sql`delete from daily_summary where user_id = ${userId} and date = '2026-11-18'`);
    expect((await read(userId, "2026-11-15", YESTERDAY)).windows).toEqual(["2026-11-18 2026-11-18"]);
  });

  it("that the plan turns out to withhold are asked for once", async () => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind: "402", person: key });
    const first = await read(userId, "2026-10-01", "2026-10-05");
    expect(first).toMatchObject({ calls: 1, stats: { data: [], missing_dates: eachDay("2026-10-01", "2026-10-05") } });
    expect(first.message).toContain("plan");
    expect(await read(userId, "2026-10-01", "2026-10-05")).toMatchObject({ calls: 0, message: first.message });
  });

  it.each<[Failure["kind"], string]>([
    ["500", "does not answer"],
    ["302", "too many questions"],
    ["403", "does not allow"],
    ["202", "could not give them"],
    ["truncated", "could not give them"],
    ["reset", "does not answer"],
  ])("stay missing when the call ends in %s; what is stored is answered", async (kind, said) => {
    const { key, userId } = await connected();
    await addCodingDays(db, userId, minutes(["2026-11-18"]));
    lab.fake.failures.add({ kind, person: key });
    const { stats, message } = await read(userId, "2026-11-17", YESTERDAY);
    expect(stats.missing_dates).toEqual(["2026-11-17", "2026-11-19"]);
    expect(stats.data.map((day) => day.range.date)).toEqual(["2026-11-18"]);
    expect(message).toMatch(new RegExp(`^2 days are missing\\. .*${said}`));
  });

  it("are not asked for again within a minute of an outage", async () => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind: "500", person: key, times: 4 });
    const first = await read(userId, YESTERDAY, YESTERDAY);
    // One call and its three retries.
    expect(first).toMatchObject({ calls: 4, message: expect.stringContaining("does not answer") });
    lab.now = new Date("2026-11-20T12:00:59Z");
    expect(await read(userId, YESTERDAY, YESTERDAY)).toMatchObject({ calls: 0, message: first.message });
    lab.now = new Date("2026-11-20T12:01:00Z");
    expect(await read(userId, YESTERDAY, YESTERDAY)).toMatchObject({ calls: 1, message: null });
  });

  it.each([
    ["202", 60],
    ["302", 60],
    ["truncated", 60],
    ["403", 600],
    ["401", 600],
  ] as const)(
    "are not asked for again after %s for %i seconds, and no token is renewed anew",
    async (kind, seconds) => {
      const { key, userId } = await connected();
      lab.fake.failures.add({ kind, person: key, path: "summaries" });
      const first = await read(userId, YESTERDAY, YESTERDAY);
      expect(first.calls).toBeGreaterThan(0);
      const start = lab.now.getTime();
      lab.now = new Date(start + seconds * 1000 - 1);
      expect(await read(userId, YESTERDAY, YESTERDAY)).toMatchObject({ calls: 0, message: first.message });
      lab.now = new Date(start + seconds * 1000);
      expect((await read(userId, YESTERDAY, YESTERDAY)).calls).toBeGreaterThan(0);
    },
  );

  it("are asked for again once a sync has gone well since, of a link that was connected anew perhaps", async () => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind: "401", person: key, path: "summaries", times: 2 });
    expect(await read(userId, YESTERDAY, YESTERDAY)).toMatchObject({ stats: { missing_dates: [YESTERDAY] } });
    lab.now = new Date("2026-11-20T12:00:30Z");
    expect(await read(userId, YESTERDAY, YESTERDAY)).toMatchObject({ calls: 0 });
    await db.execute(sql`update connection set last_synced_at = '2026-11-20T12:00:20Z' where user_id = ${userId}`);
    expect(await read(userId, YESTERDAY, YESTERDAY)).toMatchObject({ calls: 1, message: null });
  });

  it("of long ago are not promised to come by themselves", async () => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind: "500", person: key });
    const { message } = await read(userId, "2026-10-01", "2026-10-02");
    expect(message).toBe("2 days are missing. WakaTime does not answer just now. Please ask again in a few minutes.");
  });

  it("are not waited for longer than there is time, and the lease is given back", async () => {
    const { key, userId } = await connected();
    lab.fake.failures.add({ kind: "slow", person: key });
    const started = performance.now();
    const { stats, message } = await read(userId, YESTERDAY, YESTERDAY, { budgetMs: 300 });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(message).toContain("takes long");
    expect(stats.missing_dates).toEqual([YESTERDAY]);
    await expect.poll(async () => (await connectionOf(db, userId))?.leaseOwner).toBeNull();
  });

  it("are left to the sync that is running", async () => {
    const { userId } = await connected();
    await leaseConnections(db, {
      userIds: [userId],
      owner: "another",
      leaseSeconds: 60,
      window: { from: "2026-11-22", to: "2026-11-22" },
    });
    const { calls, message } = await read(userId, YESTERDAY, YESTERDAY);
    expect(calls).toBe(0);
    expect(message).toContain("being synced");
  });

  it("are not fetched from before the last year, so that nobody fills the tables", async () => {
    const { userId } = await connected();
    const old = await read(userId, "2020-01-01", "2020-12-31");
    expect(old).toMatchObject({ calls: 0, message: expect.stringContaining("that long ago") });
    expect(old.stats.missing_dates).toHaveLength(366);
    const edge = addDays(TODAY, -366);
    const over = await read(userId, addDays(edge, -2), addDays(edge, 1));
    expect(over.windows).toEqual([`${edge} ${addDays(edge, 1)}`]);
    expect(over.stats.missing_dates).toEqual([addDays(edge, -2), addDays(edge, -1)]);
    expect((await storedDays(db, userId)).map((day) => day.date)).toEqual([edge, addDays(edge, 1)]);
  });

  it.each([
    ["no link", () => createStudent(db).then(({ id }) => id), "not connected"],
    ["a pause", () => connected({ status: "paused" }).then(({ userId }) => userId), "not asked for your hours"],
    [
      "a broken link",
      async () => {
        const { userId } = await connected();
        await db.execute(sql`
          update connection set status = 'needs_reconnect', broken_at = now() where user_id = ${userId}`);
        return userId;
      },
      "reconnect",
    ],
  ])("are not asked for with %s", async (_what, person, said) => {
    const userId = await person();
    await addCodingDays(db, userId, minutes(["2026-11-18"]));
    const { stats, calls, message } = await read(userId, "2026-11-18", YESTERDAY);
    expect(calls).toBe(0);
    expect(stats.data).toHaveLength(1);
    expect(message).toMatch(new RegExp(`^One day is missing\\. .*${said}`));
  });

  it("are not asked for where the academy cannot ask", async () => {
    const { userId } = await connected();
    expect((await read(userId, YESTERDAY, YESTERDAY, { access: null })).message).toContain("not set up");
  });
});
