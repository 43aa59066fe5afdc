import { addDays, type DateString } from "@/lib/dates";

const MINUTE_MS = 60_000;

function wallClockMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "00";
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  return Date.parse(`${date}T${part("hour")}:${part("minute")}:${part("second")}Z`);
}

/** The first instant of a local day; where the clocks skip midnight, the one they skip to. */
function startOfDay(date: DateString, timeZone: string): number {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  let instant = wanted - (wallClockMs(wanted, timeZone) - wanted);
  // The offset at that instant may be another one when the clocks change on this day.
  instant -= wallClockMs(instant, timeZone) - wanted;
  while (wallClockMs(instant, timeZone) < wanted) instant += MINUTE_MS;
  return instant;
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

/** `Today`, else `Tue Aug 18th 2026`. */
export function dayText(date: DateString, today: DateString): string {
  if (date === today) return "Today";
  const at = new Date(`${date}T00:00:00Z`);
  const name = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options }).format(at);
  const day = at.getUTCDate();
  return `${name({ weekday: "short" })} ${name({ month: "short" })} ${day}${suffix(day)} ${at.getUTCFullYear()}`;
}
