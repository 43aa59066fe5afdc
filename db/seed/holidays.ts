import { addDays, type DateString } from "@/lib/dates";

export type Holiday = { date: DateString; name: string };

const FIXED: [monthDay: string, name: string][] = [
  ["01-01", "New Year's Day"],
  ["06-19", "Juneteenth"],
  ["07-04", "Independence Day"],
  ["12-24", "Christmas Eve"],
  ["12-25", "Christmas Day"],
  ["12-31", "New Year's Eve"],
];

const MONDAY = 1;
const THURSDAY = 4;

const weekday = (date: DateString) => new Date(`${date}T00:00:00Z`).getUTCDay();

/** The n-th given weekday (0 = Sunday) on or after a date. */
const nthWeekday = (from: DateString, day: number, n: number) =>
  addDays(from, ((day - weekday(from) + 7) % 7) + (n - 1) * 7);

/** Days on which the academy is closed, in order; some move with the calendar. */
export function holidaysOf(year: number): Holiday[] {
  const thanksgiving = nthWeekday(`${year}-11-01`, THURSDAY, 4);
  return [
    ...FIXED.map(([monthDay, name]) => ({ date: `${year}-${monthDay}`, name })),
    { date: nthWeekday(`${year}-01-01`, MONDAY, 3), name: "Martin Luther King Jr. Day" },
    { date: nthWeekday(`${year}-05-25`, MONDAY, 1), name: "Memorial Day" },
    { date: nthWeekday(`${year}-09-01`, MONDAY, 1), name: "Labor Day" },
    { date: thanksgiving, name: "Thanksgiving" },
    { date: addDays(thanksgiving, 1), name: "Day after Thanksgiving" },
  ].sort((a, b) => (a.date < b.date ? -1 : 1));
}

const byYear = new Map<string, Set<DateString>>();

export function isHoliday(date: DateString): boolean {
  const year = date.slice(0, 4);
  let dates = byYear.get(year);
  if (!dates) {
    dates = new Set(holidaysOf(Number(year)).map((each) => each.date));
    byYear.set(year, dates);
  }
  return dates.has(date);
}
