import type { KeyState, StudentStateFilter, WakatimeState } from "@/db/enums";

/** A link's state, as filters say it. */
export const WAKATIME_WORDS: Record<WakatimeState, string> = {
  active: "connected",
  needs_reconnect: "needs reconnecting",
  scope_missing: "permission missing",
  none: "not connected",
};

/** What a batch's registration key does at the moment. */
export const KEY_STATE_WORDS: Record<KeyState, string> = {
  open: "open",
  off: "switched off",
  over: "batch is over",
  expired: "expired",
  used_up: "used up",
  full: "batch is full",
};

/** How a student stands with the academy. */
export const STUDENT_STATE_WORDS: Record<StudentStateFilter, string> = {
  active: "active",
  invited: "invited",
  paused: "paused",
  dropped: "dropped",
  graduated: "graduated",
  upcoming: "begins later",
  left: "not enrolled",
  all: "all",
};
