/**
 * How long many things took, in a form that adds up over processes: a count for each step of a ladder that is as fine
 * as two digits, so that a percentile read from it is at most a sixth too high, mostly a tenth. Plain data, for it travels as JSON.
 */
export type Times = { count: number; sumMs: number; maxMs: number; steps: Record<number, number> };

const WITHIN_A_DECADE = [
  1, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.7, 3, 3.3, 3.6, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 9,
];
const FIRST_DECADE_EXPONENT = -1;
const DECADES = 6;

/** Upper ends of the steps in milliseconds, from 0.1 ms to 90 s; what takes longer is on one step more. */
export const STEP_ENDS_MS: readonly number[] = Array.from({ length: DECADES }, (_, decade) =>
  WITHIN_A_DECADE.map((digits) => Number((digits * 10 ** (decade + FIRST_DECADE_EXPONENT)).toPrecision(2))),
).flat();

export const noTimes = (): Times => ({ count: 0, sumMs: 0, maxMs: 0, steps: {} });

export function addTime(times: Times, ms: number): void {
  const step = stepOf(ms);
  times.steps[step] = (times.steps[step] ?? 0) + 1;
  times.count += 1;
  times.sumMs += ms;
  if (ms > times.maxMs) times.maxMs = ms;
}

/** The first step that ends at `ms` or later. */
function stepOf(ms: number): number {
  let low = 0;
  let high = STEP_ENDS_MS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((STEP_ENDS_MS[middle] as number) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All of them together; none of the given ones is changed. */
export function sumOfTimes(all: Iterable<Times>): Times {
  const sum = noTimes();
  for (const { count, sumMs, maxMs, steps } of all) {
    sum.count += count;
    sum.sumMs += sumMs;
    sum.maxMs = Math.max(sum.maxMs, maxMs);
    for (const [step, found] of Object.entries(steps)) {
      sum.steps[Number(step)] = (sum.steps[Number(step)] ?? 0) + found;
    }
  }
  return sum;
}

/** How many took at most `ms`, one of STEP_ENDS_MS. */
export function countUpTo(times: Times, ms: number): number {
  const last = stepOf(ms);
  let count = 0;
  for (const [step, found] of Object.entries(times.steps)) if (Number(step) <= last) count += found;
  return count;
}

/** What `share` (0 to 1) of them took at most, in milliseconds; null of none. */
export function percentileMs(times: Times, share: number): number | null {
  if (times.count === 0) return null;
  const rank = Math.max(1, Math.ceil(share * times.count));
  let seen = 0;
  for (const step of Object.keys(times.steps)
    .map(Number)
    .sort((a, b) => a - b)) {
    seen += times.steps[step] ?? 0;
    if (seen >= rank) return Math.min(STEP_ENDS_MS[step] ?? times.maxMs, times.maxMs);
  }
  return times.maxMs;
}

export const averageMs = ({ count, sumMs }: Times): number | null => (count === 0 ? null : sumMs / count);
