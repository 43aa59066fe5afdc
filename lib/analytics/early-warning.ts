import { type RiskSignalKind, type RiskState, riskSignalKinds } from "@/db/enums";
import { addDays, type DateString, daysBetween, eachDay, later } from "@/lib/dates";
import type { CodingDay } from "./coding-weeks";
import { isoWeekday } from "./streak";

/** What an academy can set. Percentages are whole numbers. */
export type RiskThresholds = {
  /** Working days in a row without coding. */
  quietWorkingDays: number;
  /** Less than this share of one's own usual coding a working day. */
  dropPercent: number;
  /** How far back a missed demo session counts. */
  missedWeeks: number;
  /** Weeks without having presented. */
  noDemoWeeks: number;
  /** Less than this share of a goal in the last whole week. */
  goalPercent: number;
  /** Points from which on a student is to be watched, and from which on somebody should act. */
  watchPoints: number;
  actPoints: number;
};

export const DEFAULT_THRESHOLDS: RiskThresholds = {
  quietWorkingDays: 3,
  dropPercent: 50,
  missedWeeks: 4,
  noDemoWeeks: 4,
  goalPercent: 50,
  watchPoints: 2,
  actPoints: 4,
};

/** What each fact weighs. Four points take two facts, of which one is about coding or about not coming. */
export const RISK_POINTS: Record<RiskSignalKind, number> = {
  quiet: 3,
  drop: 2,
  low_quarter: 2,
  missed: 2,
  interviews: 1,
  no_demo: 1,
  goals: 1,
};

/** Days in a batch before anything is said. */
export const SETTLING_DAYS = 10;
export const WINDOW_DAYS = 7;
/** One's own median is of so many windows before the last one, of which so many must be known. */
export const MEDIAN_WINDOWS = 4;
const KNOWN_WINDOWS = 3;
/** Working days of a window that must have data for it to be known; all of them, where it has fewer. */
const KNOWN_DAYS = 3;
/** Dates before today that the facts reach back to. */
export const RISK_DAYS = WINDOW_DAYS * (MEDIAN_WINDOWS + 1);
/** Fewer than these are no quarter to speak of. */
export const QUARTER_STUDENTS = 5;

/** How well a student's coding is known: read within a night, not read for longer, link broken, never connected. */
export type RiskSource = "fresh" | "stale" | "broken" | "absent";

/** A goal in the last whole week, Monday to Sunday; `doneMs` null without a day of data in it. */
export type GoalFact = { label: string; weekTargetMs: number; doneMs: number | null };

/** One student as the statement reads them; dates are the student's own, but for sessions, which have theirs. */
export type RiskFacts = {
  studentId: number;
  today: DateString;
  /** The first day in this batch, not before the batch began. */
  inBatchSince: DateString;
  source: RiskSource;
  /** Days with a row, from `today` − RISK_DAYS on. */
  days: readonly CodingDay[];
  /** Sessions not come to, the latest first, within the weeks that count. */
  missed: readonly DateString[];
  lastPresentedOn: DateString | null;
  /** Sessions held within the weeks that count, in which somebody of this batch could present. */
  sessionsHeld: number;
  goals: readonly GoalFact[];
};

export type RiskCalendar = { restDays: readonly number[]; holidays: readonly DateString[] };

/** One fact of a student: its number beside its threshold, and the points that it adds. */
export type RiskSignal = {
  kind: RiskSignalKind;
  points: number;
  /** Null when it is not known; `unknown` says why. */
  value: number | null;
  threshold: number | null;
  unknown: RiskUnknown | null;
  /** The day or the goal that it is about; of a drop, in words, what its number holds that nobody knows. */
  of: string | null;
};

export type RiskUnknown =
  | Exclude<RiskSource, "fresh">
  | "too_few_days"
  | "too_few_students"
  | "no_sessions"
  | "not_there";

export type Assessment = { studentId: number; state: RiskState; points: number; signals: RiskSignal[] };

const unknown = (kind: RiskSignalKind, why: RiskUnknown): RiskSignal => ({
  ...{ kind, points: 0, value: null, threshold: null, unknown: why, of: null },
});

const known = (
  kind: RiskSignalKind,
  hit: boolean,
  { value, threshold, of = null }: { value: number; threshold: number; of?: string | null },
): RiskSignal => ({ kind, points: hit ? RISK_POINTS[kind] : 0, value, threshold, unknown: null, of });

