import { type Figures, isProduct } from "./figures";
import { BARE_DASHBOARD, FLOOR, SESSION_FLOOR, unshared } from "./targets";

/** `holds` is null where the run could not tell. */
export type Verdict = { bar: string; measured: string; holds: boolean | null };

export type Facts = {
  lines: Figures[];
  /** The same at 500 connections, for long enough that a client of 10 seconds gives up. */
  crowd: Figures[];
  cores: number;
};

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
const whole = (value: number) => Math.round(value).toLocaleString("en");

/**
 * Section 10: share of the yardstick's throughput that a target has to reach. Its empty page has the session check;
 * how much more the page without one answers is told beside, by the same bar.
 */
const SHARES = [
  ...[SESSION_FLOOR, FLOOR].flatMap((floor) => [
    ["dashboard", floor, 0.75] as const,
    ["users", floor, 0.75] as const,
    [unshared("dashboard"), floor, 0.6] as const,
    [unshared("users"), floor, 0.6] as const,
  ]),
  [unshared("JSON dashboard"), BARE_DASHBOARD, 0.5] as const,
];
/** The audit's times at 50 connections, milliseconds. */
const AUDIT_MS = [
  ["dashboard", 400],
  ["users", 600],
  ["WakaTime today", 1_000],
  ["demo sessions (staff)", 300],
  ["demo sessions (student)", 300],
] as const;
/** One, and two for each of the five newest students: the one page of the old system whose number is known. */
const OLD_DASHBOARD_STATEMENTS = 11;
const FEWER_BY = 0.7;
/** One for the data and one for the session; the student page reads its timeline beside. */
const HOT_STATEMENTS = ["dashboard", "users", "demo sessions (staff)", "demo sessions (student)", "portal overview"];
const MEMO_RATE = 1_000;
const MEAN_STATEMENT_MS = 50;
const POOL_SHARE = 0.8;
const ERROR_SHARE = 0.01;
const MANY = 500;

/** A line that no good answer came to says nothing good, whatever its figures are. */
const wasAnswered = ({ requests, perSecond }: Figures) => requests > 0 && perSecond > 0;

/** Every bar of section 10 that a load can tell, and the audit's own targets. */
export function judge({ lines, crowd, cores }: Facts): Verdict[] {
  const at = (target: string, connections = 50) =>
    lines.find((line) => line.target === target && line.connections === connections);
  const verdict = (
    bar: string,
    found: Figures | undefined,
    holds: (line: Figures) => boolean,
    say: (line: Figures) => string,
  ): Verdict => {
    if (!found) return { bar, measured: "not measured", holds: null };
    if (!wasAnswered(found)) return { bar, measured: `none of ${whole(found.asked)} answered`, holds: false };
    return { bar, measured: say(found), holds: holds(found) };
  };

  const shares = SHARES.map(([target, yardstick, least]) => {
    const bar = `${target}: at least ${percent(least)} of the ${yardstick}`;
    const line = at(target);
    const share = line?.shares[yardstick] ?? null;
    if (line && share === null) return { bar, measured: "its yardstick was not measured", holds: null };
    return verdict(
      bar,
      line,
      () => (share ?? 0) >= least,
      () => percent(share ?? 0),
    );
  });
  const memo = verdict(
    `JSON dashboard: at least ${whole(MEMO_RATE)} requests/s on two cores`,
    at("JSON dashboard"),
    ({ perSecond }) => perSecond >= MEMO_RATE,
    ({ perSecond }) => `${whole(perSecond)}/s on ${cores}`,
  );
  const statements = HOT_STATEMENTS.map((target) =>
    verdict(
      `${target}: at most 2 statements`,
      at(target),
      // Whoever is refused costs no statement.
      (line) => line.errors === 0 && line.statements <= 2,
      (line) => line.statements.toFixed(2) + (line.errors === 0 ? "" : `, ${whole(line.errors)} failed`),
    ),
  );
  const fewer = verdict(
    `audit: dashboard with ${percent(FEWER_BY)} fewer statements than the old system's ${OLD_DASHBOARD_STATEMENTS}`,
    at("dashboard"),
    (line) => line.errors === 0 && line.statements <= OLD_DASHBOARD_STATEMENTS * (1 - FEWER_BY),
    (line) => `${percent(1 - line.statements / OLD_DASHBOARD_STATEMENTS)} fewer`,
  );
  const times = AUDIT_MS.map(([target, most]) =>
    verdict(
      `audit: ${target} under ${most} ms at 50 connections (95 of 100)`,
      at(target),
      (line) => line.errors === 0 && line.p95 < most,
      (line) => `p50 ${whole(line.p50)} ms, p95 ${whole(line.p95)} ms`,
    ),
  );
  const crowded = crowd.map((line) =>
    verdict(
      `${MANY} connections, ${line.target}: every answer 2xx, no timeout`,
      line,
      ({ errors }) => errors === 0,
      ({ errors, asked, longest }) => `${errors} of ${whole(asked)} failed, longest ${whole(longest)} ms`,
    ),
  );
  return [...shares, memo, ...statements, ...crowded, ...times, fewer, ...overall(lines, crowd)];
}

