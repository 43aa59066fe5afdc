import type { CodingNameKind } from "@/db/enums";
import { type DateString, daysBetween } from "@/lib/dates";
import {
  CATEGORIES,
  DEPENDENCIES,
  EDITORS,
  LANGUAGES,
  OPERATING_SYSTEMS,
  PROJECTS,
  STACK_SIZE,
  STACKS,
} from "./coding-names";
import { bytesOf, type DemoPerson, machineId } from "./demo-person";
import { isHoliday } from "./holidays";
import { PERSONAS } from "./personas";

export { type DemoPerson, demoUid } from "./demo-person";
export { demoAccessToken, demoRefreshToken, personFromToken } from "./demo-token";

/**
 * Invented coding time, the same for the seed and for the local WakaTime stand-in. Only whole numbers and md5, so that
 * `coding-sql.ts` says the same in SQL: whoever changes one changes the other, and the test that compares them decides.
 */
export type CodingItem = { kind: CodingNameKind; name: string; ms: number };
export type CodingDay = { totalMs: number; items: CodingItem[] };

/** Days are counted from a Saturday, so that 0 and 1 modulo 7 are the weekend. */
export const FIRST_DAY = "2000-01-01";
export const HOLIDAY_REST = 160;
export const PROJECT_DAYS = 18;

const share = (ms: number, perMille: number) => Math.floor((ms * perMille) / 1000);
const at = (names: readonly string[], index: number) => names[index] ?? "";

export const dayNumber = (date: DateString): number => daysBetween(FIRST_DAY, date);

/** What stays with a person for good. Computed here only: the SQL side receives it as columns. */
export function traitsOf(person: DemoPerson) {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytesOf(`person:${person.key}`);
  return {
    ...PERSONAS[person.persona],
    pacePercent: 80 + Math.floor((a * 45) / 255),
    projectOffset: b,
    stack: c % STACKS,
    editor: d < 170 ? 0 : 1 + (d % (EDITORS.length - 1)),
    system: e < 120 ? 0 : e < 200 ? 1 : 2,
  };
}

type Traits = ReturnType<typeof traitsOf>;

function totalMs(person: DemoPerson, traits: Traits, date: DateString, bytes: Buffer): number {
  if (date < person.firstDay || (person.lastDay !== null && date > person.lastDay)) return 0;
  const [spreadA = 0, spreadB = 0, restByte = 0, j1 = 0, j2 = 0, j3 = 0] = bytes;
  const day = dayNumber(date);
  const weekend = day % 7 < 2;
  const holiday = isHoliday(date);
  const rest = weekend ? traits.weekendRest : traits.weekdayRest;
  if (restByte < (holiday ? Math.max(rest, HOLIDAY_REST) : rest)) return 0;

  const minutes = weekend ? traits.weekendMinutes : traits.weekdayMinutes;
  const weeks = Math.floor((day - dayNumber(person.firstDay)) / 7);
  const drift = Math.max(20, 100 - traits.driftPercentPerWeek * weeks);
  const spread = 35 + Math.floor(((spreadA + spreadB) * 110) / 510);
  const base = Math.floor((minutes * 60_000) / (holiday ? 4 : 1));
  const paced = Math.floor((base * traits.pacePercent) / 100);
  const drifted = Math.floor((paced * drift) / 100);
  return Math.floor((drifted * spread) / 100) + ((j1 * 65_536 + j2 * 256 + j3) % 60_000);
}

/** The day in full. Every list but the dependencies sums to `totalMs`; a day of rest has no items. */
export function codingDay(person: DemoPerson, date: DateString): CodingDay {
  const day = dayNumber(date);
  const bytes = bytesOf(`${person.key}:${day}`);
  const traits = traitsOf(person);
  const total = totalMs(person, traits, date, bytes);
  if (total === 0) return { totalMs: 0, items: [] };

  const { projectOffset, stack, editor, system } = traits;
  const [p2 = 0, p3 = 0, l2 = 0, l3 = 0, c2 = 0, c3 = 0, e2 = 0, m2 = 0, d1 = 0, d2 = 0] = bytes.subarray(6);
  const project2 = p2 < 90 ? 0 : 100 + p2;
  const project3 = p2 < 90 || p3 < 150 ? 0 : p3 - 100;
  const language3 = l3 < 110 ? 0 : Math.floor(l3 / 2);
  const project = (index: number) =>
    at(PROJECTS, (projectOffset + Math.floor(day / PROJECT_DAYS) + index) % PROJECTS.length);
  const language = (index: number) => at(LANGUAGES, stack * STACK_SIZE + index);
  const dependency = (index: number) => at(DEPENDENCIES, stack * STACK_SIZE + (index % STACK_SIZE));

  const items: CodingItem[] = [];
  const add = (kind: CodingNameKind, first: string, ...others: [name: string, perMille: number][]) => {
    const parts = others.map(([name, perMille]) => ({ kind, name, ms: share(total, perMille) }));
    const rest = parts.reduce((left, part) => left - part.ms, total);
    items.push({ kind, name: first, ms: rest }, ...parts);
  };
  add("project", project(0), [project(1), project2], [project(2), project3]);
  add("language", language(0), [language(1), 120 + l2], [language(2 + (l3 % 2)), language3]);
  add(
    "category",
    at(CATEGORIES, 0),
    [at(CATEGORIES, 1 + (c2 % 2)), 40 + Math.floor((c2 * 2) / 3)],
    [at(CATEGORIES, 3 + (c3 % 2)), c3 < 200 ? 0 : Math.floor(c3 / 4)],
  );
  add("editor", at(EDITORS, editor), [at(EDITORS, (editor + 1) % EDITORS.length), project3 > 0 || e2 < 225 ? 0 : 200]);
  add("operating_system", at(OPERATING_SYSTEMS, system));
  add("machine", machineId(person.key, 0), [machineId(person.key, 1), language3 > 0 || m2 < 220 ? 0 : 300]);
  items.push({ kind: "dependency", name: dependency(d1), ms: share(total, 200 + d1) });
  items.push({ kind: "dependency", name: dependency(d1 + 1), ms: d2 < 128 ? 0 : share(total, d2) });
  return { totalMs: total, items: items.filter((item) => item.ms > 0) };
}

/** The current day "so far": three eighths of it, the same at any hour, so that a second sync finds nothing new. */
export function partialToday(day: CodingDay): CodingDay {
  const soFar = (ms: number) => Math.floor((ms * 3) / 8);
  const total = soFar(day.totalMs);
  const items = day.items.map((item) => ({ ...item, ms: soFar(item.ms) }));
  for (const kind of new Set(items.map((item) => item.kind))) {
    const list = items.filter((item) => item.kind === kind);
    const first = list[0];
    if (!first || kind === "dependency") continue;
    first.ms += total - list.reduce((sum, item) => sum + item.ms, 0);
  }
  return { totalMs: total, items: items.filter((item) => item.ms > 0) };
}
