import { expect, it } from "vitest";
import { monthsUpTo } from "./months";

it("counts months back over the turn of a year", () => {
  expect(monthsUpTo("2026-02-28", 4)).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  expect(monthsUpTo("2026-12-01", 12)[0]).toBe("2026-01");
});
