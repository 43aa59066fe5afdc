import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailySummary, syncGap } from "@/db/schema";
import { codingDay } from "@/db/seed/coding-generator";
import { addDays, eachDay } from "@/lib/dates";
import { wakatimeLab } from "./testing/lab";
import { createConnectedUser, personOf } from "./testing/people";
import { connectionOf, storedDays } from "./testing/stored";

const lab = wakatimeLab({ now: "2026-11-22T12:00:00Z", firstKey: 20_000 });
const { db, sync, nextKey } = lab;

const datesOf = async (userId: number) => (await storedDays(db, userId)).map((day) => day.date);
const gapsOf = async (userId: number) => {
  const rows = await db.select().from(syncGap).where(eq(syncGap.userId, userId)).orderBy(syncGap.fromDate);
  return rows.map((gap) => [gap.fromDate, gap.toDate]);
};

describe("the window is fourteen local dates", () => {
  // Chicago: clocks went forward on 8 March and back on 1 November 2026.
  it.each([
    ["the morning of a day of 23 hours", "2026-03-08T06:30:00Z", "2026-03-08"],
    ["the last hour of a day of 23 hours", "2026-03-09T04:30:00Z", "2026-03-08"],
    ["the first hour after a day of 23 hours", "2026-03-09T05:30:00Z", "2026-03-09"],
    ["the last hour of a day of 25 hours", "2026-11-02T05:30:00Z", "2026-11-01"],
    ["the hour that comes twice, the second time", "2026-11-01T07:30:00Z", "2026-11-01"],
    ["a night whose window spans the change", "2026-11-10T05:30:00Z", "2026-11-09"],
  ])("%s", async (_name, instant, today) => {
    lab.now = new Date(instant);
    const userId = await createConnectedUser(db, { key: nextKey(), timeZone: "America/Chicago" });
    expect(await sync(userId)).toMatchObject({ kind: "ok", daysWritten: 14 });
    expect(await datesOf(userId)).toEqual(eachDay(addDays(today, -13), today));
  });

  it("today is provisional: it is replaced by the next sync, and whole the day after", async () => {
    let key = nextKey();
    // Somebody who coded on both days.
    while (!["2026-11-22", "2026-11-23"].every((date) => codingDay(personOf(key), date).totalMs > 0)) key = nextKey();
    const userId = await createConnectedUser(db, { key });
    await sync(userId);
    const todayOf = async () => (await storedDays(db, userId)).find((day) => day.date === "2026-11-22")?.total ?? 0;
    const soFar = await todayOf();
    lab.now = new Date("2026-11-23T12:00:00Z");
    expect(await sync(userId)).toMatchObject({ daysWritten: 2, daysUnchanged: 12 });
    expect(await todayOf()).toBeGreaterThan(soFar);
  });
});

describe("how fresh the days are", () => {
  it("is the moment of the sync; in a night that lasts into the next day, the moment of the schedule", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    const asOf = new Date("2026-11-21T23:30:00Z");
    await sync(userId, { asOf });
    expect((await connectionOf(db, userId))?.lastSyncedAt).toEqual(asOf);
    lab.now = new Date("2026-11-21T23:50:00Z");
    await sync(userId, { asOf });
    expect((await connectionOf(db, userId))?.lastSyncedAt).toEqual(lab.now);
    // An older schedule that comes late makes nothing older.
    lab.now = new Date("2026-11-22T12:00:00Z");
    await sync(userId, { asOf: new Date("2026-11-20T23:30:00Z") });
    expect((await connectionOf(db, userId))?.lastSyncedAt).toEqual(new Date("2026-11-21T23:50:00Z"));
  });
});

describe("a fixed range", () => {
  it("is fetched in windows of at most 31 days, and leaves freshness alone when it ends before today", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    const asked = lab.fake.requests.length;
    const range = { from: "2026-07-01", to: "2026-09-15" };
    expect(await sync(userId, { range })).toMatchObject({ kind: "ok", daysWritten: 77 });
    expect(lab.fake.requests.length - asked).toBe(3);
    expect(await datesOf(userId)).toEqual(eachDay("2026-07-01", "2026-09-15"));
    expect((await connectionOf(db, userId))?.lastSyncedAt).toBeNull();
    expect(await sync(userId, { range })).toMatchObject({ daysWritten: 0, daysUnchanged: 77 });
  });

  it("ends with the person's own today", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await sync(userId, { range: { from: "2026-11-20", to: "2026-12-24" } });
    expect(await datesOf(userId)).toEqual(["2026-11-20", "2026-11-21", "2026-11-22"]);
    expect((await connectionOf(db, userId))?.lastSyncedAt).toEqual(lab.now);
  });

  it("that failed in the middle keeps what came, and says so", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    lab.fake.failures.add({ kind: "truncated", person: key, path: "summaries", olderThanDays: 60 });
    const outcome = await sync(userId, { range: { from: "2026-08-01", to: "2026-11-22" } });
    expect(outcome).toMatchObject({ kind: "unexpected_shape", daysWritten: 31 });
    lab.fake.failures.clear();
    expect(await sync(userId, { range: { from: "2026-08-01", to: "2026-11-22" } })).toMatchObject({
      kind: "ok",
      daysWritten: 83,
      daysUnchanged: 31,
    });
  });
});

