import { describe, expect, it } from "vitest";
import { figuresOf, median, quantile, type Slice, shareOf } from "./figures";

const slice = (target: string, requests: number, more: Partial<Slice> = {}): Slice => ({
  target,
  server: "product",
  connections: 50,
  seconds: 2,
  requests,
  failed: 0,
  errors: 0,
  timeouts: 0,
  bytes: 0,
  statements: 0,
  sqlMs: 0,
  times: [],
  underWay: [],
  peakMb: null,
  poolShare: null,
  ...more,
});

describe("a measurement's arithmetic", () => {
  it("takes quantiles by nearest rank", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0, 0.5, 0.95, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 95, 99, 100]);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.5)).toBe(0);
    expect(median([9, 1, 4])).toBe(4);
    expect(median([1, 2, 4, 9])).toBe(3);
  });

  it("holds each stretch against the yardstick's before and after it", () => {
    // 40 of (100 + 60) / 2 is a half; 30 of 60 alone too; 9 of (60 + 30) / 2 is a fifth: the median is a half.
    const order = [
      slice("floor", 100),
      slice("page", 40),
      slice("floor", 60),
      slice("page", 9),
      slice("floor", 30),
      slice("page", 15),
    ];
    expect(shareOf(order, "page", "floor")).toBe(0.5);
    expect(shareOf(order, "page", "another")).toBeNull();
  });

  it("counts only good answers as throughput, and every other as an error", () => {
    const line = figuresOf(
      [
        slice("page", 100, {
          failed: 20,
          timeouts: 1,
          times: [30, 10],
          bytes: 200_000,
          statements: 150,
          sqlMs: 300,
          peakMb: 400,
        }),
        slice("page", 100, { errors: 2, times: [20], bytes: 100_000, statements: 50, sqlMs: 100, peakMb: 350 }),
      ],
      { floor: 0.5 },
    );
    expect(line).toMatchObject({ perSecond: 45, errors: 23, timeouts: 1, p50: 20, longest: 30, kilobytes: 1.5 });
    expect(line).toMatchObject({ statements: 1, statementMs: 2, peakMb: 400, shares: { floor: 0.5 } });
  });

  it("knows no share of a yardstick that answered nothing", () => {
    expect(shareOf([slice("floor", 0), slice("page", 40), slice("floor", 0)], "page", "floor")).toBeNull();
  });

  it("counts who still waits at the end as late, once that was longer than most waited", () => {
    const line = figuresOf([slice("page", 3, { errors: 1, times: [10, 20, 30], underWay: [5, 19, 900, 950] })]);
    // Of 10, 20, 30, 900 and 950.
    expect(line).toMatchObject({ p50: 30, p95: 950, longest: 950, requests: 3, asked: 4 });
    expect(figuresOf([slice("page", 0, { underWay: [2_000, 1_900] })])).toMatchObject({
      p50: 1_900,
      requests: 0,
    });
  });
});
