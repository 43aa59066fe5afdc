import type { CodingNameKind } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { spellDate, spellItem, spellTime, spellTotal } from "./summary-format";
import type { CodingDay, CodingItem } from "./transform";

/** A stored or live day with the instants at which it begins and ends (23:59:59 local), ISO in UTC. */
export type BoundedDay = CodingDay & { startsAt: string; endsAt: string };

/** WakaTime leaves this language out of the plain daily average. */
const OTHER_LANGUAGE = "Other";

const byTime = (a: CodingItem, b: CodingItem) => b.ms - a.ms || (a.name < b.name ? -1 : 1);

/** The seven lists of a day or of a range, most time first. A machine has no name here, only its id. */
export function listsJson(items: CodingItem[]) {
  const list = (kind: CodingNameKind) => {
    const own = items.filter((item) => item.kind === kind).sort(byTime);
    const listMs = own.reduce((sum, item) => sum + item.ms, 0);
    return own.map((item) => spellItem(item.name, item.ms, listMs));
  };
  return {
    categories: list("category"),
    projects: list("project").map((item) => ({ ...item, color: null })),
    languages: list("language"),
    editors: list("editor"),
    operating_systems: list("operating_system"),
    dependencies: list("dependency"),
    machines: list("machine").map((item) => ({ ...item, machine_name_id: item.name })),
  };
}

/** A day in the shape of WakaTime's summaries. `today` is the person's local date. */
export const dayJson = (day: BoundedDay, today: DateString) => ({
  grand_total: spellTotal(day.totalMs),
  ...listsJson(day.items),
  range: {
    start: day.startsAt,
    end: day.endsAt,
    date: day.date,
    text: spellDate(day.date, today),
    timezone: day.timeZone,
  },
});

export type DayJson = ReturnType<typeof dayJson>;

/** Of the days with time, whole seconds a day; days without a row are no holidays, they are not counted at all. */
function averageJson(days: CodingDay[]) {
  const coded = days.filter((day) => day.totalMs > 0).length;
  const isOther = (item: CodingItem) => item.kind === "language" && item.name === OTHER_LANGUAGE;
  const sum = (values: number[]) => values.reduce((total, ms) => total + ms, 0);
  const totalMs = sum(days.map((day) => day.totalMs));
  const otherMs = sum(days.flatMap((day) => day.items.filter(isOther).map((item) => item.ms)));
  const seconds = (ms: number) => (coded > 0 ? Math.floor(Math.max(0, ms) / coded / 1000) : 0);
  const plain = seconds(totalMs - otherMs);
  const withOther = seconds(totalMs);
  return {
    holidays: days.length - coded,
    days_minus_holidays: coded,
    days_including_holidays: days.length,
    seconds: plain,
    seconds_including_other_language: withOther,
    text: spellTime(plain * 1000),
    text_including_other_language: spellTime(withOther * 1000),
  };
}

type Summaries = { days: BoundedDay[]; totalMs: number; startsAt: string; endsAt: string; today: DateString };

/** Days in the envelope of WakaTime's summaries, its keys in its order. */
export function summariesJson({ days, totalMs, startsAt, endsAt, today }: Summaries) {
  const { text, digital, decimal, total_seconds: seconds } = spellTotal(totalMs);
  return {
    data: days.map((day) => dayJson(day, today)),
    start: startsAt,
    end: endsAt,
    cumulative_total: { seconds, text, digital, decimal },
    daily_average: averageJson(days),
  };
}
