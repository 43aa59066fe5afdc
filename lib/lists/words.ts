import type { WakatimeState } from "@/db/enums";

/** A link's state, as filters say it. */
export const WAKATIME_WORDS: Record<WakatimeState, string> = {
  active: "connected",
  needs_reconnect: "needs reconnecting",
  scope_missing: "permission missing",
  none: "not connected",
};
