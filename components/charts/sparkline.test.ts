import { expect, it } from "vitest";
import { linesOf } from "./sparkline";

it("joins neighbours that are known, leaves a gap where data is missing, and makes a dot of a lone value", () => {
  const at = (value: number, place: number) => ({ x: place, y: value });
  expect(linesOf([1, 2, null, 3, null, 0, 4], at)).toBe("M0 1L1 2M3 3h0M5 0L6 4");
  expect(linesOf([null, null], at)).toBe("");
});
