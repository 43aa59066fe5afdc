import type { Tone } from "@/components/ui/badge";
import type { BatchState, KeyState } from "@/db/enums";
import { batchDay } from "@/lib/batch-progress";
import { daysBetween } from "@/lib/dates";

export const BATCH_TONES: Record<BatchState, Tone> = {
  running: "good",
  upcoming: "accent",
  ended: "neutral",
  archived: "neutral",
};

export const KEY_TONES: Record<KeyState, Tone> = {
  open: "good",
  off: "neutral",
  over: "neutral",
  expired: "warn",
  used_up: "warn",
  full: "warn",
};

/** `day 12 of 84`, `starts in 5 days`, `84 days`. */
export function progressWords(dates: { startDate: string; endDate: string; today: string }): string {
  const { day, length } = batchDay(dates);
  if (day === 0) {
    const ahead = daysBetween(dates.today, dates.startDate);
    return ahead === 1 ? "starts tomorrow" : `starts in ${ahead} days`;
  }
  if (dates.today > dates.endDate) return length === 1 ? "1 day" : `${length} days`;
  return `day ${day} of ${length}`;
}