/** Seven days: what was coded on those that are known, how many working days they have, and how many of these are known. */
type Window = { totalMs: number; workingDays: number; daysKnown: number };

/** Sorted, between two values in proportion: Postgres' percentile_cont. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

type WorksOn = (date: DateString) => boolean;

function worksOn({ restDays, holidays }: RiskCalendar): WorksOn {
  const free = new Set(holidays);
  return (date) => !restDays.includes(isoWeekday(date)) && !free.has(date);
}

/** The seven whole days that ended `ago` windows before yesterday; null when the student came later than their first. */
function windowOf({ days, today, inBatchSince }: RiskFacts, isWorkingDay: WorksOn, ago: number): Window | null {
  const to = addDays(today, -1 - ago * WINDOW_DAYS);
  const from = addDays(to, 1 - WINDOW_DAYS);
  if (from < inBatchSince) return null;
  const within = days.filter(({ date }) => date >= from && date <= to);
  return {
    totalMs: within.reduce((sum, { totalMs }) => sum + totalMs, 0),
    workingDays: eachDay(from, to).filter(isWorkingDay).length,
    daysKnown: within.filter(({ date }) => isWorkingDay(date)).length,
  };
}

/** Known well enough to stand for the whole week. */
const isKnown = (window: Window | null | undefined): window is Window =>
  window != null && window.daysKnown >= Math.max(1, Math.min(KNOWN_DAYS, window.workingDays));

function quiet(facts: RiskFacts, isWorkingDay: WorksOn, { quietWorkingDays }: RiskThresholds): RiskSignal {
  const byDate = new Map(facts.days.map(({ date, totalMs }) => [date, totalMs]));
  const first = later(facts.inBatchSince, addDays(facts.today, -RISK_DAYS));
  let count = 0;
  let daysKnown = 0;
  let coded = (byDate.get(facts.today) ?? 0) > 0;
  let lastCoded = coded ? facts.today : null;
  for (let date = addDays(facts.today, -1); date >= first && !coded; date = addDays(date, -1)) {
    const ms = byDate.get(date);
    if (ms === undefined) continue;
    daysKnown += 1;
    coded = ms > 0;
    if (coded) lastCoded = date;
    else if (isWorkingDay(date)) count += 1;
  }
  if (daysKnown === 0 && !coded) return unknown("quiet", "too_few_days");
  return known("quiet", count >= quietWorkingDays, { value: count, threshold: quietWorkingDays, of: lastCoded });
}

/** Milliseconds a working day, so that a week with a holiday is no drop. */
const perDay = ({ totalMs, daysKnown }: Window) => totalMs / daysKnown;

/**
 * A working day of the last seven that is missing counts as a usual one: there is a drop only if there would be one had
 * nothing been wrong on the days that nobody knows of.
 */
function drop(windows: (Window | null)[], { dropPercent }: RiskThresholds): RiskSignal {
  const [last, ...before] = windows;
  const usual = before.filter(isKnown).map(perDay);
  if (!last || last.daysKnown === 0 || usual.length < KNOWN_WINDOWS) return unknown("drop", "too_few_days");
  const median = percentile(usual, 0.5);
  if (median === 0) return unknown("drop", "too_few_days");
  const missing = last.workingDays - last.daysKnown;
  const assumedMs = last.totalMs + missing * median;
  const percent = Math.floor((assumedMs * 100) / (last.workingDays * median));
  const of = missing > 0 ? `${missing} missing ${missing === 1 ? "day" : "days"} taken as usual` : null;
  return known("drop", percent < dropPercent, { value: percent, threshold: dropPercent, of });
}

/** The lower quarter of each of the last two windows, milliseconds a working day; null where too few are known. */
type Quarters = readonly [last: number | null, before: number | null];

function lowQuarter(windows: (Window | null)[], quarters: Quarters): RiskSignal {
  const [last, before] = windows;
  if (!isKnown(last) || !isKnown(before)) return unknown("low_quarter", "too_few_days");
  if (quarters[0] === null || quarters[1] === null) return unknown("low_quarter", "too_few_students");
  const hit = perDay(last) < quarters[0] && perDay(before) < quarters[1];
  return known("low_quarter", hit, { value: Math.round(perDay(last)), threshold: Math.round(quarters[0]) });
}

function missed({ missed: dates }: RiskFacts): RiskSignal {
  return known("missed", dates.length > 0, { value: dates.length, threshold: 1, of: dates[0] ?? null });
}

