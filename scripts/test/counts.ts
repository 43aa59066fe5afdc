import { readJson } from "../home/home";

export type Counts = { passed: number; failed: number };

/** A stage that is one check rather than many tests. */
export const oneCheck = (ok: boolean): Counts => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

type VitestReport = {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/** Tests of a vitest JSON report. A file that could not even be loaded counts as one failure. */
export function vitestCounts(file: string, exitCode: number): Counts {
  const report = readReport<VitestReport>(file);
  if (!report) return oneCheck(false);
  const broken = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  );
  return settle({ passed: report.numPassedTests, failed: report.numFailedTests + broken.length }, exitCode);
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] };

/** Tests of a Playwright JSON report. One that needed a second try is not counted as passed. */
export function playwrightCounts(file: string, exitCode: number): Counts {
  const report = readReport<PlaywrightReport>(file);
  if (!report) return oneCheck(false);
  const { expected, unexpected, flaky } = report.stats;
  return settle({ passed: expected, failed: unexpected + flaky + report.errors.length }, exitCode);
}

/** Whatever the report says, a run that ended with a fault has failed at least once, and so has one without a test. */
function settle({ passed, failed }: Counts, exitCode: number): Counts {
  const wrong = exitCode !== 0 || passed + failed === 0;
  return { passed, failed: wrong && failed === 0 ? 1 : failed };
}

function readReport<T>(file: string): T | null {
  try {
    return readJson<T>(file);
  } catch {
    return null;
  }
}
