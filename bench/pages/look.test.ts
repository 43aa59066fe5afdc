import { expect, it } from "vitest";
import { type Look, medianOf } from "./look";

const look = (performance: number, faults: string[]): Look => ({
  performance,
  accessibility: 100,
  bestPractices: 100,
  largestPaintMs: 400,
  blockedMs: 0,
  scriptKb: 170,
  scripts: 12,
  pageKb: 15,
  elements: 500,
  faults,
});

it("takes the median of each number, and the faults that most looks found", () => {
  const found = medianOf([
    look(90, ["speed-index (3 s)"]),
    look(99, ["speed-index (2 s)", "total-blocking-time (200 ms)"]),
    look(97, []),
  ]);
  expect(found).toMatchObject({ performance: 97, scriptKb: 170, faults: ["speed-index (3 s)"] });
  expect(medianOf([])).toBeNull();
});
