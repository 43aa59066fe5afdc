import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/dates";
import { datesOfRule, previewDates, type Weekday, weekdayOf } from "./weekly-rule";

describe("the dates of a weekly rule", () => {
  it("begin with the day itself where it is the weekday", () => {
    expect(datesOfRule(5, "2026-11-27", 3)).toEqual(["2026-11-27", "2026-12-04", "2026-12-11"]);
    expect(datesOfRule(5, "2026-11-28", 2)).toEqual(["2026-12-04", "2026-12-11"]);
    expect(datesOfRule(7, "2026-12-28", 2)).toEqual(["2027-01-03", "2027-01-10"]);
    expect(datesOfRule(1, "2026-11-23", 0)).toEqual([]);
  });

  it("are so many of that weekday, a week apart, none before the first day and none left out", () => {
    const from = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays("1990-01-01", days));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), from, fc.integer({ min: 1, max: 60 }), (weekday, start, count) => {
        const dates = datesOfRule(weekday as Weekday, start, count);
        expect(dates).toHaveLength(count);
        expect(dates.every((date) => weekdayOf(date) === weekday)).toBe(true);
        expect(dates.every((date, i) => i === 0 || date === addDays(dates[i - 1] as string, 7))).toBe(true);
        expect((dates[0] as string) >= start && (dates[0] as string) < addDays(start, 7)).toBe(true);
      }),
    );
  });

  it("know the days of the week as ISO does", () => {
    expect(["2026-11-23", "2026-11-27", "2026-11-29"].map(weekdayOf)).toEqual([1, 5, 7]);
  });
});

describe("the preview of dates", () => {
  it("names holidays and sessions in the way; what was cancelled frees its day, and is named too", () => {
    const dates = datesOfRule(5, "2026-11-27", 5);
    const known = {
      holidays: [
        { date: "2026-12-25", name: "Christmas" },
        { date: "2026-12-04", name: "Founders’ day" },
      ],
      taken: [
        { date: "2026-12-04", title: "Guests", cancelled: false },
        { date: "2026-12-11", title: "Storm", cancelled: true },
        { date: "2026-12-18", title: "Called off", cancelled: true },
        { date: "2026-12-18", title: "In its place", cancelled: false },
      ],
    };
    expect(previewDates(dates, known)).toEqual([
      { date: "2026-11-27", verdict: "new", why: null, although: null },
      { date: "2026-12-04", verdict: "taken", why: "Guests", although: "Founders’ day" },
      { date: "2026-12-11", verdict: "new", why: "Storm was cancelled", although: null },
      { date: "2026-12-18", verdict: "taken", why: "In its place", although: null },
      { date: "2026-12-25", verdict: "holiday", why: "Christmas", although: null },
    ]);
  });
});
