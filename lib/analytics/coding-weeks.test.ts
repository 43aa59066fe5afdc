import { describe, expect, it } from "vitest";
import { codingTotal, codingWeeks, mondayOf } from "./coding-weeks";

const HOUR = 3_600_000;

describe("the Monday of a week", () => {
  it.each([
    ["2026-06-08", "2026-06-08"],
    ["2026-06-14", "2026-06-08"],
    // Over the ends of a year, before the day that is counted from, and over both changes of the clock in Chicago.
    ["2027-01-01", "2026-12-28"],
    ["2023-01-01", "2022-12-26"],
    ["2024-02-29", "2024-02-26"],
    ["2026-03-08", "2026-03-02"],
    ["2026-11-01", "2026-10-26"],
    ["2026-11-02", "2026-11-02"],
  ])("of %s is %s", (date, monday) => expect(mondayOf(date)).toBe(monday));
});

describe("weeks of coding", () => {
  // Mon 1 June: 2 h; Sun 7 June: none, with a row; Mon 8 June: 3 h. The week of 15 June has no row at all; Sun 28 June: 1 h.
  const days = [
    { date: "2026-06-28", totalMs: HOUR },
    { date: "2026-06-08", totalMs: 3 * HOUR },
    { date: "2026-06-01", totalMs: 2 * HOUR },
    { date: "2026-06-07", totalMs: 0 },
  ];

  it("run from Monday to Sunday, and one without data is absent, not zero", () => {
    expect(codingWeeks(days)).toEqual([
      { monday: "2026-06-01", totalMs: 2 * HOUR, daysWithRow: 2, daysWithCoding: 1 },
      { monday: "2026-06-08", totalMs: 3 * HOUR, daysWithRow: 1, daysWithCoding: 1 },
      { monday: "2026-06-22", totalMs: HOUR, daysWithRow: 1, daysWithCoding: 1 },
    ]);
  });

  it("and the total of a period takes both its ends, and is null without a row", () => {
    expect(codingTotal(days, "2026-06-01", "2026-06-08")).toEqual({
      totalMs: 5 * HOUR,
      daysWithRow: 3,
      daysWithCoding: 2,
    });
    expect(codingTotal(days, "2026-06-09", "2026-06-27")).toEqual({
      totalMs: null,
      daysWithRow: 0,
      daysWithCoding: 0,
    });
  });
});
