import { addDays, type DateString, localDate, localTime } from "@/lib/dates";
import { datesOfRule, previewDates, USUAL } from "@/lib/demo-sessions/weekly-rule";

/** What is known of the days to come. */
export type Known = Parameters<typeof previewDates>[1];

const YEAR_WEEKS = 52;

/** Today, as long as the time of day has not come where the session is held. */
export const firstDay = (timeZone: string, time: string, now: Date): DateString => {
  const today = localDate(now, timeZone);
  return localTime(now, timeZone) < time ? today : addDays(today, 1);
};

/**
 * The next Friday that is no holiday and has no session, neither one that was cancelled. With a year of them taken, the
 * first one all the same.
 */
export function nextFreeDate(known: Known, timeZone: string, now: Date): DateString {
  const from = firstDay(timeZone, USUAL.time, now);
  const dates = datesOfRule(USUAL.weekday, from, YEAR_WEEKS);
  const free = previewDates(dates, known).find(({ verdict, why }) => verdict === "new" && why === null);
  return free?.date ?? dates[0] ?? from;
}
