import type { GoalProgress } from "@/db/queries/student-overview-shape";
import { type DateString, daysBetween } from "@/lib/dates";
import { formatDuration } from "@/lib/format";
import { daysWords, rangeWords } from "../words";

const MINUTE_MS = 60_000;

/** The period that counts now, with its dates: `this week, 23 Nov – 29 Nov 2026`. */
export function windowWords({ period, from, to }: Pick<GoalProgress, "period" | "from" | "to">): string {
  return period === "day" ? `today, ${rangeWords(from, to)}` : `this ${period}, ${rangeWords(from, to)}`;
}

/** How much of the target is done, in whole percent that never say more than is true. */
export const percentOf = ({ doneMs, targetMs }: Pick<GoalProgress, "doneMs" | "targetMs">): number | null =>
  doneMs === null ? null : Math.floor((doneMs / targetMs) * 100);

/**
 * What is left, and what that is for each of the days left, today among them; whole minutes, rounded up, so that whoever
 * keeps to it arrives.
 */
export function leftWords({ doneMs, targetMs, to }: GoalProgress, today: DateString): string {
  const left = Math.ceil((targetMs - (doneMs ?? 0)) / MINUTE_MS) * MINUTE_MS;
  if (left <= 0) return "reached";
  const days = daysBetween(today, to) + 1;
  if (days === 1) return `${formatDuration(left)} to go today`;
  const each = Math.ceil(left / MINUTE_MS / days) * MINUTE_MS;
  return `${formatDuration(left)} to go, ${formatDuration(each)} on each of the ${daysWords(days)} left`;
}

/** For how many of the dates so far something is known; null for a single day, which is known or is not. */
export function knownWords(goal: GoalProgress, today: DateString): string | null {
  if (goal.period === "day") return null;
  const soFar = daysBetween(goal.from, today) + 1;
  return `data for ${goal.daysWithRow} of ${daysWords(soFar)} so far`;
}
