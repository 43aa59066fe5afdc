import { addDays, type DateString } from "@/lib/dates";

/** ISO: 1 is Monday, 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The weekly rule by which sessions are created ahead. */
export type DemoRule = {
  weekday: Weekday;
  /** `HH:MM` on the clock of `timeZone`. */
  sessionTime: string;
  timeZone: string;
  title: string;
  description: string | null;
  meetingUrl: string | null;
  maxScheduled: number | null;
  weeksAhead: number;
  active: boolean;
  /** The last date that was decided on: what staff deleted since stays deleted. */
  createdThrough: DateString | null;
};

export const USUAL = {
  weekday: 5 satisfies Weekday,
  time: "15:00",
  title: "Friday demo session",
  places: 8,
  weeksAhead: 8,
} as const;

/** What the forms of new sessions begin with; the zone is the academy's. */
export const usualContent = (timeZone: string) => ({
  sessionTime: USUAL.time,
  timeZone,
  title: USUAL.title,
  description: null,
  meetingUrl: null,
  maxScheduled: USUAL.places,
});

/** The rule that an academy begins with, unless it wants none. */
export const usualRule = (timeZone: string): DemoRule => ({
  ...usualContent(timeZone),
  weekday: USUAL.weekday,
  weeksAhead: USUAL.weeksAhead,
  active: true,
  createdThrough: null,
});

export const weekdayOf = (date: DateString): Weekday => (new Date(`${date}T00:00:00Z`).getUTCDay() || 7) as Weekday;

/** The next `count` dates of a weekday, `from` itself included. */
export function datesOfRule(weekday: Weekday, from: DateString, count: number): DateString[] {
  const first = addDays(from, (weekday - weekdayOf(from) + 7) % 7);
  return Array.from({ length: Math.max(0, count) }, (_, week) => addDays(first, week * 7));
}

export type DatePreview = {
  date: DateString;
  verdict: "new" | "holiday" | "taken";
  /** The session's title, or the holiday's name. */
  why: string | null;
  /** The holiday on which a session is held all the same. */
  although: string | null;
};

type Known = {
  holidays: { date: DateString; name: string }[];
  taken: { date: DateString; title: string; cancelled: boolean }[];
};

/** What would come of each date, and why not: a date with a session that is not cancelled cannot get another one. */
export function previewDates(dates: DateString[], { holidays, taken }: Known): DatePreview[] {
  const holidayOn = new Map(holidays.map(({ date, name }) => [date, name]));
  return dates.map((date) => {
    const there = taken
      .filter((each) => each.date === date)
      .sort((a, b) => Number(a.cancelled) - Number(b.cancelled))[0];
    const holiday = holidayOn.get(date) ?? null;
    if (there && !there.cancelled) return { date, verdict: "taken", why: there.title, although: holiday };
    if (holiday !== null) return { date, verdict: "holiday", why: holiday, although: null };
    return { date, verdict: "new", why: there ? `${there.title} was cancelled` : null, although: null };
  });
}
