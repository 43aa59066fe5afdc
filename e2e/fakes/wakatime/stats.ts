import { type CodingItem, type DemoPerson, demoUid } from "@/db/seed/coding-generator";
import { uuidFrom } from "@/db/seed/demo-person";
import { addDays, type DateString, eachDay, earlier, localDate } from "@/lib/dates";
import { averageOf, codedDay, listsOf, type Rules, summaryDay } from "./days";
import { decimal, digital, humanText } from "./format";
import { dayBounds, dayText } from "./local-day";

type Span = { from: DateString; to: DateString };

const NAMED_DAYS: Record<string, number> = { last_7_days: 7, last_30_days: 30, last_6_months: 182, last_year: 365 };

/** The dates of a stats range: up to yesterday, only `all_time` has today; null for a name that is none. */
export function statsSpan(name: string, person: DemoPerson, today: DateString): Span | null {
  const yesterday = addDays(today, -1);
  const days = NAMED_DAYS[name];
  if (days) return { from: addDays(today, -days), to: yesterday };
  if (name === "all_time") return { from: person.firstDay, to: today };
  const [, year, month] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(name) ?? [];
  if (!year) return null;
  const last = month ? addDays(nextMonth(year, month), -1) : `${year}-12-31`;
  return { from: `${year}-${month ?? "01"}-01`, to: earlier(last, yesterday) };
}

const nextMonth = (year: string, month: string): DateString =>
  month === "12" ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, "0")}-01`;

/** What is told while the numbers are computed in the background: goes with status 202. */
export const statsNotReady = (person: DemoPerson, range: string, { timeZone }: Rules) => ({
  data: {
    id: uuidFrom(`stats:${person.key}:${range}`),
    user_id: demoUid(person.key),
    username: null,
    range,
    human_readable_range: range.replaceAll("_", " "),
    is_up_to_date: false,
    is_already_updating: true,
    is_stuck: false,
    percent_calculated: 30,
    status: "updating",
    timeout: 15,
    writes_only: false,
    timezone: timeZone,
  },
  message: "Calculating stats for this user. Check back later.",
});

const seconds = (ms: number) => ms / 1000;

function sumItems(items: CodingItem[]): CodingItem[] {
  const sums = new Map<string, CodingItem>();
  for (const item of items) {
    const key = `${item.kind} ${item.name}`;
    const sum = sums.get(key) ?? { ...item, ms: 0 };
    sum.ms += item.ms;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

export function stats(person: DemoPerson, range: string, { from, to }: Span, rules: Rules) {
  const dates = eachDay(from, to);
  const days = dates.map((date) => codedDay(person, date, rules));
  const average = averageOf(dates.map((date) => summaryDay(person, date, rules)));
  const items = sumItems(days.flatMap((day) => day.items));
  const totalMs = days.reduce((sum, day) => sum + day.totalMs, 0);
  const otherMs = items.find((item) => item.kind === "language" && item.name === "Other")?.ms ?? 0;
  const best = days.reduce((top, day, index) => (day.totalMs > (days[top]?.totalMs ?? 0) ? index : top), 0);
  const bestSeconds = seconds(days[best]?.totalMs ?? 0);
  return {
    data: {
      ...statsNotReady(person, range, rules).data,
      start: dayBounds(from, rules.timeZone).start,
      end: dayBounds(to, rules.timeZone).end,
      total_seconds: seconds(totalMs - otherMs),
      total_seconds_including_other_language: seconds(totalMs),
      human_readable_total: humanText(seconds(totalMs - otherMs)),
      human_readable_total_including_other_language: humanText(seconds(totalMs)),
      daily_average: average.seconds,
      daily_average_including_other_language: average.seconds_including_other_language,
      human_readable_daily_average: average.text,
      human_readable_daily_average_including_other_language: average.text_including_other_language,
      holidays: average.holidays,
      days_including_holidays: average.days_including_holidays,
      days_minus_holidays: average.days_minus_holidays,
      ...listsOf({ items, machine: days[0]?.machine ?? ((name) => ({ name, machine_name_id: name })) }),
      best_day: { date: dates[best] ?? from, text: humanText(bestSeconds), total_seconds: bestSeconds },
      status: "ok",
      percent_calculated: 100,
      is_already_updating: false,
      is_up_to_date: true,
      is_up_to_date_pending_future: false,
      is_including_today: range === "all_time",
      is_cached: true,
    },
  };
}

export function allTimeSinceToday(person: DemoPerson, rules: Rules) {
  const today = localDate(rules.now, rules.timeZone);
  const from = earlier(person.firstDay, today);
  const days = eachDay(from, today).map((date) => codedDay(person, date, rules));
  const total = seconds(days.reduce((sum, day) => sum + day.totalMs, 0));
  const coded = days.filter((day) => day.totalMs > 0).length;
  return {
    data: {
      is_up_to_date: true,
      range: {
        start: dayBounds(from, rules.timeZone).start,
        start_date: from,
        start_text: dayText(from, today),
        end: dayBounds(today, rules.timeZone).end,
        end_date: today,
        end_text: dayText(today, today),
        timezone: rules.timeZone,
      },
      timeout: rules.timeoutMinutes,
      total_seconds: total,
      text: humanText(total),
      decimal: decimal(total),
      digital: digital(total),
      daily_average: coded > 0 ? Math.floor(total / coded) : 0,
    },
  };
}
