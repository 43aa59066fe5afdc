import { addDays, type DateString, daysBetween, earlier } from "@/lib/dates";
import type { CodingDay } from "./coding-weeks";

/** Coding time from which on a day counts. */
export const STREAK_MINUTES = 15;
/** As many days without data in a row a streak survives: as far back as a sync looks. */
export const STREAK_MISSING_DAYS = 14;

/** Days of the week, 1 (Monday) to 7, on which nobody has to code unless the academy says otherwise. */
export const DEFAULT_REST_DAYS: readonly number[] = [6, 7];

const STREAK_MS = STREAK_MINUTES * 60_000;
const A_MONDAY = "2024-01-01";

type Rules = {
  /** The student's calendar day, which is not over. */
  today: DateString;
  /** ISO days of the week. */
  restDays: readonly number[];
  holidays: readonly DateString[];
  /** Dates [from, to) on which the student was paused; `to` null means still. */
  paused?: readonly { from: DateString; to: DateString | null }[];
  /** The first date that was read, when there is data before it; null when everything was read. */
  readFrom?: DateString | null;
};

export type Streak = {
  /** How many days count; 0 without a streak. */
  days: number;
  /** The first and the last of them; null without a streak. */
  since: DateString | null;
  last: DateString | null;
  todayCounts: boolean;
  /** It goes back to the first date that was read, so it may be longer. */
  atLeast: boolean;
  /** Dates before today and after `last` without data: they may still add to it, or end it. */
  missing: number;
};

/** 1 (Monday) to 7 (Sunday). */
export const isoWeekday = (date: DateString): number => (((daysBetween(A_MONDAY, date) % 7) + 7) % 7) + 1;

/**
 * The days in a row, back from today, with 15 minutes of coding or more. Rest days, holidays, paused days and today
 * count when they have them, and are passed over when not. A date without data neither counts nor ends it, but more
 * than 14 of them in a row do; paused dates, which nobody asks for, are not among those.
 */
export function streak(days: readonly CodingDay[], rules: Rules): Streak {
  const { today, restDays, holidays, paused = [], readFrom = null } = rules;
  const byDate = new Map(days.map(({ date, totalMs }) => [date, totalMs]));
  const first = days.reduce<DateString>((min, { date }) => earlier(min, date), readFrom ?? today);
  const free = new Set(holidays);
  const isPaused = (date: DateString) => paused.some(({ from, to }) => date >= from && (to === null || date < to));
  const isNeutral = (date: DateString) => restDays.includes(isoWeekday(date)) || free.has(date);

  const todayCounts = (byDate.get(today) ?? 0) >= STREAK_MS;
  const counting = todayCounts ? [today] : [];
  let missingRun = 0;
  let missing = 0;
  let ended = false;
  for (let date = addDays(today, -1); date >= first && !ended; date = addDays(date, -1)) {
    const ms = byDate.get(date);
    if (ms !== undefined && ms >= STREAK_MS) counting.push(date);
    else if (isPaused(date)) continue;
    else if (ms === undefined) ended = ++missingRun > STREAK_MISSING_DAYS;
    else if (!isNeutral(date)) ended = true;
    if (ms !== undefined) missingRun = 0;
    else if (counting.length === 0) missing += 1;
  }
  return {
    days: counting.length,
    since: counting.at(-1) ?? null,
    last: counting[0] ?? null,
    todayCounts,
    atLeast: readFrom !== null && !ended && counting.length > 0,
    missing: counting.length === 0 ? 0 : missing,
  };
}
