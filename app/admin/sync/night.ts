import { addDays, type DateString, localDate } from "@/lib/dates";
import { NIGHTLY_TIME } from "@/lib/jobs/nightly";

/** From the start of the nightly sync, 23:30, until people come in at 06:30. */
export const NIGHT_HOURS = 7;

/** The date of the next nightly sync: today's as long as clocks in the academy's zone are before its time. */
export function nextNight(now: Date, timeZone: string): DateString {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const today = localDate(now, timeZone);
  return clock.format(now) < NIGHTLY_TIME ? today : addDays(today, 1);
}

/** How many hours one call for each of so many users takes. */
export const hoursFor = (users: number, requestsPerSecond: number): number => users / requestsPerSecond / 3600;
