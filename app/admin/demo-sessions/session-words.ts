import type { Tone } from "@/components/ui/badge";
import type { SessionState, SignupStatus } from "@/db/enums";
import { formatCount, WEEKDAY_NAMES } from "@/lib/format";

export const SESSION_TONES: Record<SessionState, Tone> = {
  open: "good",
  full: "warn",
  closed: "neutral",
  cancelled: "bad",
  past: "neutral",
};

/** What a state means for whoever wants to sign up. */
export const SESSION_MEANINGS: Record<SessionState, string> = {
  open: "Students can sign up.",
  full: "All places are taken: whoever signs up now waits.",
  closed: "Switched off: students do not see it.",
  cancelled: "It does not take place.",
  past: "Its day is over.",
};

export const SIGNUP_WORDS: Record<SignupStatus, string> = {
  scheduled: "scheduled",
  waitlisted: "waiting",
  presented: "presented",
  no_show: "no-show",
  cancelled: "withdrew",
};

/** `3 of 8`, or `3, no limit`. */
export const placesInWords = (taken: number, limit: number | null): string =>
  limit === null ? `${formatCount(taken)}, no limit` : `${formatCount(taken)} of ${formatCount(limit)}`;

/** By ISO number from 1. */
export const WEEKDAYS = WEEKDAY_NAMES;
