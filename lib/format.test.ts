import { describe, expect, it } from "vitest";
import {
  formatAgo,
  formatCount,
  formatDate,
  formatDateWithWeekday,
  formatDayDistance,
  formatDuration,
  formatInstant,
  formatTime,
} from "./format";
import { themeOf } from "./theme";

const MINUTE = 60_000;
const NOW = new Date("2026-06-10T12:00:00Z");

describe("coding time", () => {
  it.each([
    [0, "0 min"],
    [59_999, "0 min"],
    [45 * MINUTE, "45 min"],
    [60 * MINUTE - 1, "59 min"],
    [60 * MINUTE, "1 h"],
    [200 * MINUTE, "3 h 20 min"],
    [63.75 * MINUTE, "1 h 3 min"],
    [1234 * 60 * MINUTE, "1,234 h"],
  ])("%i ms is %s", (ms, expected) => expect(formatDuration(ms)).toBe(expected));
});

describe("counts, dates and times", () => {
  it("set thousands apart", () => {
    expect([0, 999, 1000, 12_345, 1_234_567, -1234].map(formatCount)).toEqual([
      "0",
      "999",
      "1,000",
      "12,345",
      "1,234,567",
      "-1,234",
    ]);
  });

  it("are spelled the same in every locale", () => {
    expect(formatDate("2026-11-27")).toBe("27 Nov 2026");
    expect(formatDate("2026-01-05")).toBe("5 Jan 2026");
    expect(formatDateWithWeekday("2026-11-27")).toBe("Fri 27 Nov 2026");
    expect(formatTime("15:00:00")).toBe("15:00");
    expect(formatInstant(new Date("2026-11-23T09:15:59Z"))).toBe("2026-11-23 09:15 UTC");
  });
});

describe("how long ago", () => {
  it.each([
    ["2026-06-10T12:00:30Z", "just now"], // a clock that runs ahead
    ["2026-06-10T11:59:01Z", "just now"],
    ["2026-06-10T11:59:00Z", "1 min ago"],
    ["2026-06-10T11:00:01Z", "59 min ago"],
    ["2026-06-10T11:00:00Z", "1 h ago"],
    ["2026-06-09T12:00:01Z", "23 h ago"],
    ["2026-06-09T12:00:00Z", "yesterday"],
    ["2026-06-08T12:00:00Z", "2 days ago"],
    ["2026-05-11T12:00:00Z", "30 days ago"],
    ["2026-05-10T12:00:00Z", "10 May 2026"],
  ])("%s: %s", (instant, expected) => expect(formatAgo(new Date(instant), NOW)).toBe(expected));

  it("is told in days from today for a date", () => {
    const near = ["2026-06-10", "2026-06-11", "2026-06-09", "2026-06-14", "2026-06-07"];
    expect(near.map((date) => formatDayDistance(date, "2026-06-10"))).toEqual([
      "today",
      "tomorrow",
      "yesterday",
      "in 4 days",
      "3 days ago",
    ]);
  });
});

describe("the theme of a cookie", () => {
  it("is one of three, anything else follows the system", () => {
    expect(["dark", "light", "system", "", "DARK", undefined].map(themeOf)).toEqual([
      "dark",
      "light",
      "system",
      "system",
      "system",
      "system",
    ]);
  });
});
