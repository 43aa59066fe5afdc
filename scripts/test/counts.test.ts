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

  it("counts a journey that needed a second try as failed", () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1 };
    expect(playwrightCounts(report({ stats, errors: [] }), 1)).toEqual({ passed: 4, failed: 2 });
  });
});
