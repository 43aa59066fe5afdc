import { describe, expect, it } from "vitest";
import { hourTicks } from "./hour-ticks";

const HOUR = 3_600_000;

describe("the ticks of an axis in hours", () => {
  it.each([
    [0, [0, 1]],
    [0.4 * HOUR, [0, 1]],
    [3 * HOUR, [0, 1, 2, 3]],
    [5.1 * HOUR, [0, 2, 4, 6]],
    [11 * HOUR, [0, 4, 8, 12]],
    [25 * HOUR, [0, 6, 12, 18, 24, 30]],
    [61 * HOUR, [0, 24, 48, 72]],
    [200 * HOUR, [0, 48, 96, 144, 192, 240]],
  ])("for a peak of %d ms", (peak, hours) => expect(hourTicks(peak)).toEqual(hours.map((hour) => hour * HOUR)));
});
