const HOUR_MS = 3_600_000;
const STEPS_HOURS = [1, 2, 4, 6, 12, 24];
const MOST_STEPS = 5;

/** Whole hours for the axis of a chart, from zero to over `peakMs`, in milliseconds; never a scale without a height. */
export function hourTicks(peakMs: number): number[] {
  const hours = Math.max(1, Math.ceil(peakMs / HOUR_MS));
  const step = STEPS_HOURS.find((each) => hours / each <= MOST_STEPS) ?? Math.ceil(hours / MOST_STEPS / 24) * 24;
  const count = Math.ceil(hours / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step * HOUR_MS);
}