function overall(lines: Figures[], crowd: Figures[]): Verdict[] {
  const product = [...lines, ...crowd].filter((line) => isProduct(line.server));
  const timed = product.filter((line) => line.connections === 50 && lines.includes(line));
  const sent = timed.reduce((sum, line) => sum + line.statements * line.requests, 0);
  const spent = timed.reduce((sum, line) => sum + (line.statementMs ?? 0) * line.statements * line.requests, 0);
  const mean = sent === 0 ? null : spent / sent;
  const silent = timed.length > 0 && !timed.some(wasAnswered);
  const pool = fullest(timed.filter(({ server }) => server === "product"));
  const unsharedPool = fullest(timed.filter(({ server }) => server === "unshared"));
  const asked = product.reduce((sum, line) => sum + line.asked, 0);
  const failed = product.reduce((sum, line) => sum + line.errors, 0);
  const best = Math.max(0, ...product.map((line) => line.perSecond));
  return [
    {
      bar: `audit: a statement below ${MEAN_STATEMENT_MS} ms on average, waits for a connection not counted`,
      measured: mean === null ? "not measured" : `${mean.toFixed(1)} ms`,
      holds: silent ? false : mean === null ? null : mean < MEAN_STATEMENT_MS,
    },
    {
      bar: `audit: pool utilization below ${percent(POOL_SHARE)} at 50 connections, where it is highest`,
      measured: pool === null ? "not measured" : poolWords(pool, unsharedPool),
      holds: silent ? false : pool === null ? null : pool < POOL_SHARE,
    },
    {
      bar: `audit: under ${percent(ERROR_SHARE)} errors`,
      measured: product.length === 0 ? "not measured" : `${whole(failed)} of ${whole(asked)}`,
      holds: product.length === 0 ? null : asked > 0 && failed / asked < ERROR_SHARE,
    },
    {
      bar: `audit: more than ${whole(MEMO_RATE)} requests/s`,
      measured: `${whole(best)}/s at best`,
      holds: product.length === 0 ? null : best > MEMO_RATE,
    },
    {
      bar: `audit: more than ${MANY} concurrent users`,
      measured: crowd.length === 0 ? "not measured" : `${MANY} at once`,
      holds: crowd.length === 0 ? null : crowd.every((line) => wasAnswered(line) && line.errors === 0),
    },
  ];
}

function fullest(lines: Figures[]): number | null {
  const shares = lines.map(({ poolShare }) => poolShare).filter((share) => share !== null);
  return shares.length === 0 ? null : Math.max(...shares);
}

/** The bar is the product's as it runs; with nothing shared a full pool is what is measured, and is told. */
const poolWords = (pool: number, unsharedPool: number | null) =>
  percent(pool) + (unsharedPool === null ? "" : ` (${percent(unsharedPool)} with nothing shared)`);
