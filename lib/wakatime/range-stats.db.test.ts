import { describe, expect, it } from "vitest";
import { codingDay, partialToday } from "@/db/seed/coding-generator";
import { addCodingDays } from "@/db/testing/factories";
import { eachDay } from "@/lib/dates";
import { rangeSchema, readRangeStats } from "./range-stats";
import { personOf } from "./testing/people";
import { connected, db, lab, read, TODAY, YESTERDAY } from "./testing/ranges";

describe("a range that is all there", () => {
  it("costs no call, and is what was generated", async () => {
    const { key, userId } = await connected();
    await lab.sync(userId);
    const { stats, message, calls } = await read(userId, "2026-11-14", TODAY);
    expect(calls).toBe(0);
    expect(message).toBeNull();
    const days = eachDay("2026-11-14", TODAY).map((date) => {
      const whole = codingDay(personOf(key), date);
      return { date, ...(date === TODAY ? partialToday(whole) : whole) };
    });
    expect(stats.data.map((day) => [day.range.date, day.grand_total.total_seconds])).toEqual(
      days.map((day) => [day.date, day.totalMs / 1000]),
    );
    const ms = days.reduce((sum, day) => sum + day.totalMs, 0);
    expect(stats.cumulative_total.seconds).toBe(ms / 1000);
    expect(stats.missing_dates).toEqual([]);
    expect(stats.as_of).toBe("2026-11-20T12:00:00.000Z");
    expect([stats.start, stats.end]).toEqual(["2026-11-14T00:00:00Z", "2026-11-20T23:59:59Z"]);
    expect(stats.daily_average.days_including_holidays).toBe(7);

    const languages = new Map<string, number>();
    for (const item of days.flatMap((day) => day.items)) {
      if (item.kind === "language") languages.set(item.name, (languages.get(item.name) ?? 0) + item.ms);
    }
    expect(Object.fromEntries(stats.totals.languages.map((item) => [item.name, item.total_seconds * 1000]))).toEqual(
      Object.fromEntries(languages),
    );
    for (const list of [stats.totals.projects, stats.totals.languages, stats.totals.machines]) {
      expect(list.reduce((sum, item) => sum + item.percent, 0)).toBeCloseTo(100, 0);
    }
    expect(Object.keys(stats)).toEqual([
      "data",
      "start",
      "end",
      "cumulative_total",
      "daily_average",
      "totals",
      "missing_dates",
      "as_of",
    ]);
  });

  it("holds days of zeros, which are no missing days", async () => {
    const { userId } = await connected();
    await addCodingDays(db, userId, { "2026-11-17": 30, "2026-11-18": 0, "2026-11-19": 60 });
    const { stats, calls } = await read(userId, "2026-11-17", YESTERDAY);
    expect(calls).toBe(0);
    expect(stats.missing_dates).toEqual([]);
    expect(stats.data[1]?.grand_total).toMatchObject({ total_seconds: 0, text: "0 secs" });
    expect(stats.daily_average).toMatchObject({ holidays: 1, days_minus_holidays: 2, seconds: 2700, text: "45 mins" });
  });

  it("states each day's bounds in the zone it was counted in", async () => {
    const { userId } = await connected({ timeZone: "Europe/Berlin" });
    await addCodingDays(db, userId, { "2026-03-08": 1 }, "America/Chicago");
    await addCodingDays(db, userId, { "2026-03-29": 1 }, "Europe/Berlin");
    const first = await read(userId, "2026-03-08", "2026-03-08");
    expect(first.stats.data[0]?.range).toEqual({
      start: "2026-03-08T06:00:00Z",
      end: "2026-03-09T04:59:59Z",
      date: "2026-03-08",
      text: "Sun Mar 8th 2026",
      timezone: "America/Chicago",
    });
    const second = await read(userId, "2026-03-29", "2026-03-29");
    expect(second.stats.data[0]?.range).toMatchObject({ start: "2026-03-28T23:00:00Z", end: "2026-03-29T21:59:59Z" });
    expect([second.stats.start, second.stats.end]).toEqual(["2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"]);
  });
});

describe("what may be asked", () => {
  const errors = (start: unknown, end: unknown) =>
    rangeSchema.safeParse({ start, end }).error?.issues.map((issue) => [issue.path.join("."), issue.message]);

  it("is two real dates in order, at most 366 days", () => {
    expect(errors("2026-01-01", "2026-01-01")).toBeUndefined();
    expect(errors("2024-02-29", "2025-02-28")).toBeUndefined();
    expect(errors("2024-02-29", "2025-03-01")).toEqual([["start", "Ask for at most 366 days."]]);
    expect(errors("2026-01-02", "2026-01-01")).toEqual([["start", "The start comes after the end."]]);
    for (const wrong of [
      "2026-02-29",
      "2026-13-01",
      "26-01-01",
      "2026-01-01T00:00:00Z",
      "today",
      "",
      undefined,
      5,
      null,
    ]) {
      expect(
        errors("2026-01-01", wrong)?.map(([path]) => path),
        String(wrong),
      ).toEqual(["end"]);
      expect(
        errors(wrong, "2026-01-01")?.map(([path]) => path),
        String(wrong),
      ).toEqual(["start"]);
    }
    expect(errors("1999-12-31", "2000-01-01")).toEqual([["start", "The first date is 2000-01-01."]]);
    expect(errors("0000-01-01", "2000-01-01")).toEqual([["start", "The first date is 2000-01-01."]]);
  });

  it("ends with the person's own today", async () => {
    lab.now = new Date("2026-11-20T10:30:00Z");
    const east = await connected({ timeZone: "Pacific/Kiritimati" });
    const west = await connected({ timeZone: "Pacific/Pago_Pago" });
    const ask = (userId: number, end: string) =>
      readRangeStats({ db, access: null, userId, range: { start: end, end }, now: () => lab.now });
    expect((await ask(east.userId, "2026-11-21")).ok).toBe(true);
    expect((await ask(west.userId, "2026-11-19")).ok).toBe(true);
    for (const [userId, end] of [
      [east.userId, "2026-11-22"],
      [west.userId, "2026-11-20"],
    ] as const) {
      expect(await ask(userId, end)).toMatchObject({ ok: false, code: "invalid", fields: { end: expect.any(String) } });
    }
  });
});
