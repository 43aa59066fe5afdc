import type { RiskResponse, RiskSignalKind, RiskState } from "@/db/enums";
import type { RiskSignal, RiskUnknown } from "@/lib/analytics/early-warning";
import { formatDate, formatDuration } from "@/lib/format";

export const RISK_STATE_WORDS: Record<RiskState, string> = {
  on_track: "on track",
  watch: "watch",
  act: "act",
  settling: "settling in",
  no_data: "no data",
};

export const RISK_SIGNAL_WORDS: Record<RiskSignalKind, string> = {
  quiet: "Quiet",
  drop: "Drop",
  low_quarter: "Low quarter",
  missed: "Missed a session",
  interviews: "Interviews",
  no_demo: "No demo",
  goals: "Behind on a goal",
};

export const RISK_RESPONSE_WORDS: Record<RiskResponse, string> = {
  snoozed: "snoozed",
  talked: "talked to them",
  resolved: "resolved",
};

const UNKNOWN: Record<RiskUnknown, string> = {
  stale: "WakaTime was not read for over a day",
  broken: "the link to WakaTime is broken",
  absent: "never connected to WakaTime",
  too_few_days: "too few days with coding are known",
  too_few_students: "too few students of the batch are known",
  no_sessions: "no session was held in these weeks",
  not_there: "there are none",
};

const many = (count: number, one: string, several: string) => `${count} ${count === 1 ? one : several}`;

/** Its number, as a sentence's end: "3 working days without coding". */
const NUMBERS: Record<RiskSignalKind, (value: number, of: string | null) => string> = {
  quiet: (days, of) =>
    `${many(days, "working day", "working days")} without coding, ${of ? `last on ${formatDate(of)}` : "and none in the five weeks before"}`,
  drop: (percent, of) => `${percent} % of their own usual week${of ? `, ${of}` : ""}`,
  low_quarter: (ms) => `${formatDuration(ms)} a working day in the last seven`,
  missed: (count, of) => `${many(count, "session", "sessions")}${of ? `, last on ${formatDate(of)}` : ""}`,
  interviews: (value) => String(value),
  no_demo: (weeks, of) =>
    `${many(weeks, "week", "weeks")} ${of ? `since ${formatDate(of)}` : "in the batch without one"}`,
  goals: (percent, of) => `${percent} % of the week’s goal for ${of}`,
};

const THRESHOLDS: Record<RiskSignalKind, (threshold: number) => string> = {
  quiet: (days) => `from ${days} on`,
  drop: (percent) => `under ${percent} %`,
  low_quarter: (ms) => `under the batch’s lower quarter, ${formatDuration(ms)}, two weeks running`,
  missed: (count) => `from ${count} on`,
  interviews: (value) => String(value),
  no_demo: (weeks) => `from ${weeks} on`,
  goals: (percent) => `under ${percent} %`,
};

/** The part of a student's page that shows what a fact is about: enough days of coding to see it, or their sign-ups. */
const PLACES: Record<RiskSignalKind, string> = {
  quiet: "?days=90#coding",
  drop: "?days=90#coding",
  low_quarter: "?days=28#coding",
  goals: "?days=28#coding",
  missed: "?kind=sign-ups#timeline",
  no_demo: "?kind=sign-ups#timeline",
  interviews: "",
};

/** Where a fact of a student's warning can be looked at: wherever points are shown, they lead there. */
export const signalPath = (studentId: number, kind: RiskSignalKind): string =>
  `/admin/students/${studentId}${PLACES[kind]}`;

/** What a fact says: its number and its threshold, or why it says nothing. */
export function signalWords({ kind, value, threshold, unknown, of }: RiskSignal): { number: string; limit: string } {
  if (value === null || threshold === null) {
    return { number: "no data", limit: unknown ? UNKNOWN[unknown] : "" };
  }
  return { number: NUMBERS[kind](value, of), limit: THRESHOLDS[kind](threshold) };
}

/** "Quiet: 3 working days without coding, last on …", and where that can be looked at. */
export const signalLink = (studentId: number, signal: RiskSignal): { text: string; path: string } => ({
  text: `${RISK_SIGNAL_WORDS[signal.kind]}: ${signalWords(signal).number}`,
  path: signalPath(studentId, signal.kind),
});

/** Facts as rows of words, those that add points first; each leads to what it is about. */
export const factRows = (studentId: number, signals: readonly RiskSignal[]) =>
  [...signals]
    .sort((a, b) => b.points - a.points || Number(a.unknown !== null) - Number(b.unknown !== null))
    .map((signal) => ({
      kind: signal.kind,
      label: RISK_SIGNAL_WORDS[signal.kind],
      points: signal.points,
      unknown: signal.value === null,
      ...signalWords(signal),
      href: signalPath(studentId, signal.kind),
    }));
