/** The value below which `share` (0 to 1) of the sorted numbers lie, by nearest rank; 0 of none. */
export function quantile(sorted: number[], share: number): number {
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? 0;
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** Which of the servers of a run answers. */
export type Server = "product" | "unshared" | "floor" | "bare";

export const isProduct = (server: Server): boolean => server === "product" || server === "unshared";

/** What one stretch of load showed. Times are milliseconds, `bytes` all that came over the wire. */
export type Slice = {
  target: string;
  server: Server;
  connections: number;
  seconds: number;
  requests: number;
  /** Answers that were neither 2xx nor the 304 that was asked for. */
  failed: number;
  errors: number;
  timeouts: number;
  bytes: number;
  statements: number;
  sqlMs: number;
  times: number[];
  /** How long those had waited that had no answer when the stretch ended. */
  underWay: number[];
  peakMb: number | null;
  /** Mean share of the product's connections to Postgres in use; null where there is no such pool, or it did not tell. */
  poolShare: number | null;
};

/** All stretches of one target at one number of connections. */
export type Figures = {
  target: string;
  server: Server;
  connections: number;
  /** Answers of every kind. */
  requests: number;
  /** These, and what broke or was given up before it had one. */
  asked: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  longest: number;
  /** Answers that were not 2xx, broken connections and timeouts. */
  errors: number;
  timeouts: number;
  kilobytes: number;
  statements: number;
  /** Mean of one statement, waits for a connection not counted; null without statements. */
  statementMs: number | null;
  peakMb: number | null;
  poolShare: number | null;
  /** Of each yardstick that ran beside it. */
  shares: Record<string, number | null>;
};

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const perSecond = (slice: Slice) => (slice.requests - slice.failed) / slice.seconds;

/** One line of the table; `slices` are of one target at one number of connections. */
export function figuresOf(slices: Slice[], shares: Figures["shares"] = {}): Figures {
  const [first] = slices;
  if (!first) throw new Error("No stretch of load to sum up.");
  const answered = slices.flatMap((slice) => slice.times).sort((a, b) => a - b);
  const usual = quantile(answered, 0.5);
  // Who waited longer than most when the stretch ended is as late as that at least; of the others nothing is known.
  const late = slices.flatMap((slice) => slice.underWay).filter((ms) => ms > usual);
  const times = [...answered, ...late].sort((a, b) => a - b);
  const requests = sum(slices.map((slice) => slice.requests));
  const statements = sum(slices.map((slice) => slice.statements));
  const most = (values: (number | null)[]) => {
    const told = values.filter((value) => value !== null);
    return told.length === 0 ? null : Math.max(...told);
  };
  return {
    target: first.target,
    server: first.server,
    connections: first.connections,
    requests,
    asked: requests + sum(slices.map((slice) => slice.errors + slice.timeouts)),
    perSecond: sum(slices.map((slice) => slice.requests - slice.failed)) / sum(slices.map((slice) => slice.seconds)),
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    longest: times.at(-1) ?? 0,
    errors: sum(slices.map((slice) => slice.failed + slice.errors + slice.timeouts)),
    timeouts: sum(slices.map((slice) => slice.timeouts)),
    kilobytes: requests === 0 ? 0 : sum(slices.map((slice) => slice.bytes)) / requests / 1000,
    statements: requests === 0 ? 0 : statements / requests,
    statementMs: statements === 0 ? null : sum(slices.map((slice) => slice.sqlMs)) / statements,
    peakMb: most(slices.map((slice) => slice.peakMb)),
    poolShare: most(slices.map((slice) => slice.poolShare)),
    shares,
  };
}

/**
 * The target's throughput as a share of its yardstick's. Each stretch is held against the yardstick's stretches right
 * before and after it, as machines do not stay as fast as they are; the median of those ratios. Null without either, and
 * where the yardstick itself answered nothing.
 */
export function shareOf(inOrder: Slice[], target: string, yardstick: string): number | null {
  const ratios = inOrder.flatMap((slice, index) => {
    if (slice.target !== target) return [];
    const before = inOrder.slice(0, index).findLast((each) => each.target === yardstick);
    const after = inOrder.slice(index + 1).find((each) => each.target === yardstick);
    const beside = [before, after].filter((each) => each !== undefined).map(perSecond);
    return sum(beside) === 0 ? [] : [perSecond(slice) / (sum(beside) / beside.length)];
  });
  return ratios.length === 0 ? null : median(ratios);
}
