import { addDays, type DateString, daysBetween } from "@/lib/dates";

/** A day that has a row: its coding time in milliseconds, which may be zero. */
export type CodingDay = { date: DateString; totalMs: number };

export type CodingWeek = { monday: DateString; totalMs: number; daysWithRow: number; daysWithCoding: number };

const A_MONDAY = "2024-01-01";

/** The Monday of a day's week. Calendar arithmetic only: no zone, so no hour that is missing or comes twice. */
export const mondayOf = (date: DateString): DateString => addDays(date, -(((daysBetween(A_MONDAY, date) % 7) + 7) % 7));

/** Days condensed to weeks from Monday to Sunday, the oldest first; a week without any row is not there. */
export function codingWeeks(days: readonly CodingDay[]): CodingWeek[] {
  const weeks = new Map<DateString, CodingWeek>();
  for (const { date, totalMs } of days) {
    const monday = mondayOf(date);
    const week = weeks.get(monday) ?? { monday, totalMs: 0, daysWithRow: 0, daysWithCoding: 0 };
    weeks.set(monday, {
      monday,
      totalMs: week.totalMs + totalMs,
      daysWithRow: week.daysWithRow + 1,
      daysWithCoding: week.daysWithCoding + (totalMs > 0 ? 1 : 0),
    });
  }
  return [...weeks.values()].sort((a, b) => (a.monday < b.monday ? -1 : 1));
}

/** The times of all dates from `from` to `to`, in their order: null for a date without a row. */
export function dailyTimes(days: readonly CodingDay[], from: DateString, to: DateString): (number | null)[] {
  const times = Array<number | null>(Math.max(0, daysBetween(from, to) + 1)).fill(null);
  for (const { date, totalMs } of days) if (date >= from && date <= to) times[daysBetween(from, date)] = totalMs;
  return times;
}

/** A period's own number: the sum, how many of its dates have a row, and on how many there was coding. */
export function codingTotal(days: readonly CodingDay[], from: DateString, to: DateString) {
  const within = days.filter(({ date }) => date >= from && date <= to);
  return {
    totalMs: within.length === 0 ? null : within.reduce((sum, { totalMs }) => sum + totalMs, 0),
    daysWithRow: within.length,
    daysWithCoding: within.filter(({ totalMs }) => totalMs > 0).length,
  };
}
