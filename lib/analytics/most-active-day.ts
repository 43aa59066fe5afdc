import type { CodingDay } from "./coding-weeks";

/** The day with the most coding, of equal ones the latest; null without any coding. */
export function mostActiveDay(days: readonly CodingDay[]): CodingDay | null {
  let most: CodingDay | null = null;
  for (const day of days) {
    if (day.totalMs === 0) continue;
    if (!most || day.totalMs > most.totalMs || (day.totalMs === most.totalMs && day.date > most.date)) most = day;
  }
  return most;
}
