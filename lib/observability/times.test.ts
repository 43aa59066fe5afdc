import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addTime, averageMs, countUpTo, noTimes, percentileMs, STEP_ENDS_MS, sumOfTimes } from "./times";

const timesOf = (all: number[]) => {
  const times = noTimes();
  for (const ms of all) addTime(times, ms);
  return times;
};

describe("times", () => {
  it("have steps that grow by a sixth at most", () => {
    for (const [index, end] of STEP_ENDS_MS.entries()) {
      if (index > 0) expect(end / (STEP_ENDS_MS[index - 1] as number)).toBeGreaterThan(1);
      if (index > 0) expect(end / (STEP_ENDS_MS[index - 1] as number)).toBeLessThanOrEqual(7 / 6);
    }
  });

  it("of 1 to 100 ms: known percentiles, average and counts", () => {
    const times = timesOf(Array.from({ length: 100 }, (_, index) => index + 1));
    expect([0.5, 0.95, 0.99, 1].map((share) => percentileMs(times, share))).toEqual([50, 100, 100, 100]);
    expect(averageMs(times)).toBe(50.5);
    expect([countUpTo(times, 10), countUpTo(times, 25), countUpTo(times, 100)]).toEqual([10, 25, 100]);
    expect([percentileMs(noTimes(), 0.5), averageMs(noTimes())]).toEqual([null, null]);
  });

  it("say a percentile that is too high by a sixth at most, and add up over processes", () => {
    const some = fc.array(fc.double({ min: 0.1, max: 200_000, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(some, some, fc.constantFrom(0.5, 0.95, 0.99), (mine, yours, share) => {
        const both = sumOfTimes([timesOf(mine), timesOf(yours)]);
        const sorted = [...mine, ...yours].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(share * sorted.length) - 1] as number;
        const said = percentileMs(both, share) as number;
        expect(said).toBeGreaterThanOrEqual(Math.min(exact, 90_000));
        expect(said).toBeLessThanOrEqual(exact > 90_000 ? both.maxMs : exact * 1.1667);
        expect(both).toEqual({ ...timesOf([...mine, ...yours]), sumMs: expect.closeTo(both.sumMs, 3) });
      }),
    );
  });
});
