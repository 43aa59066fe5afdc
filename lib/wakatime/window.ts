import { addDays, type DateString, localDate } from "@/lib/dates";

/** Local dates, both included. */
export type DateWindow = { from: DateString; to: DateString };

/** The last `days` local dates as a clock in `timeZone` has them at `asOf`, that day included. */
export function trailingWindow(asOf: Date, timeZone: string, days: number): DateWindow {
  const to = localDate(asOf, timeZone);
  return { from: addDays(to, 1 - days), to };
}
