import type { Verdict } from "./bars";
import type { Figures } from "./figures";
import { SESSION_FLOOR } from "./targets";

/** The last but one is of the empty page, or of the bare handler. */
const COLUMNS = [
  "req/s",
  "p50 ms",
  "p95 ms",
  "p99 ms",
  "failed",
  "kB",
  "statements",
  "peak MB",
  "of yardstick",
  "with session",
];
const NAME_WIDTH = 32;
const LEAST_WIDTH = 8;

const whole = (value: number) => Math.round(value).toLocaleString("en");
const percent = (share: number | null) => (share === null ? "–" : `${(share * 100).toFixed(0)} %`);
const row = (name: string, cells: string[]) =>
  name.padEnd(NAME_WIDTH) +
  cells.map((cell, index) => cell.padStart(Math.max(LEAST_WIDTH, (COLUMNS[index]?.length ?? 0) + 2))).join("");

export function printLines(title: string, lines: Figures[]): void {
  console.log(`\n${row(title, COLUMNS)}`);
  for (const line of lines) {
    const { [SESSION_FLOOR]: ofSession = null, ...others } = line.shares;
    console.log(
      row(line.target, [
        line.perSecond < 100 ? line.perSecond.toFixed(1) : whole(line.perSecond),
        ...[line.p50, line.p95, line.p99].map((ms) => (ms < 10 ? ms.toFixed(1) : whole(ms))),
        whole(line.errors),
        line.kilobytes.toFixed(1),
        line.statements.toFixed(2),
        line.peakMb === null ? "–" : whole(line.peakMb),
        percent(Object.values(others)[0] ?? null),
        percent(ofSession),
      ]),
    );
  }
}

const MARKS = { true: "✓", false: "✗", null: "–" };

export function printVerdicts(verdicts: Verdict[]): void {
  console.log("");
  for (const { bar, measured, holds } of verdicts) console.log(`${MARKS[`${holds}`]} ${bar}: ${measured}`);
}
