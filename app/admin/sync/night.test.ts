import { describe, expect, it } from "vitest";
import { hoursFor, nextNight } from "./night";

describe("the next nightly sync", () => {
  it("is today's until 23:30 in the academy's zone, then tomorrow's", () => {
    // Chicago is five hours behind UTC in June.
    expect(nextNight(new Date("2026-06-11T04:29:00Z"), "America/Chicago")).toBe("2026-06-10");
    expect(nextNight(new Date("2026-06-11T04:30:00Z"), "America/Chicago")).toBe("2026-06-11");
    expect(nextNight(new Date("2026-06-30T23:45:00Z"), "UTC")).toBe("2026-07-01");
  });

  it("takes almost fourteen hours for 100,000 users at two requests a second", () => {
    expect(hoursFor(100_000, 2)).toBeCloseTo(13.9, 1);
    expect(hoursFor(50_400, 2)).toBe(7);
  });
});
