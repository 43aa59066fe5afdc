import { describe, expect, it } from "vitest";
import { addDays, daysBetween, eachDay, isDate, isTimeZone, localDate, localTime } from "./dates";

describe("the calendar day of an instant", () => {
  it.each([
    // The United States spring forward on 8 March 2026 at 02:00 and fall back on 1 November 2026.
    ["2026-03-08T05:59:59Z", "America/Chicago", "2026-03-07"], // still CST, −6
    ["2026-03-08T06:00:00Z", "America/Chicago", "2026-03-08"],
    ["2026-03-09T04:59:59Z", "America/Chicago", "2026-03-08"], // CDT, −5: the day had 23 hours
    ["2026-03-09T05:00:00Z", "America/Chicago", "2026-03-09"],
    ["2026-11-01T05:00:00Z", "America/Chicago", "2026-11-01"], // CDT
    ["2026-11-02T05:59:59Z", "America/Chicago", "2026-11-01"], // CST again: the day had 25 hours
    ["2026-11-02T06:00:00Z", "America/Chicago", "2026-11-02"],
    ["2026-06-10T18:14:59Z", "Asia/Kathmandu", "2026-06-10"], // +5:45
    ["2026-06-10T18:15:00Z", "Asia/Kathmandu", "2026-06-11"],
    ["2026-06-10T10:00:00Z", "Pacific/Kiritimati", "2026-06-11"], // +14
    ["2026-06-10T10:59:59Z", "Pacific/Pago_Pago", "2026-06-09"], // −11
    ["2025-12-31T23:30:00Z", "Europe/Berlin", "2026-01-01"],
    ["2024-02-29T12:00:00Z", "UTC", "2024-02-29"],
  ])("%s in %s is %s", (instant, timeZone, expected) => {
    expect(localDate(new Date(instant), timeZone)).toBe(expected);
  });

  it.each([
    ["2026-03-08T07:59:00Z", "America/Chicago", "01:59"], // the last minute before the clocks go forward
    ["2026-03-08T08:00:00Z", "America/Chicago", "03:00"],
    ["2026-06-10T18:15:00Z", "Asia/Kathmandu", "00:00"], // midnight is 00, not 24
    ["2026-11-27T15:00:59Z", "Europe/Lisbon", "15:00"],
  ])("and its clock: %s in %s shows %s", (instant, timeZone, expected) => {
    expect(localTime(new Date(instant), timeZone)).toBe(expected);
  });

  it("is refused for a zone that is not known", () => {
    expect(() => localDate(new Date(), "Mars/Base")).toThrow(RangeError);
    expect(isTimeZone("Mars/Base")).toBe(false);
    for (const letters of ["IST", "BST", "PST", "GMT", "EST5EDT"]) expect(isTimeZone(letters), letters).toBe(false);
    expect(isTimeZone("UTC")).toBe(true);
    expect(isTimeZone("")).toBe(false);
    expect(isTimeZone("America/Argentina/Buenos_Aires")).toBe(true);
  });
});

describe("counting days", () => {
  it.each([
    ["2026-12-31", 1, "2027-01-01"],
    ["2027-01-01", -1, "2026-12-31"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-02-28", 1, "2026-03-01"],
    ["2026-03-07", 2, "2026-03-09"],
    ["2026-06-10", 0, "2026-06-10"],
    ["2026-01-01", 365, "2027-01-01"],
  ])("%s and %i days is %s, and back", (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });

  it("names each day once, both ends included, also where clocks change", () => {
    expect(eachDay("2026-03-07", "2026-03-10")).toEqual(["2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10"]);
    expect(eachDay("2026-06-10", "2026-06-10")).toEqual(["2026-06-10"]);
    expect(eachDay("2026-06-10", "2026-06-09")).toEqual([]);
    expect(new Set(eachDay("2024-01-01", "2024-12-31")).size).toBe(366);
  });
});

describe("what was typed for a day", () => {
  it("is one of the calendar, or none", () => {
    expect(["2026-02-28", "2028-02-29", "2026-12-31"].filter(isDate)).toHaveLength(3);
    const none = [
      "",
      "2026-02-29",
      "2026-02-30",
      "2026-13-01",
      "2026-2-1",
      "01.02.2026",
      "tomorrow",
      "2026-01-01T00:00",
    ];
    expect(none.filter(isDate)).toEqual([]);
  });
});
