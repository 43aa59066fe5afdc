import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { dailySummary, setting } from "@/db/schema";
import { codingDay, partialToday } from "@/db/seed/coding-generator";
import { eachDay } from "@/lib/dates";
import { wakatimeLab } from "./testing/lab";
import { createConnectedUser, personOf } from "./testing/people";
import { connectionOf, storedDays, versions } from "./testing/stored";

const lab = wakatimeLab({ now: "2026-11-22T12:00:00Z", firstKey: 100 });
const { db, sync, nextKey } = lab;

describe("a sync", () => {
  it("stores exactly what was generated, two weeks of it", async () => {
    const key = nextKey();
    const userId = await createConnectedUser(db, { key });
    expect(await sync(userId)).toMatchObject({ kind: "ok", daysWritten: 14, daysUnchanged: 0, reason: null });
    const expected = eachDay("2026-11-09", "2026-11-22").map((date) => {
      const whole = codingDay(personOf(key), date);
      const day = date === "2026-11-22" ? partialToday(whole) : whole;
      const items = day.items.map((item) => [item.kind, item.name, item.ms]);
      return { date, total: day.totalMs, zone: "UTC", items: new Set(items.map(String)) };
    });
    const stored = (await storedDays(db, userId)).map((day) => ({
      ...day,
      items: new Set((day.items ?? []).map(String)),
    }));
    expect(stored).toEqual(expected);
    expect(stored.reduce((sum, day) => sum + day.total, 0)).toBeGreaterThan(0);
    expect(await connectionOf(db, userId)).toMatchObject({
      lastSyncedAt: lab.now,
      lastError: null,
      leaseOwner: null,
      status: "active",
    });
  });

  it("writes no row the second time (old defect 15: the sync is idempotent)", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await sync(userId);
    const before = await versions(db, userId);
    lab.now = new Date("2026-11-22T13:00:00Z");
    expect(await sync(userId)).toMatchObject({ kind: "ok", daysWritten: 0, daysUnchanged: 14 });
    expect(await versions(db, userId)).toEqual(before);
    expect((await connectionOf(db, userId))?.lastSyncedAt).toEqual(lab.now);
  });

  it("replaces a changed day whole, and leaves the others alone", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await sync(userId);
    const before = await storedDays(db, userId);
    // As if WakaTime had said something else about three days.
    await db.execute(sql`
      update daily_summary set total_ms = 1 where user_id = ${userId} and date = '2026-11-12'`);
    await db.execute(sql`
      delete from daily_summary_item where summary_id = (
        select id from daily_summary where user_id = ${userId} and date = '2026-11-13')`);
    await db.execute(sql`
      update daily_summary set digest = 0 where user_id = ${userId} and date between '2026-11-12' and '2026-11-14'`);
    await db.execute(sql`
      with extra as (insert into coding_name (kind, name) values ('project', ${`gone-${userId}`}) returning id)
      insert into daily_summary_item (summary_id, name_id, ms)
      select d.id, extra.id, 5 from daily_summary d, extra where d.user_id = ${userId} and d.date = '2026-11-14'`);
    expect(await sync(userId)).toMatchObject({ daysWritten: 3, daysUnchanged: 11 });
    expect(await storedDays(db, userId)).toEqual(before);
  });

  it("fills nights that were missed (old defect 15: back-fills), and adds the new day", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await sync(userId);
    lab.now = new Date("2026-11-25T12:00:00Z");
    // The day that was still running, and three new ones.
    expect(await sync(userId)).toMatchObject({ kind: "ok", daysWritten: 4, daysUnchanged: 10 });
    expect((await storedDays(db, userId)).map((day) => day.date)).toEqual(eachDay("2026-11-09", "2026-11-25"));
  });

  it("takes the days of the instant it was scheduled for, however late it runs", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await sync(userId, { asOf: new Date("2026-11-20T23:30:00Z") });
    expect((await storedDays(db, userId)).at(-1)?.date).toBe("2026-11-20");
  });

  it("asks in the student's zone, else the batch's, else the academy's", async () => {
    await db.insert(setting).values({ key: "academy_time_zone", value: "Pacific/Kiritimati" });
    const own = await createConnectedUser(db, {
      key: nextKey(),
      timeZone: "Pacific/Pago_Pago",
      batchTimeZone: "Asia/Tokyo",
    });
    const batch = await createConnectedUser(db, { key: nextKey(), timeZone: null, batchTimeZone: "Asia/Tokyo" });
    const academy = await createConnectedUser(db, { key: nextKey(), timeZone: null });
    await db.execute(sql`
      update enrolment set to_date = '2026-06-01' where student_id = (select id from student where user_id = ${academy})`);
    lab.now = new Date("2026-11-22T10:30:00Z");
    const last = async (userId: number) => {
      await sync(userId);
      const day = (await storedDays(db, userId)).at(-1);
      return [day?.date, day?.zone];
    };
    expect(await last(own)).toEqual(["2026-11-21", "Pacific/Pago_Pago"]);
    expect(await last(batch)).toEqual(["2026-11-22", "Asia/Tokyo"]);
    expect(await last(academy)).toEqual(["2026-11-23", "Pacific/Kiritimati"]);
  });

  it("re-reads the window after a change of zone", async () => {
    const userId = await createConnectedUser(db, { key: nextKey() });
    await sync(userId);
    await db.execute(sql`update "user" set time_zone = 'Europe/Berlin' where id = ${userId}`);
    expect(await sync(userId)).toMatchObject({ daysWritten: 14 });
    expect(new Set((await storedDays(db, userId)).map((day) => day.zone))).toEqual(new Set(["Europe/Berlin"]));
  });
});

it.each(["paused", "dropped", "graduated"] as const)("calls nobody who is %s", async (status) => {
  const userId = await createConnectedUser(db, { key: nextKey(), status });
  const asked = lab.fake.requests.length;
  expect(await sync(userId)).toMatchObject({ kind: "skipped", reason: `not called: ${status}` });
  expect(lab.fake.requests.length).toBe(asked);
});

it("calls nobody who is disabled or has no link", async () => {
  const userId = await createConnectedUser(db, { key: nextKey(), disabled: true });
  expect(await sync(userId)).toMatchObject({ kind: "skipped", reason: "not called: disabled" });
  expect(await sync(999_999)).toMatchObject({ kind: "skipped", reason: "not called: unknown" });
  expect(await db.select().from(dailySummary).where(eq(dailySummary.userId, userId))).toEqual([]);
});
