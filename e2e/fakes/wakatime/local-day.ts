import { addDays, type DateString } from "@/lib/dates";

const MINUTE_MS = 60_000;

// Making a formatter costs more than all the rest of an answer.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(timeZone, clock);
  return clock;
}

function wallClockMs(instant: number, timeZone: string): number {
  const parts = clockIn(timeZone).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "00";
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  return Date.parse(`${date}T${part("hour")}:${part("minute")}:${part("second")}Z`);
}

// An answer has the same few days in the same few zones again and again.
const starts = new Map<string, number>();

function findStartOfDay(date: DateString, timeZone: string): number {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  let instant = wanted - (wallClockMs(wanted, timeZone) - wanted);
  // The offset at that instant may be another one when the clocks change on this day.
  instant -= wallClockMs(instant, timeZone) - wanted;
  while (wallClockMs(instant, timeZone) < wanted) instant += MINUTE_MS;
  return instant;
}

/** The first instant of a local day; where the clocks skip midnight, the one they skip to. */
export function startOfDay(date: DateString, timeZone: string): number {
  const key = `${date} ${timeZone}`;
  const start = starts.get(key) ?? findStartOfDay(date, timeZone);
  starts.set(key, start);
  return start;
}

const iso = (instant: number) => new Date(instant).toISOString().replace(".000Z", "Z");

/** A local day's bounds as WakaTime states them: 00:00:00 and 23:59:59 local, in UTC. */
export const dayBounds = (date: DateString, timeZone: string) => ({
  start: iso(startOfDay(date, timeZone)),
  end: iso(startOfDay(addDays(date, 1), timeZone) - 1000),
});

const suffix = (day: number) => {
  if (day % 100 >= 11 && day % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
};

const WEEKDAY = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", weekday: "short" });
const MONTH = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "short" });

/** `Today`, else `Tue Aug 18th 2026`. */
export function dayText(date: DateString, today: DateString): string {
  if (date === today) return "Today";
  const at = new Date(`${date}T00:00:00Z`);
  const day = at.getUTCDate();
  return `${WEEKDAY.format(at)} ${MONTH.format(at)} ${day}${suffix(day)} ${at.getUTCFullYear()}`;
}
