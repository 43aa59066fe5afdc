/** A step of the histogram: from `from` up to, not including, `to`; the last one includes its end. */
export type Bucket = { fromMs: number; toMs: number; students: number };

export type Distribution = {
  students: number;
  lowest: number | null;
  quarter: number | null;
  median: number | null;
  threeQuarters: number | null;
  highest: number | null;
  mean: number | null;
  buckets: Bucket[];
};

const HOUR_MS = 3_600_000;
const STEPS_HOURS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000];
const MOST_BUCKETS = 12;

/** Between two values in proportion, as percentile_cont does. `sorted` rises and is not empty. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** Whole hours that people count in: the smallest step that needs twelve buckets at most. */
function stepFor(highest: number): number {
  const hours = STEPS_HOURS.find((step) => highest <= step * HOUR_MS * MOST_BUCKETS);
  return (hours ?? Math.ceil(highest / HOUR_MS / MOST_BUCKETS)) * HOUR_MS;
}

/** How totals spread, whatever their order: quartiles, and a histogram from zero in even steps. */
export function distribution(totals: readonly number[]): Distribution {
  const sorted = [...totals].sort((a, b) => a - b);
  const highest = sorted.at(-1);
  if (highest === undefined) {
    return {
      students: 0,
      lowest: null,
      quarter: null,
      median: null,
      threeQuarters: null,
      highest: null,
      mean: null,
      buckets: [],
    };
  }
  const step = stepFor(highest);
  const buckets: Bucket[] = Array.from({ length: Math.max(1, Math.ceil(highest / step)) }, (_, index) => ({
    fromMs: index * step,
    toMs: (index + 1) * step,
    students: 0,
  }));
  for (const total of sorted) {
    const bucket = buckets[Math.min(Math.floor(total / step), buckets.length - 1)];
    if (bucket) bucket.students += 1;
  }
  return {
    students: sorted.length,
    lowest: sorted[0] ?? null,
    quarter: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    threeQuarters: quantile(sorted, 0.75),
    highest,
    mean: sorted.reduce((sum, each) => sum + each, 0) / sorted.length,
    buckets,
  };
}