function noDemo(facts: RiskFacts, { noDemoWeeks }: RiskThresholds): RiskSignal {
  const since = later(facts.lastPresentedOn ?? facts.inBatchSince, facts.inBatchSince);
  const weeks = Math.floor(daysBetween(since, facts.today) / WINDOW_DAYS);
  const of = since === facts.lastPresentedOn ? since : null;
  if (weeks < noDemoWeeks) return known("no_demo", false, { value: weeks, threshold: noDemoWeeks, of });
  // Nobody can present where nothing is held.
  if (facts.sessionsHeld === 0) return unknown("no_demo", "no_sessions");
  return known("no_demo", true, { value: weeks, threshold: noDemoWeeks, of });
}

/** The goal that is furthest behind. */
function goals({ goals: all }: RiskFacts, { goalPercent }: RiskThresholds): RiskSignal {
  if (all.length === 0) return unknown("goals", "not_there");
  const shares = all.flatMap(({ label, weekTargetMs, doneMs }) =>
    doneMs === null ? [] : [{ label, percent: Math.floor((doneMs * 100) / weekTargetMs) }],
  );
  const worst = shares.sort((a, b) => a.percent - b.percent)[0];
  if (!worst) return unknown("goals", "too_few_days");
  return known("goals", worst.percent < goalPercent, {
    value: worst.percent,
    threshold: goalPercent,
    of: worst.label,
  });
}

/** A student's facts with what the coding in them comes to, the last seven days first; worked out once. */
type Read = { facts: RiskFacts; windows: (Window | null)[] };

const WINDOWS_AGO = Array.from({ length: MEDIAN_WINDOWS + 1 }, (_, ago) => ago);

/** The lower quarters of a batch, of those whose coding is known. */
function quartersOf(batch: readonly Read[]): Quarters {
  const fresh = batch.filter(({ facts }) => facts.source === "fresh");
  const quarter = (ago: number) => {
    const each = fresh.map(({ windows }) => windows[ago]).filter(isKnown);
    return each.length < QUARTER_STUDENTS ? null : percentile(each.map(perDay), 0.25);
  };
  return [quarter(0), quarter(1)];
}

function assess(
  { facts, windows }: Read,
  isWorkingDay: WorksOn,
  thresholds: RiskThresholds,
  quarters: Quarters,
): Assessment {
  const { studentId, source } = facts;
  if (daysBetween(facts.inBatchSince, facts.today) < SETTLING_DAYS) {
    return { studentId, state: "settling", points: 0, signals: [] };
  }
  const ofCoding = (kind: RiskSignalKind, signal: () => RiskSignal) =>
    source === "fresh" ? signal() : unknown(kind, source);
  const found: Record<RiskSignalKind, RiskSignal> = {
    quiet: ofCoding("quiet", () => quiet(facts, isWorkingDay, thresholds)),
    drop: ofCoding("drop", () => drop(windows, thresholds)),
    low_quarter: ofCoding("low_quarter", () => lowQuarter(windows, quarters)),
    missed: missed(facts),
    interviews: unknown("interviews", "not_there"),
    no_demo: noDemo(facts, thresholds),
    goals: facts.goals.length === 0 ? goals(facts, thresholds) : ofCoding("goals", () => goals(facts, thresholds)),
  };
  const signals = riskSignalKinds.map((kind) => found[kind]);
  const points = signals.reduce((sum, signal) => sum + signal.points, 0);
  return { studentId, points, signals, state: stateOf(points, found.quiet, thresholds) };
}

/** Without knowing whether somebody codes, nobody is said to be on track. */
function stateOf(points: number, quietness: RiskSignal, { watchPoints, actPoints }: RiskThresholds): RiskState {
  if (points >= actPoints) return "act";
  if (points >= watchPoints) return "watch";
  return quietness.unknown ? "no_data" : "on_track";
}

/**
 * How the active students of one batch stand, by nothing but what was read of them: at most seven facts each, each with
 * its number and threshold. What is not known adds no point. See docs/early-warning.md.
 */
export function assessBatch(
  batch: readonly RiskFacts[],
  calendar: RiskCalendar,
  thresholds: RiskThresholds,
): Assessment[] {
  const isWorkingDay = worksOn(calendar);
  const read = batch.map((facts) => ({
    facts,
    windows: WINDOWS_AGO.map((ago) => windowOf(facts, isWorkingDay, ago)),
  }));
  const quarters = quartersOf(read);
  return read.map((each) => assess(each, isWorkingDay, thresholds, quarters));
}
