import type { DateString } from "@/lib/dates";

/** A month of the calendar, as `2026-11`. */
export type MonthString = string;

/** The last `count` months up to the one that `today` is in, the oldest first. */
export function monthsUpTo(today: DateString, count: number): MonthString[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const last = year * 12 + month - 1;
  return Array.from({ length: count }, (_, index) => {
    const at = last - count + 1 + index;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}

/** The first and the last day of a month. */
export function monthDays(month: MonthString): { from: DateString; to: DateString } {
  const [year = 0, ordinal = 1] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, ordinal, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${last}` };
}
