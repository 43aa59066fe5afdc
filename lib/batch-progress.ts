import { type DateString, daysBetween } from "./dates";

type Dates = { startDate: DateString; endDate: DateString; today: DateString };

/** Which day of a batch it is, from 0 before its first to its length on and after its last, both inclusive. */
export function batchDay({ startDate, endDate, today }: Dates): { day: number; length: number } {
  const length = daysBetween(startDate, endDate) + 1;
  return { day: Math.min(Math.max(daysBetween(startDate, today) + 1, 0), length), length };
}
