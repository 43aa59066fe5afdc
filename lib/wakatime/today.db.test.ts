import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { keepToday } from "@/db/mutations/today";
import { setting } from "@/db/schema";
import { codingDay, demoAccessToken, partialToday } from "@/db/seed/coding-generator";
import { createStudent } from "@/db/testing/factories";
import { answer, calls, connected, db, lab, read, set, store, TODAY } from "./testing/live-figure";
import { createConnectedUser, personOf } from "./testing/people";
import { connectionOf } from "./testing/stored";

describe("a live figure", () => {
  it("is not computed yet at first, then the day as WakaTime has it, then kept for two minutes", async () => {
    const { key, userId } = await connected();
    expect(await answer(userId)).toEqual({ day: null, message: expect.stringContaining("not computed yet") });
    expect(await connectionOf(db, userId)).toMatchObject({ todayDate: null, todayMs: null });

    const { totalMs, items } = partialToday(codingDay(personOf(key), TODAY));
    expect(totalMs).toBeGreaterThan(0);
    const { day, message } = await answer(userId);
    expect(message).toBeNull();
    expect(day).toMatchObject({
      grand_total: { total_seconds: totalMs / 1000 },
      range: {
        date: TODAY,
        start: "2026-11-20T00:00:00Z",
        end: "2026-11-20T23:59:59Z",
        text: "Today",
        timezone: "UTC",
      },
      as_of: "2026-11-20T12:00:00.000Z",
      stale: false,
      source: "live",
      details: true,
    });
    const languages = items.filter((item) => item.kind === "language").sort((a, b) => b.ms - a.ms);
    expect(day?.languages.map((item) => [item.name, item.total_seconds])).toEqual(
      languages.map((item) => [item.name, item.ms / 1000]),
    );
    expect(JSON.stringify(day)).not.toContain("host-of");
    expect(await connectionOf(db, userId)).toMatchObject({
      todayDate: TODAY,
      todayMs: totalMs,
      todayFetchedAt: lab.now,
      lastSyncedAt: null,
    });

    lab.now = new Date("2026-11-20T12:02:00Z");
    expect(await calls(() => answer(userId))).toEqual({ value: { day, message: null }, calls: 0 });
    lab.now = new Date("2026-11-20T12:02:00.001Z");
    const again = await calls(() => answer(userId));
    expect(again).toMatchObject({ value: { day: { as_of: "2026-11-20T12:02:00.001Z", stale: false } }, calls: 1 });
  });

  it("that another process asked for is as good, without its lists", async () => {
    const { userId } = await connected();
    await set(userId, sql`today_date = ${TODAY}, today_ms = 8229650, today_fetched_at = '2026-11-20T11:58:30Z'`);
    const { value, calls: asked } = await calls(() => answer(userId));
    expect(asked).toBe(0);
    expect(value.day).toMatchObject({
      grand_total: { total_seconds: 8229.65, digital: "2:17", decimal: "2.28", text: "2 hrs 17 mins" },
      languages: [],
      details: false,
      as_of: "2026-11-20T11:58:30.000Z",
      stale: false,
      source: "live",
    });
  });

  it("of zero is a zero", async () => {
    const key = lab.nextKey();
    const accessToken = demoAccessToken({ ...personOf(key), lastDay: "2026-11-01" });
    const userId = await createConnectedUser(db, { key, accessToken });
    await answer(userId);
    expect((await answer(userId)).day).toMatchObject({
      grand_total: { total_seconds: 0, text: "0 secs" },
      details: true,
      stale: false,
    });
  });

  it("is asked for once when ten requests come together", async () => {
    const { key, userId } = await connected();
    await answer(userId);
    // Slow enough that all of them have looked at what is stored before it comes.
    lab.fake.failures.add({ kind: "slow", person: key, delayMs: 500 });
    const { value, calls: asked } = await calls(() => Promise.all(Array.from({ length: 10 }, () => answer(userId))));
    expect(asked).toBe(1);
    expect(new Set(value.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(value[0]?.day?.source).toBe("live");
  });

  it("is of the date in the student's zone, else the batch's, else the academy's", async () => {
    await db.insert(setting).values({ key: "academy_time_zone", value: "Pacific/Kiritimati" });
    const own = await connected({ timeZone: "Pacific/Pago_Pago", batchTimeZone: "Asia/Tokyo" });
    const batch = await connected({ timeZone: null, batchTimeZone: "Asia/Kathmandu" });
    const academy = await connected({ timeZone: null });
    await db.execute(sql`
      update enrolment set to_date = '2026-06-01' where student_id = (select id from student where user_id = ${academy.userId})`);
    lab.now = new Date("2026-11-20T10:30:00Z");
    const rangeOf = async (userId: number, date: string) => {
      await set(userId, sql`today_date = ${date}, today_ms = 60000, today_fetched_at = '2026-11-20T10:30:00Z'`);
      return (await calls(() => answer(userId))).value.day?.range;
    };
    expect(await rangeOf(own.userId, "2026-11-19")).toMatchObject({
      date: "2026-11-19",
      start: "2026-11-19T11:00:00Z",
      end: "2026-11-20T10:59:59Z",
      timezone: "Pacific/Pago_Pago",
    });
    expect(await rangeOf(batch.userId, "2026-11-20")).toMatchObject({
      date: "2026-11-20",
      start: "2026-11-19T18:15:00Z",
      end: "2026-11-20T18:14:59Z",
    });
    expect(await rangeOf(academy.userId, "2026-11-21")).toMatchObject({
      date: "2026-11-21",
      timezone: "Pacific/Kiritimati",
    });
    // The figure of another date is none: WakaTime is asked.
    await set(batch.userId, sql`today_date = '2026-11-19'`);
    expect((await calls(() => answer(batch.userId))).calls).toBe(1);
    await db.delete(setting);
  });

  it("knows a day of 23 hours", async () => {
    const { userId } = await connected({ timeZone: "America/Chicago" });
    await set(userId, sql`today_date = '2026-03-08', today_ms = 0, today_fetched_at = '2026-03-08T18:00:00Z'`);
    lab.now = new Date("2026-03-08T18:00:30Z");
    expect((await answer(userId)).day?.range).toMatchObject({
      start: "2026-03-08T06:00:00Z",
      end: "2026-03-09T04:59:59Z",
    });
  });
});

describe("nobody is asked", () => {
  it("for a student without a link", async () => {
    const student = await createStudent(db);
    expect(await read(student.id)).toMatchObject({ ok: false, code: "conflict" });
  });

  it.each([
    ["that needs reconnecting", sql`status = 'needs_reconnect', broken_at = now()`, "reconnect"],
    ["without the scope", sql`status = 'scope_missing', broken_at = now()`, "does not allow"],
    ["whose access has ended", sql`expires_at = '2026-11-20T12:00:00Z'`, "reconnect"],
    ["whose token cannot be read", sql`access_token_encrypted = 'x'`, "reconnect"],
    ["under a key that is gone", sql`key_id = 'gone'`, "reconnect"],
  ])("with a link %s", async (_what, change, said) => {
    const { userId } = await connected();
    await store(userId, 10);
    await set(userId, change);
    const { value, calls: asked } = await calls(() => answer(userId));
    expect(asked).toBe(0);
    expect(value).toMatchObject({ day: { stale: true, grand_total: { minutes: 10 } } });
    expect(value.message).toContain(said);
  });

  it.each(["paused", "dropped", "graduated"] as const)("for a student who is %s", async (status) => {
    const { userId } = await connected({ status });
    expect(await calls(() => answer(userId))).toEqual({
      value: { day: null, message: expect.stringContaining("not asked for your hours") },
      calls: 0,
    });
  });

  it("where the academy cannot ask", async () => {
    const { userId } = await connected();
    expect(await calls(() => answer(userId, { access: null }))).toMatchObject({ value: { day: null }, calls: 0 });
  });
});

it("keeps no figure over a later one, nor for another WakaTime account", async () => {
  const { userId } = await connected();
  const uid = (await connectionOf(db, userId))?.wakatimeUid ?? "";
  const figure = { userId, wakatimeUid: uid, date: TODAY, ms: 5, fetchedAt: lab.now };
  await keepToday(db, figure);
  await keepToday(db, { ...figure, ms: 4, fetchedAt: new Date("2026-11-20T11:59:59Z") });
  await keepToday(db, { ...figure, ms: 6, wakatimeUid: crypto.randomUUID() });
  expect(await connectionOf(db, userId)).toMatchObject({ todayMs: 5, todayFetchedAt: lab.now });
});
