/** A calendar day, `YYYY-MM-DD`. */
export type DateString = string;

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function dayFormatter(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** The calendar day that a clock in `timeZone` (IANA) shows at `instant`. Throws RangeError on an unknown zone. */
export function localDate(instant: Date, timeZone: string): DateString {
  const parts = dayFormatter(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock in `timeZone` shows at `instant`, `HH:MM` of 24 hours. Throws RangeError on an unknown zone. */
export function localTime(instant: Date, timeZone: string): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  clocks.set(timeZone, clock);
  return clock.format(instant);
}

const midnight = (date: DateString): number => Date.parse(`${date}T00:00:00Z`);
const dayAt = (ms: number): DateString => new Date(ms).toISOString().slice(0, 10);

export function addDays(date: DateString, days: number): DateString {
  return dayAt(midnight(date) + days * DAY_MS);
}

/** True for a day of the calendar, written `YYYY-MM-DD`. */
export function isDate(value: string): value is DateString {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && addDays(value, 0) === value;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: DateString, to: DateString): number {
  return Math.round((midnight(to) - midnight(from)) / DAY_MS);
}

// As they are written, days are in the order of their letters.
export const earlier = (a: DateString, b: DateString): DateString => (b < a ? b : a);
export const later = (a: DateString, b: DateString): DateString => (b > a ? b : a);

/** The days from `from` to `to`, both included. */
export function eachDay(from: DateString, to: DateString): DateString[] {
  const first = midnight(from);
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => dayAt(first + index * DAY_MS));
}

const ZONE_NAME = /^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/;

/**
 * True for an IANA name with a slash, and UTC; not for an offset such as `+02:00`, which Intl would take and the database
 * refuses, nor for letters such as IST, which are one place to Intl and another to the database.
 */
export function isTimeZone(value: string): boolean {
  if (!ZONE_NAME.test(value)) return false;
  try {
    dayFormatter(value);
    return true;
  } catch {
    return false;
  }
}
