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
