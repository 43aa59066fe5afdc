import { readJson } from "../home/home";

/** `flaky` names the journeys that passed at their second try only. */
export type Counts = { passed: number; failed: number; flaky?: string[] };

/** So many journeys of a run may need a second try. Chance hits one now and then, and a fault hits more. */
export const MOST_FLAKY = 2;

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

type Suite = {
  title: string;
  specs?: { title: string; tests: { status: string }[] }[];
  suites?: Suite[];
};

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
  suites: Suite[];
};

/** Journeys that passed at their second try, each by its file and titles. */
function flakyOf({ title, specs = [], suites = [] }: Suite): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === "flaky")).map((spec) => spec.title);
  return [...own, ...suites.flatMap(flakyOf)].map((name) => `${title} › ${name}`);
}

/**
 * Journeys of a Playwright JSON report. One that passed at its second try has passed, and is named; where more than
 * `MOST_FLAKY` needed it, all of them have failed.
 */
export function playwrightCounts(file: string, exitCode: number): Counts {
  const report = readReport<PlaywrightReport>(file);
  if (!report) return oneCheck(false);
  const { expected, unexpected, flaky } = report.stats;
  const tooMany = flaky > MOST_FLAKY;
  const passed = expected + (tooMany ? 0 : flaky);
  const failed = unexpected + (tooMany ? flaky : 0) + report.errors.length;
  return { ...settle({ passed, failed }, exitCode), flaky: report.suites.flatMap(flakyOf) };
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