describe("what the plan withholds (402)", () => {
  const withhold = (person: number, olderThanDays?: number) =>
    lab.fake.failures.add({ kind: "402", person, path: "summaries", ...(olderThanDays ? { olderThanDays } : {}) });

  it("is a gap; what the plan does show comes in, and is fresh", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    withhold(key, 7);
    expect(await sync(userId)).toMatchObject({ kind: "out_of_plan", daysWritten: 7, daysUnavailable: 7 });
    expect(await datesOf(userId)).toEqual(eachDay("2026-11-16", "2026-11-22"));
    expect(await gapsOf(userId)).toEqual([["2026-11-09", "2026-11-16"]]);
    expect(await connectionOf(db, userId)).toMatchObject({ status: "active", lastSyncedAt: lab.now });
  });

  it("is not asked for again soon", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    withhold(key, 7);
    await sync(userId);
    const asked = lab.fake.requests.length;
    lab.now = new Date("2026-11-23T12:00:00Z");
    // The window begins on the 10th; a plan that showed seven days yesterday shows those from the 17th on today.
    await db.execute(sql`update sync_gap set created_at = now() - interval '1 day' where user_id = ${userId}`);
    const outcome = await sync(userId);
    expect(outcome).toMatchObject({ kind: "ok", daysUnavailable: 7 });
    expect(outcome.daysWritten + outcome.daysUnchanged).toBe(7);
    expect(lab.fake.requests.length - asked).toBe(1);
  });

  it("is asked for again after a week; days that come then leave the gap", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    withhold(key, 7);
    await sync(userId);
    lab.fake.failures.clear();
    await db.execute(sql`update sync_gap set created_at = now() - interval '8 days' where user_id = ${userId}`);
    expect(await sync(userId)).toMatchObject({ kind: "ok", daysWritten: 7, daysUnchanged: 7, daysUnavailable: 0 });
    expect(await gapsOf(userId)).toEqual([]);
  });

  it("keeps nobody from the last seven days, and no back-fill from asking", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    withhold(key);
    expect(await sync(userId)).toMatchObject({ kind: "out_of_plan", daysWritten: 0, daysUnavailable: 14 });
    lab.fake.failures.clear();
    expect(await sync(userId)).toMatchObject({ kind: "ok", daysWritten: 7, daysUnavailable: 7 });
    expect(await gapsOf(userId)).toEqual([["2026-11-09", "2026-11-16"]]);
    const range = { from: "2026-11-01", to: "2026-11-22" };
    expect(await sync(userId, { range })).toMatchObject({ kind: "ok", daysWritten: 15, daysUnavailable: 0 });
    expect(await gapsOf(userId)).toEqual([]);
  });

  it("is no more than it has to be: a plan of two weeks gives two weeks of a long range", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    withhold(key, 14);
    const range = { from: "2026-09-01", to: "2026-11-22" };
    expect(await sync(userId, { range })).toMatchObject({ kind: "out_of_plan", daysWritten: 14 });
    expect(await gapsOf(userId)).toEqual([["2026-09-01", "2026-11-09"]]);
  });

  it("joins with what was known", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    withhold(key);
    await sync(userId);
    await db.execute(sql`update sync_gap set created_at = now() - interval '8 days' where user_id = ${userId}`);
    lab.now = new Date("2026-11-24T12:00:00Z");
    await sync(userId);
    expect(await gapsOf(userId)).toEqual([["2026-11-09", "2026-11-25"]]);
    expect(await datesOf(userId)).toEqual([]);
  });

  it("never becomes a zero, nor touches days that are stored", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    await sync(userId);
    const before = await storedDays(db, userId);
    withhold(key);
    await sync(userId);
    expect(await storedDays(db, userId)).toEqual(before);
  });
});

it("any order, repetition or interleaving of syncs ends in the same rows", async () => {
  const instants = ["2026-11-18T23:30:00Z", "2026-11-20T03:00:00Z", "2026-11-21T12:00:00Z"];
  const steps = fc.array(
    fc.record({
      at: fc.nat(instants.length - 1),
      range: fc.option(fc.record({ from: fc.integer({ min: 1, max: 13 }), days: fc.nat(40) })),
      twice: fc.boolean(),
      failsWith: fc.constantFrom(undefined, "500", "202", "402", "truncated", "reset"),
    }),
    { maxLength: 5 },
  );
  const key = nextKey();
  const last = new Date("2026-11-22T12:00:00Z");
  const clean = await createConnectedUser(db, { key });
  await sync(clean, { range: { from: "2026-10-01", to: "2026-11-22" } });
  const expected = await storedDays(db, clean);
  await db.execute(sql`delete from connection where user_id = ${clean}`);
  const userId = await createConnectedUser(db, { key });

  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await db.delete(dailySummary).where(eq(dailySummary.userId, userId));
      await db.delete(syncGap).where(eq(syncGap.userId, userId));
      for (const { at, range, twice, failsWith } of sequence) {
        lab.now = new Date(instants[at] ?? last);
        if (failsWith) lab.fake.failures.add({ kind: failsWith as "500", person: key, path: "summaries", times: 1 });
        const more = range
          ? { range: { from: `2026-10-${String(range.from).padStart(2, "0")}`, to: addDays("2026-10-14", range.days) } }
          : {};
        await Promise.all([sync(userId, more), ...(twice ? [sync(userId, more)] : [])]);
        lab.fake.failures.clear();
      }
      // Whatever came before, asking for everything once leaves exactly what WakaTime has.
      lab.now = last;
      await sync(userId, { range: { from: "2026-10-01", to: "2026-11-22" } });
      expect(await storedDays(db, userId)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});
