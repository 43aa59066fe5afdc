import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distribution } from "./distribution";

const HOUR_MS = 3_600_000;
const totals = fc.array(fc.integer({ min: 0, max: 2_000 * HOUR_MS }), { minLength: 1, maxLength: 60 });

describe("distribution of totals", () => {
  it("is the hand-worked one", () => {
    const found = distribution([9, 1, 4, 0].map((hours) => hours * HOUR_MS));
    // In between, as percentile_cont has it: a quarter of the way from 0 to 1 is three quarters of the first step.
    expect(found).toMatchObject({
      students: 4,
      lowest: 0,
      quarter: 0.75 * HOUR_MS,
      median: 2.5 * HOUR_MS,
      threeQuarters: 5.25 * HOUR_MS,
      highest: 9 * HOUR_MS,
      mean: 3.5 * HOUR_MS,
    });
    expect(found.buckets.map((bucket) => bucket.students)).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 1]);
    expect(found.buckets.at(-1)).toEqual({ fromMs: 8 * HOUR_MS, toMs: 9 * HOUR_MS, students: 1 });
  });

  it("is nothing of nobody, and one bucket of zeros", () => {
    expect(distribution([])).toMatchObject({ students: 0, median: null, buckets: [] });
    expect(distribution([0, 0]).buckets).toEqual([{ fromMs: 0, toMs: HOUR_MS, students: 2 }]);
  });

  it("has everybody once, in twelve steps at most, in whatever order they come", () => {
    fc.assert(
      fc.property(totals, (values) => {
        const found = distribution(values);
        expect(found.buckets.reduce((sum, { students }) => sum + students, 0)).toBe(values.length);
        expect(found.buckets.length).toBeLessThanOrEqual(12);
        expect(found.buckets.at(-1)?.students).toBeGreaterThan(0);
        expect(found.buckets.at(-1)?.toMs).toBeGreaterThanOrEqual(found.highest ?? Infinity);
        expect(distribution([...values].reverse())).toEqual(found);
      }),
    );
  });
});
