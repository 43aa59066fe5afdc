import { type DateString, localDate } from "@/lib/dates";
import { TICK_MINUTES } from "./contracts";

/** The nightly sync starts when clocks in the academy's zone show this. */
export const NIGHTLY_TIME = "23:30";
/** A night that no tick saw, because nothing was running, is made good within this time. */
const CATCH_UP_HOURS = 6;

const TICK_MS = TICK_MINUTES * 60_000;
const DATE_CHARS = "YYYY-MM-DD".length;

function timeFormatter(timeZone: string): (instant: Date) => string {
  const options = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const formatter = new Intl.DateTimeFormat("en-GB", options);
  return (instant) => formatter.format(instant);
}

/** The night that begins in the half hour up to `tick`, by its local date; null when none does. */
function nightStartingAt(tick: Date, wallClock: (instant: Date) => string): DateString | null {
  const before = wallClock(new Date(tick.getTime() - TICK_MS));
  const now = wallClock(tick);
  // A zone may stand at a quarter of an hour, or skip 23:30 on one night: what counts is that 23:30 was passed.
  const dates = [before.slice(0, DATE_CHARS), now.slice(0, DATE_CHARS)];
  return dates.find((date) => before < `${date} ${NIGHTLY_TIME}` && `${date} ${NIGHTLY_TIME}` <= now) ?? null;
}

export type Night = { date: DateString; startedAt: Date };

/** The night that has begun at this tick or shortly before, with the tick at which it did; null in the daytime. */
export function dueNight(scheduledFor: Date, timeZone: string): Night | null {
  const timeOf = timeFormatter(timeZone);
  const wallClock = (instant: Date) => `${localDate(instant, timeZone)} ${timeOf(instant)}`;
  const lastTick = Math.floor(scheduledFor.getTime() / TICK_MS) * TICK_MS;
  for (let ago = 0; ago <= CATCH_UP_HOURS * 60 * 60_000; ago += TICK_MS) {
    const startedAt = new Date(lastTick - ago);
    const date = nightStartingAt(startedAt, wallClock);
    if (date) return { date, startedAt };
  }
  return null;
}
