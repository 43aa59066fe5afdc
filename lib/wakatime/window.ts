import { addDays, type DateString, daysBetween, localDate } from "@/lib/dates";

/** Local dates, both included. */
export type DateWindow = { from: DateString; to: DateString };

/** The last `days` local dates as a clock in `timeZone` has them at `asOf`, that day included. */
export function trailingWindow(asOf: Date, timeZone: string, days: number): DateWindow {
  const to = localDate(asOf, timeZone);
  return { from: addDays(to, 1 - days), to };
}

/** WakaTime is slow over long ranges: one call asks for at most this many days. */
export const LONGEST_WINDOW_DAYS = 31;

/** A range as windows that one call can take, the newest first. */
export function windowsOf({ from, to }: DateWindow): DateWindow[] {
  const windows: DateWindow[] = [];
  for (let end = to; end >= from; ) {
    const start = addDays(end, 1 - LONGEST_WINDOW_DAYS);
    windows.push({ from: start > from ? start : from, to: end });
    end = addDays(start, -1);
  }
  return windows;
}

export const daysIn = ({ from, to }: DateWindow): number => Math.max(0, daysBetween(from, to) + 1);
