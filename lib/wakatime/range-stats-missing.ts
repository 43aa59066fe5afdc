import type { SyncOutcomeKind } from "@/db/enums";
import type { RangeStats } from "@/db/queries/range-stats";
import { type DateString, eachDay } from "@/lib/dates";

/** Why days stay missing: how a sync ended, or why none was tried. */
export type MissingReason = SyncOutcomeKind | "not_connected" | "not_called" | "off" | "too_far_back" | "too_slow";

/** Asking again fetches them, however old they are; a sync would bring the latest two weeks only. */
const LATER = "Please ask again in a few minutes.";
const RECONNECT = "Please reconnect WakaTime in the portal.";

const SENTENCES: Partial<Record<MissingReason, string>> = {
  not_connected: "WakaTime is not connected.",
  not_called: "WakaTime is not asked for your hours at present: your academy can tell you why.",
  off: "This academy is not set up to ask WakaTime.",
  too_far_back: "Days that long ago are not fetched.",
  too_slow: `WakaTime takes long to answer. ${LATER}`,
  skipped: "They are being synced just now: please ask again in a moment.",
  needs_reconnect: `WakaTime does not accept this link any more. ${RECONNECT}`,
  scope_missing: `This WakaTime link does not allow reading coding time. ${RECONNECT}`,
  out_of_plan: "WakaTime's plan does not show them.",
  rate_limited: `WakaTime is answering too many questions just now. ${LATER}`,
  unavailable: `WakaTime does not answer just now. ${LATER}`,
};

const OTHERWISE = `WakaTime could not give them just now. ${LATER}`;

/** Past days that could still be fetched: neither stored nor known as withheld by the plan. */
export function fetchableDates(missing: DateString[], { today, gaps }: RangeStats): DateString[] {
  const withheld = new Set(gaps.flatMap(({ from, to }) => eachDay(from, to)));
  return missing.filter((date) => date < today && !withheld.has(date));
}

/** What a caller is told about the days that are not there; null when all are. */
export function sayMissing(missing: DateString[], stats: RangeStats, reason: MissingReason | null): string | null {
  if (missing.length === 0) return null;
  const days = missing.length === 1 ? "One day is missing." : `${missing.length} days are missing.`;
  if (reason !== null) return `${days} ${SENTENCES[reason] ?? OTHERWISE}`;
  if (fetchableDates(missing, stats).length > 0) return `${days} ${OTHERWISE}`;
  const onlyToday = missing.every((date) => date === stats.today);
  return `${days} ${onlyToday ? "Today has not been synced yet." : SENTENCES.out_of_plan}`;
}
