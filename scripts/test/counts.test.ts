import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { playwrightCounts, vitestCounts } from "./counts";

const folder = mkdtempSync(join(tmpdir(), "cohort-counts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const report = (value: unknown) => {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(value));
  return file;
};
const vitest = { success: true, numPassedTests: 3, numFailedTests: 0, testResults: [] };

describe("the counts of the last line", () => {
  it("adds a test file that could not be loaded to the failures", () => {
    const broken = { status: "failed", assertionResults: [] };
    expect(vitestCounts(report({ ...vitest, testResults: [broken] }), 1)).toEqual({ passed: 3, failed: 1 });
  });

  it("never calls a run green that ended with a fault, left no report or ran nothing", () => {
    expect(vitestCounts(report(vitest), 0)).toEqual({ passed: 3, failed: 0 });
    expect(vitestCounts(report(vitest), 1)).toEqual({ passed: 3, failed: 1 });
    expect(vitestCounts(join(folder, "absent.json"), 0)).toEqual({ passed: 0, failed: 1 });
    expect(vitestCounts(report({ ...vitest, numPassedTests: 0 }), 0)).toEqual({ passed: 0, failed: 1 });
  });

  const journeys = (flaky: number, unexpected = 0) => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const second = Array.from({ length: flaky }, (_, index) => spec(`is late ${index + 1}`, "flaky"));
    const suites = [
      { title: "e2e/a.spec.ts", specs: [spec("is quick", "expected")], suites: [{ title: "a page", specs: second }] },
    ];
    return report({ stats: { expected: 4, unexpected, flaky }, errors: [], suites });
  };

  it("names the journeys that passed at their second try", () => {
    expect(playwrightCounts(journeys(0), 0)).toEqual({ passed: 4, failed: 0, flaky: [] });
    expect(playwrightCounts(journeys(2), 0)).toEqual({
      passed: 6,
      failed: 0,
      flaky: ["e2e/a.spec.ts › a page › is late 1", "e2e/a.spec.ts › a page › is late 2"],
    });
    expect(playwrightCounts(journeys(1, 1), 1)).toMatchObject({ passed: 5, failed: 1 });
  });

  it("fails a run in which three needed it", () => {
    const counts = playwrightCounts(journeys(3), 0);
    expect(counts).toMatchObject({ passed: 4, failed: 3 });
    expect(counts.flaky).toHaveLength(3);
  });
});
