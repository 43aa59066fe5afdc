import type { GoalKind, GoalPeriod } from "@/db/enums";
import { formatDuration } from "@/lib/format";

/** What somebody means to reach in each period: of all coding, or of one language or project by name. */
export type GoalAim = {
  period: GoalPeriod;
  kind: GoalKind | null;
  name: string | null;
  targetMs: number;
};

export const MOST_GOALS = 5;

/** What a target may be at most: all the hours that a day and a week have; a month's shortest is 28 days of them. */
export const MOST_HOURS: Record<GoalPeriod, number> = { day: 24, week: 168, month: 576 };

const HOUR_MS = 3_600_000;

/** Why a target cannot be, in a sentence; null when it can. The table's own check says the same. */
export function targetBar(period: GoalPeriod, targetMs: number): string | null {
  if (targetMs < 60_000) return "A goal is one minute at least.";
  const most = MOST_HOURS[period];
  return targetMs > most * HOUR_MS ? `A goal for a ${period} is ${most} hours at most.` : null;
}

/** `5 h of TypeScript a week`, `2 h of coding a day`. */
export const aimInWords = ({ period, name, targetMs }: GoalAim): string =>
  `${formatDuration(targetMs)} of ${name ?? "coding"} a ${period}`;
