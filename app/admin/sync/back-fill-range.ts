import { type DateString, daysBetween } from "@/lib/dates";

const BACK_FILL_YEARS = 5;

const IS_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A day that the calendar has: 2026-02-30 reads as another one, 2026-13-01 as none. */
function isDate(value: string): boolean {
  const time = IS_DATE.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
}

/** The day so many years before: 28 February where 29 February has no counterpart. */
export function yearsBefore(date: DateString, years: number): DateString {
  const earlier = `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;
  return isDate(earlier) ? earlier : earlier.replace(/-29$/, "-28");
}

/** What is wrong with a range of past days, by field; nothing when it may be filled. */
export function backFillFaults(from: string, to: string, today: DateString): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!isDate(from)) faults.from = "Please give the first day.";
  else if (from > today) faults.from = "This day has not come yet.";
  else if (from < yearsBefore(today, BACK_FILL_YEARS)) faults.from = `At most ${BACK_FILL_YEARS} years back.`;
  if (!isDate(to)) faults.to = "Please give the last day.";
  else if (to > today) faults.to = "This day has not come yet.";
  else if (isDate(from) && daysBetween(from, to) < 0) faults.to = "The last day is before the first one.";
  return faults;
}
