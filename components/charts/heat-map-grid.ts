import { addDays, type DateString, daysBetween } from "@/lib/dates";

/** `ms` null: no data, which is not zero. `blank`: not the student's yet, or still to come. */
export type HeatMapCell = { date: DateString; blank: boolean; ms: number | null };
export type HeatMapWeek = { monday: DateString; cells: HeatMapCell[] };

type Facts = {
  days: readonly { date: DateString; totalMs: number }[];
  /** The last day that is drawn. */
  today: DateString;
  /** Days before it are blank; null leaves everything blank. */
  firstDay: DateString | null;
  weeks: number;
};

const HOUR_MS = 3_600_000;
const A_MONDAY = "2024-01-01";

/** What the colours stand for; a level is the place in this list. */
export const HEAT_LEVELS = [
  { under: 1, label: "0 min" },
  { under: HOUR_MS, label: "under 1 h" },
  { under: 2 * HOUR_MS, label: "1–2 h" },
  { under: 4 * HOUR_MS, label: "2–4 h" },
  { under: Number.POSITIVE_INFINITY, label: "4 h and more" },
] as const;

export const heatLevel = (ms: number): number => HEAT_LEVELS.findIndex(({ under }) => ms < under);

/** Whole weeks from Monday to Sunday, the last one being today's. */
export function heatMapGrid({ days, today, firstDay, weeks }: Facts): HeatMapWeek[] {
  const byDate = new Map(days.map(({ date, totalMs }) => [date, totalMs]));
  const weekday = ((daysBetween(A_MONDAY, today) % 7) + 7) % 7;
  const first = addDays(today, -weekday - (weeks - 1) * 7);
  return Array.from({ length: weeks }, (_, week) => {
    const monday = addDays(first, week * 7);
    const cells = Array.from({ length: 7 }, (_, day): HeatMapCell => {
      const date = addDays(monday, day);
      const blank = date > today || firstDay === null || date < firstDay;
      return { date, blank, ms: blank ? null : (byDate.get(date) ?? null) };
    });
    return { monday, cells };
  });
}

export type Direction = "up" | "down" | "left" | "right" | "first" | "last";
type Place = { week: number; day: number };

/**
 * The cell one step away, or the first or last one of all; where no day is drawn the focus stays. Down from a Sunday is
 * the Monday after it, so that a person can walk through the year day by day.
 */
export function stepInGrid(grid: readonly HeatMapWeek[], { week, day }: Place, direction: Direction): Place {
  const index = week * 7 + day;
  const last = grid.length * 7 - 1;
  const isDrawn = (at: number) => grid[Math.floor(at / 7)]?.cells[at % 7]?.blank === false;
  const places = Array.from({ length: last + 1 }, (_, at) => at).filter(isDrawn);
  const target = {
    up: index - 1,
    down: index + 1,
    left: index - 7,
    right: index + 7,
    first: places[0] ?? index,
    last: places.at(-1) ?? index,
  }[direction];
  const reached = target >= 0 && target <= last && isDrawn(target) ? target : index;
  return { week: Math.floor(reached / 7), day: reached % 7 };
}

type Box = { left: number; right: number; top: number; bottom: number };
const beyond = (at: number, from: number, to: number) => Math.max(from - at, 0, at - to);

/** What lies nearest to a point: a finger is wider than a day. */
export function nearestTo<T>({ x, y }: { x: number; y: number }, boxes: Iterable<readonly [T, Box]>): T | undefined {
  let nearest: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [each, { left, right, top, bottom }] of boxes) {
    const distance = Math.hypot(beyond(x, left, right), beyond(y, top, bottom));
    if (distance < least) [nearest, least] = [each, distance];
  }
  return nearest;
}
