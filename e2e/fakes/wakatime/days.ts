import type { CodingNameKind } from "@/db/enums";
import { type CodingItem, codingDay, type DemoPerson, partialToday } from "@/db/seed/coding-generator";
import { type DateString, eachDay, localDate } from "@/lib/dates";
import { decimal, digital, grandTotal, humanText, listItem } from "./format";
import { dayBounds, dayText } from "./local-day";

export type Rules = { timeZone: string; timeoutMinutes: number; writesOnly: boolean; now: Date };

const DEFAULT_TIMEOUT_MINUTES = 15;

/** All of the keys that AI tools added in 2026, at zero: a client has to step over them. */
const NO_AI = {
  ai_additions: 0,
  ai_deletions: 0,
  human_additions: 0,
  human_deletions: 0,
  ai_model_line_changes: {},
  ai_input_tokens: 0,
  ai_cached_input_tokens: 0,
  ai_output_tokens: 0,
  ai_prompt_length_sum: 0,
  ai_prompt_events_total: 0,
  ai_sessions: 0,
  ai_model_costs: {},
  ai_model_breakdown: [],
  ai_model_total_cost: 0,
};

/** The generator's day; a longer timeout counts more pauses in, saved files alone count less. Nothing has happened in the future. */
function codedDay(person: DemoPerson, date: DateString, { timeZone, timeoutMinutes, writesOnly, now }: Rules) {
  const today = localDate(now, timeZone);
  if (date > today) return { totalMs: 0, items: [] };
  const whole = codingDay(person, date);
  const day = date === today ? partialToday(whole) : whole;
  const percent = (100 + timeoutMinutes - DEFAULT_TIMEOUT_MINUTES) * (writesOnly ? 0.7 : 1);
  if (percent === 100) return day;
  const scaled = (ms: number) => Math.floor((ms * percent) / 100);
  return { totalMs: scaled(day.totalMs), items: day.items.map((item) => ({ ...item, ms: scaled(item.ms) })) };
}

function listOf(items: CodingItem[], kind: CodingNameKind) {
  const own = items.filter((item) => item.kind === kind).sort((a, b) => b.ms - a.ms);
  const sum = own.reduce((total, item) => total + item.ms, 0) / 1000;
  return own.map((item) => listItem(item.name, item.ms / 1000, sum));
}

/** Machines have a host name beside their id, so that a test can see that nobody keeps it. */
const machinesOf = (items: CodingItem[], person: DemoPerson) =>
  listOf(items, "machine").map((item, index) => ({
    ...item,
    name: `host-of-${person.key}-${index + 1}.local 192.0.2.${index + 1}`,
    machine_name_id: item.name,
  }));

export function summaryDay(person: DemoPerson, date: DateString, rules: Rules) {
  const { totalMs, items } = codedDay(person, date, rules);
  return {
    grand_total: { ...grandTotal(totalMs / 1000), ...NO_AI },
    categories: listOf(items, "category"),
    projects: listOf(items, "project").map((item) => ({ ...item, color: null, ...NO_AI })),
    languages: listOf(items, "language"),
    editors: listOf(items, "editor").map((item) => ({ ...item, ...NO_AI })),
    operating_systems: listOf(items, "operating_system"),
    dependencies: listOf(items, "dependency"),
    machines: machinesOf(items, person),
    range: {
      ...dayBounds(date, rules.timeZone),
      date,
      text: dayText(date, localDate(rules.now, rules.timeZone)),
      timezone: rules.timeZone,
    },
  };
}

/** The whole answer of /summaries: every day of the range, empty ones too. */
export function summaries(person: DemoPerson, from: DateString, to: DateString, rules: Rules) {
  const days = eachDay(from, to).map((date) => summaryDay(person, date, rules));
  const ms = days.reduce((sum, day) => sum + Math.round(day.grand_total.total_seconds * 1000), 0);
  const coded = days.filter((day) => day.grand_total.total_seconds > 0).length;
  const total = ms / 1000;
  const average = coded > 0 ? Math.floor(total / coded) : 0;
  return {
    data: days,
    start: dayBounds(from, rules.timeZone).start,
    end: dayBounds(to, rules.timeZone).end,
    cumulative_total: { seconds: total, text: humanText(total), digital: digital(total), decimal: decimal(total) },
    daily_average: {
      holidays: days.length - coded,
      days_minus_holidays: coded,
      days_including_holidays: days.length,
      seconds: average,
      seconds_including_other_language: average,
      text: humanText(average),
      text_including_other_language: humanText(average),
    },
  };
}

/** /status_bar/today before WakaTime has computed the day: no `cached_at`, empty strings. */
export const coldStatusBar = (timeZone: string) => ({
  data: {
    grand_total: { decimal: "", digital: "", hours: 0, minutes: 0, text: "", total_seconds: 0 },
    categories: [],
    dependencies: [],
    editors: [],
    languages: [],
    machines: [],
    operating_systems: [],
    projects: [],
    range: { date: "", end: "", start: "", text: "Today", timezone: timeZone },
  },
  has_team_features: false,
});

export const warmStatusBar = (person: DemoPerson, rules: Rules) => ({
  cached_at: rules.now.toISOString().replace(/\.\d+Z$/, "Z"),
  data: summaryDay(person, localDate(rules.now, rules.timeZone), rules),
  has_team_features: false,
});
