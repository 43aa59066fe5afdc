import type { GoalPeriod } from "@/db/enums";
import { addDays, type DateString } from "@/lib/dates";
import { mondayOf } from "./coding-weeks";

/** The dates that a goal counts, both included: today, its week from Monday to Sunday, or its month. */
export function goalWindow(period: GoalPeriod, today: DateString): { from: DateString; to: DateString } {
  if (period === "day") return { from: today, to: today };
  if (period === "week") return { from: mondayOf(today), to: addDays(mondayOf(today), 6) };
  const from = `${today.slice(0, 7)}-01`;
  // 31 days on is always in the next month.
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
}
