import type { Tone } from "@/components/ui/badge";
import type { SyncOutcomeKind, SyncRunState } from "@/db/enums";
import { formatCount, formatDate } from "@/lib/format";

type StateWords = { label: string; tone: Tone; meaning: string };

/** The states of a run, and what each means for whoever looks at it. */
export const runStateWords: Record<SyncRunState, StateWords> = {
  waiting: {
    label: "waiting for a worker",
    tone: "neutral",
    meaning: "Nobody works on it yet. It begins as soon as a worker is free.",
  },
  running: { label: "running", tone: "accent", meaning: "Students are being read right now." },
  interrupted: {
    label: "interrupted",
    tone: "warn",
    meaning:
      "It had begun and has stopped moving: the worker was stopped or killed. It goes on by itself when a worker is back, and counts as failed after two hours without one.",
  },
  completed: { label: "completed", tone: "good", meaning: "Every student has been dealt with." },
  completed_with_failures: {
    label: "completed with failures",
    tone: "warn",
    meaning: "Every student has been dealt with, but some could not be read. They are listed below.",
  },
  failed: { label: "failed", tone: "bad", meaning: "It did not come to a good end, for the reason given here." },
};

/** A run in one of these moves by itself: its figures are worth following. */
export const isOpenRun = (state: SyncRunState): boolean =>
  state === "waiting" || state === "running" || state === "interrupted";

type OutcomeWords = { label: string; tone: Tone; meaning: string; todo: string };

/** How one student's part of a sync can end: what it means, and what to do about it. */
export const outcomeWords: Record<SyncOutcomeKind, OutcomeWords> = {
  ok: {
    label: "synced",
    tone: "good",
    meaning: "Every day that was asked for has been read.",
    todo: "Nothing to do.",
  },
  skipped: {
    label: "skipped",
    tone: "neutral",
    meaning: "Not called: another sync of the same student was at work, or the student is not to be read.",
    todo: "Nothing to do.",
  },
  needs_reconnect: {
    label: "reconnect needed",
    tone: "bad",
    meaning: "WakaTime no longer accepts this student’s link.",
    todo: "Only the student can repair it: ask them to reconnect WakaTime in their portal.",
  },
  scope_missing: {
    label: "permission missing",
    tone: "warn",
    meaning: "The student’s link does not allow reading their coding time.",
    todo: "Ask the student to reconnect and to leave every permission ticked.",
  },
  out_of_plan: {
    label: "outside the plan",
    tone: "warn",
    meaning: "The student’s WakaTime plan does not give days this old.",
    todo: "Days that were stored stay as they are. A longer history needs another plan at WakaTime.",
  },
  not_ready: {
    label: "not ready",
    tone: "warn",
    meaning: "WakaTime was still computing the student’s days.",
    todo: "The next sync reads them. Nothing to do unless it stays.",
  },
  rate_limited: {
    label: "too many calls",
    tone: "warn",
    meaning: "WakaTime asked the whole academy to call less often.",
    todo: "The next sync tries again. If it stays, lower WAKATIME_REQUESTS_PER_SECOND.",
  },
  unavailable: {
    label: "WakaTime unavailable",
    tone: "warn",
    meaning: "WakaTime did not answer, or answered with a fault of its own.",
    todo: "The next sync tries again. If everybody is affected, look at WakaTime’s status page.",
  },
  unexpected_shape: {
    label: "answer not understood",
    tone: "bad",
    meaning: "WakaTime answered something that is not as documented, so nothing was stored.",
    todo: "If it stays, tell whoever runs Cohort: the reason says which part was unexpected.",
  },
  failed: {
    label: "failed",
    tone: "bad",
    meaning: "Something went wrong on our side, or the link was refused although it had just been renewed.",
    todo: "The next sync tries again. If it stays, the server’s log has the details.",
  },
};

const NOT_CALLED = "not called: ";

/** Reasons that are words of ours; WakaTime's own stand as they are. */
const REASONS: Record<string, string> = {
  "already syncing": "Another sync of the student was at work.",
  "unexpected error": "A fault of ours, with its details in the server’s log.",
  [`${NOT_CALLED}paused`]: "The enrolment is paused.",
  [`${NOT_CALLED}dropped`]: "The student has left the batch.",
  [`${NOT_CALLED}graduated`]: "The student has graduated.",
  [`${NOT_CALLED}disabled`]: "The account is disabled.",
  [`${NOT_CALLED}direct`]: "The student’s coding time does not come from WakaTime.",
  [`${NOT_CALLED}needs_reconnect`]: "The link has to be reconnected first.",
  [`${NOT_CALLED}scope_missing`]: "The link lacks a permission.",
  [`${NOT_CALLED}unknown`]: "The student is no longer connected.",
};

export const reasonWords = (reason: string | null): string | null => (reason ? (REASONS[reason] ?? reason) : null);

type Window = { windowDays: number | null; windowStart: string | null; windowEnd: string | null };

export const windowWords = ({ windowDays, windowStart, windowEnd }: Window): string =>
  windowStart && windowEnd
    ? `${formatDate(windowStart)} – ${formatDate(windowEnd)}`
    : `last ${formatCount(windowDays ?? 0)} days`;

/** How long a run took: `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function elapsedWords(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
