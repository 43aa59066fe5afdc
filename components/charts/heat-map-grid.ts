import { type CodingWeek, dailyTimes, mondayOf } from "@/lib/analytics/coding-weeks";
import { addDays, type DateString, daysBetween } from "@/lib/dates";

type Facts = {
  days: readonly { date: DateString; totalMs: number }[];
  /** The last day that is drawn. */
  today: DateString;
  /** Days before it are blank; null leaves everything blank. */
  firstDay: DateString | null;
  weeks: number;
};

/**
 * A map of whole weeks from Monday to Sunday. The place of a day is its distance from `monday`, so a week is seven places
 * and the day of the week is the rest. `times` are those of `first` and the days after it, the last one being today's:
 * null is no data, which is not zero. Whatever lies before and after is blank.
 */
export type HeatMapGrid = { monday: DateString; weeks: number; first: number; times: (number | null)[] };

const HOUR_MS = 3_600_000;

/** What the colours stand for; a level is the place in this list. */
export const HEAT_LEVELS = [
  { under: 1, label: "0 min" },
  { under: HOUR_MS, label: "under 1 h" },
  { under: 2 * HOUR_MS, label: "1–2 h" },
  { under: 4 * HOUR_MS, label: "2–4 h" },
  { under: Number.POSITIVE_INFINITY, label: "4 h and more" },
] as const;

export const heatLevel = (ms: number): number => HEAT_LEVELS.findIndex(({ under }) => ms < under);

export const dateAt = ({ monday }: Pick<HeatMapGrid, "monday">, place: number): DateString => addDays(monday, place);
export const lastOf = ({ first, times }: Pick<HeatMapGrid, "first" | "times">): number => first + times.length - 1;

/** The last week is today's. */
export function heatMapGrid({ days, today, firstDay, weeks }: Facts): HeatMapGrid {
  const monday = addDays(mondayOf(today), -7 * (weeks - 1));
  const last = daysBetween(monday, today);
  const first = firstDay === null ? last + 1 : Math.min(last + 1, Math.max(0, daysBetween(monday, firstDay)));
  return { monday, weeks, first, times: dailyTimes(days, addDays(monday, first), today) };
}

/** The same weeks as numbers, the oldest first; a week without any row is not there. */
export function gridWeeks(grid: HeatMapGrid): CodingWeek[] {
  return Array.from({ length: grid.weeks }, (_, week) => week * 7).flatMap((monday) => {
    const from = monday - grid.first;
    const rows = grid.times.slice(Math.max(0, from), Math.max(0, from + 7)).filter((ms) => ms !== null);
    if (rows.length === 0) return [];
    return {
      monday: dateAt(grid, monday),
      totalMs: rows.reduce((sum, ms) => sum + ms, 0),
      daysWithRow: rows.length,
      daysWithCoding: rows.filter((ms) => ms > 0).length,
    };
  });
}

const STEPS = { up: -1, down: 1, left: -7, right: 7, pageUp: -28, pageDown: 28 };
export type Direction = keyof typeof STEPS | "first" | "last";

/**
 * The place one step away, or the first or last one; where no day is drawn one stays. Down from a Sunday is the Monday
 * after it, so that a person can walk through the year day by day.
 */
export function stepInGrid(grid: Pick<HeatMapGrid, "first" | "times">, place: number, direction: Direction): number {
  const last = lastOf(grid);
  if (direction === "first" || direction === "last") return direction === "first" ? grid.first : last;
  const target = place + STEPS[direction];
  return target < grid.first || target > last ? place : target;
}
