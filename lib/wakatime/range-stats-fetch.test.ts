import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, daysBetween } from "@/lib/dates";
import { fetchWindowsOf } from "./range-stats-fetch";

it.each([
  [[], []],
  [["2026-11-19"], ["2026-11-19 2026-11-19"]],
  [["2026-11-01", "2026-11-03", "2026-11-19"], ["2026-11-01 2026-11-19"]],
  [["2026-10-20", "2026-11-19"], ["2026-10-20 2026-11-19"]],
  [
    ["2026-10-19", "2026-11-19"],
    ["2026-11-19 2026-11-19", "2026-10-19 2026-10-19"],
  ],
])("fetches %j as %j", (dates, expected) => {
  expect(fetchWindowsOf(dates).map(({ from, to }) => `${from} ${to}`)).toEqual(expected);
});

it("holds every date once, in windows of at most 31 days that begin and end with one", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), (offsets) => {
      const dates = offsets.map((offset) => addDays("2025-06-01", offset));
      const windows = fetchWindowsOf(dates);
      for (const { from, to } of windows) {
        expect(daysBetween(from, to)).toBeLessThan(31);
        expect(dates).toEqual(expect.arrayContaining([from, to]));
      }
      for (const date of dates) {
        expect(windows.filter(({ from, to }) => from <= date && date <= to)).toHaveLength(1);
      }
      expect(windows.map((window) => window.from)).toEqual(
        windows
          .map((window) => window.from)
          .sort()
          .reverse(),
      );
    }),
  );
});
