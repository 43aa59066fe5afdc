import type { WakatimeErrorKind } from "./errors";

/**
 * Why there is no live figure: what WakaTime's answer came to, or why it was not asked. `cold`: it has not computed the
 * day; `other_day`: in the person's zone at WakaTime it is another date; `unreadable`: the stored token.
 */
export type NoLiveReason = WakatimeErrorKind | "cold" | "other_day" | "off" | "barred" | "unreadable";

const NOT_COMPUTED = "Today is not computed yet. WakaTime needs a moment: please ask again shortly.";
const RECONNECT = "WakaTime did not accept this link just now. If this stays, please reconnect WakaTime in the portal.";

const SENTENCES: Record<NoLiveReason, string> = {
  cold: NOT_COMPUTED,
  not_ready: NOT_COMPUTED,
  expired: RECONNECT,
  unreadable: RECONNECT,
  scope: "This WakaTime link does not allow reading coding time. Please reconnect WakaTime in the portal.",
  out_of_plan: "WakaTime does not show today on this plan.",
  rate_limited: "WakaTime is answering too many questions just now. Please ask again in a moment.",
  unavailable: "WakaTime does not answer just now. Please ask again in a moment.",
  unexpected_shape: "WakaTime gave an answer that cannot be read. Please ask again in a moment.",
  other_day: "By the time zone set at WakaTime it is another day. Please set the same time zone there and here.",
  off: "This academy is not set up to ask WakaTime.",
  barred: "WakaTime is not asked for your hours at present: your academy can tell you why.",
};

/** What a sync calls the bar: a state of the link, else something about the student. */
export function reasonOfBar(bar: string): NoLiveReason {
  if (bar === "needs_reconnect") return "expired";
  return bar === "scope_missing" ? "scope" : "barred";
}

/** What asking again within the minute would not change: refusals, and a day that is still being computed. */
const LASTS = new Set<NoLiveReason>(["expired", "scope", "out_of_plan", "not_ready"]);

export const lasts = (reason: NoLiveReason): boolean => LASTS.has(reason);

const MAY_PASS = new Set<NoLiveReason>(["rate_limited", "unavailable", "unexpected_shape"]);

/** `mayPass`: a caller who has nothing else should try again. */
export const sayWhy = (reason: NoLiveReason) => ({ message: SENTENCES[reason], mayPass: MAY_PASS.has(reason) });
