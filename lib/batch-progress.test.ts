import { describe, expect, it } from "vitest";
import { batchDay } from "./batch-progress";

describe("the day of a batch", () => {
  it.each([
    ["2026-05-31", 0],
    ["2026-06-01", 1],
    ["2026-06-10", 10],
    ["2026-06-30", 30],
    ["2026-07-01", 30],
    ["2026-12-31", 30],
  ])("is on %s the %i of 30", (today, day) => {
    expect(batchDay({ startDate: "2026-06-01", endDate: "2026-06-30", today })).toEqual({ day, length: 30 });
  });

  it("is the first of one in a batch of a single day", () => {
    const only = "2026-06-01";
    expect(batchDay({ startDate: only, endDate: only, today: only })).toEqual({ day: 1, length: 1 });
  });
});
