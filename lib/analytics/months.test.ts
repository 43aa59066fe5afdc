import { expect, it } from "vitest";
import { monthDays, monthsUpTo } from "./months";

it("counts months back over the turn of a year", () => {
  expect(monthsUpTo("2026-02-28", 4)).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  expect(monthsUpTo("2026-12-01", 12)[0]).toBe("2026-01");
});

it("a month's last day is its own, in leap years too", () => {
  expect(["2026-11", "2026-12", "2024-02", "2100-02"].map((month) => monthDays(month).to)).toEqual([
    ...["2026-11-30", "2026-12-31", "2024-02-29", "2100-02-28"],
  ]);
});
