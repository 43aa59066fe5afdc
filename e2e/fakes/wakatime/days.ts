import type { CodingNameKind } from "@/db/enums";
import { type CodingItem, codingDay, type DemoPerson, partialToday } from "@/db/seed/coding-generator";
import { type DateString, eachDay, localDate } from "@/lib/dates";
import { decimal, digital, grandTotal, humanText, listItem } from "./format";
import type { Heartbeat } from "./heartbeats";
import { dayBounds, dayText } from "./local-day";
import { machineIdOf, spansOfDay, sumSpans } from "./spans";

export type Rules = {
  timeZone: string;
  timeoutMinutes: number;
  writesOnly: boolean;
  now: Date;
  /** What the person's editors have posted: it wins over the generated day. */
  heartbeats?: readonly Heartbeat[];
};

type Machine = { name: string; machine_name_id: string };
type Day = { totalMs: number; items: CodingItem[]; machine: (name: string, index: number) => Machine };

const DEFAULT_TIMEOUT_MINUTES = 15;

/** All of the keys that AI tools added in 2026, at zero: a client has to step over them. */
export const NO_AI = {
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
  ai_prompt_length_avg: 0,
  ai_prompt_events_avg_per_session: 0,
  ai_prompt_events_median_per_session: 0,
  ai_prompt_length_avg_per_session: 0,
  ai_prompt_length_median_per_session: 0,
};

/** The generator's day; a longer timeout counts more pauses in, saved files alone count less. */
function generatedDay(person: DemoPerson, date: DateString, { timeZone, timeoutMinutes, writesOnly, now }: Rules) {
  const whole = codingDay(person, date);
  const day = date === localDate(now, timeZone) ? partialToday(whole) : whole;
  const percent = (100 + timeoutMinutes - DEFAULT_TIMEOUT_MINUTES) * (writesOnly ? 0.7 : 1);
  if (percent === 100) return day;
  const scaled = (ms: number) => Math.floor((ms * percent) / 100);
  return { totalMs: scaled(day.totalMs), items: day.items.map((item) => ({ ...item, ms: scaled(item.ms) })) };
}

/** Posted heartbeats where there are any on that day, else the generated day. Nothing has happened in the future. */
export function codedDay(person: DemoPerson, date: DateString, rules: Rules): Day {
  const posted = rules.heartbeats?.length ? spansOfDay(rules.heartbeats, date, rules) : null;
  if (posted) return { ...sumSpans(posted), machine: (name) => ({ name, machine_name_id: machineIdOf(name) }) };
  const future = date > localDate(rules.now, rules.timeZone);
  const day = future ? { totalMs: 0, items: [] } : generatedDay(person, date, rules);
  // Machines have a host name beside their id, so that a test can see that nobody keeps it.
  const machine = (name: string, index: number) => ({
    name: `host-of-${person.key}-${index + 1}.local 192.0.2.${index + 1}`,
    machine_name_id: name,
  });
  return { ...day, machine };
}

function listOf(items: CodingItem[], kind: CodingNameKind) {
  const own = items.filter((item) => item.kind === kind).sort((a, b) => b.ms - a.ms);
  const sum = own.reduce((total, item) => total + item.ms, 0) / 1000;
  return own.map((item) => listItem(item.name, item.ms / 1000, sum));
}

/** The seven lists of a day, or of several together. */
export const listsOf = ({ items, machine }: Pick<Day, "items" | "machine">) => ({
  categories: listOf(items, "category"),
  projects: listOf(items, "project").map((item) => ({ ...item, color: null, ...NO_AI })),
  languages: listOf(items, "language"),
  editors: listOf(items, "editor").map((item) => ({ ...item, ...NO_AI })),
  operating_systems: listOf(items, "operating_system"),
  dependencies: listOf(items, "dependency"),
  machines: listOf(items, "machine").map((item, index) => ({ ...item, ...machine(item.name, index) })),
});

export function summaryDay(person: DemoPerson, date: DateString, rules: Rules) {
  const day = codedDay(person, date, rules);
  return {
    grand_total: { ...grandTotal(day.totalMs / 1000), ...NO_AI },
    ...listsOf(day),
    range: {
      ...dayBounds(date, rules.timeZone),
      date,
      text: dayText(date, localDate(rules.now, rules.timeZone)),
      timezone: rules.timeZone,
    },
  };
}

type Summary = ReturnType<typeof summaryDay>;

const OTHER = "Other";
const msOf = (seconds: number) => Math.round(seconds * 1000);
const sumMs = (seconds: number[]) => seconds.reduce((sum, each) => sum + msOf(each), 0);

/** Divided by the days with time; the plain average leaves the language "Other" out. Whole seconds, cut off. */
export function averageOf(days: Pick<Summary, "grand_total" | "languages">[]) {
  const coded = days.filter((day) => day.grand_total.total_seconds > 0).length;
  const totalMs = sumMs(days.map((day) => day.grand_total.total_seconds));
  const others = days.flatMap((day) => day.languages.filter((language) => language.name === OTHER));
  const plainMs = totalMs - sumMs(others.map((language) => language.total_seconds));
  const average = (ms: number) => (coded > 0 ? Math.floor(ms / 1000 / coded) : 0);
  return {
    holidays: days.length - coded,
    days_minus_holidays: coded,
    days_including_holidays: days.length,
    seconds: average(plainMs),
    seconds_including_other_language: average(totalMs),
    text: humanText(average(plainMs)),
    text_including_other_language: humanText(average(totalMs)),
  };
}

/** The whole answer of /summaries: every day of the range, empty ones too. */
export function summaries(person: DemoPerson, from: DateString, to: DateString, rules: Rules) {
  const days = eachDay(from, to).map((date) => summaryDay(person, date, rules));
  const total = sumMs(days.map((day) => day.grand_total.total_seconds)) / 1000;
  return {
    data: days,
    start: dayBounds(from, rules.timeZone).start,
    end: dayBounds(to, rules.timeZone).end,
    cumulative_total: { seconds: total, text: humanText(total), digital: digital(total), decimal: decimal(total) },
    daily_average: averageOf(days),
  };
}
