/**
 * Coding time per day in milliseconds: the period's total divided by the number of its dates that have a row. A row of
 * zero counts, an absent day does not; without any row there is no average, which is not zero.
 */
export const dailyAverageMs = (totalMs: number | null, daysWithRow: number): number | null =>
  totalMs === null || daysWithRow === 0 ? null : Math.round(totalMs / daysWithRow);
