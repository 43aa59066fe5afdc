import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shares } from "./shares";

const parts = (...all: number[]) => all.map((ms) => ({ ms }));

describe("shares", () => {
  it.each([
    [parts(145, 140), 285, [51, 49]],
    // Three thirds: the one that is missing goes to the first.
    [parts(1, 1, 1), 3, [34, 33, 33]],
    [parts(29, 71), 100, [29, 71]],
    [parts(57, 43), 100, [57, 43]],
    [parts(0, 5), 5, [0, 100]],
    [parts(999, 1), 1000, [100, 0]],
    // What the parts leave of the total has its share, too: half of it here.
    [parts(1, 1), 4, [25, 25]],
    [parts(1, 1, 1), 6, [17, 17, 16]],
    [parts(0, 0), 0, [0, 0]],
    [[], 0, []],
  ])("%j of %i are %j", (of, total, expected) => expect(shares(of, total)).toEqual(expected));

  it("add up to 100, are never more than one off, and larger parts never have the smaller share", () => {
    const ms = fc.integer({ min: 0, max: 400 * 90_000_000 });
    fc.assert(
      fc.property(fc.array(ms, { minLength: 1, maxLength: 12 }), (all) => {
        const total = all.reduce((sum, each) => sum + each, 0);
        fc.pre(total > 0);
        const found = shares(parts(...all), total);
        expect(found.reduce((sum, each) => sum + each, 0)).toBe(100);
        for (const [index, percent] of found.entries()) {
          expect(Math.abs(percent - ((all[index] ?? 0) * 100) / total)).toBeLessThan(1);
          for (const [other, its] of found.entries()) {
            if ((all[index] ?? 0) > (all[other] ?? 0)) expect(percent).toBeGreaterThanOrEqual(its);
          }
        }
      }),
    );
  });

  it("with a rest add up to 100 together with it", () => {
    const ms = fc.integer({ min: 0, max: 10_000_000_000 });
    fc.assert(
      fc.property(fc.array(ms, { maxLength: 10 }), fc.integer({ min: 1, max: 10_000_000_000 }), (all, rest) => {
        const total = all.reduce((sum, each) => sum + each, rest);
        const named = shares(parts(...all), total);
        const whole = shares(parts(...all, rest), total);
        expect(whole.slice(0, -1)).toEqual(named);
        expect(whole.reduce((sum, each) => sum + each, 0)).toBe(100);
      }),
    );
  });
});
