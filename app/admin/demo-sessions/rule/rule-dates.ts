import type { SessionPlan } from "@/db/queries/demo-session-plan";
import type { DateString } from "@/lib/dates";
import { datesOfRule, type Weekday } from "@/lib/demo-sessions/weekly-rule";

export type RuleDate = {
  date: DateString;
  verdict: "new" | "there" | "holiday" | "cancelled" | "decided";
  /** The session's title, or the holiday's name. */
  why: string | null;
  /** The holiday on which a session is there all the same. */
  although: string | null;
};

/**
 * What the rule makes of its next dates, from `from` on. It leaves out holidays and days on which there is or was a session, and decides
 * on every date once: what was deleted since stays deleted, and another weekday begins after the dates of the first.
 */
export function ruleDates(
  weekday: Weekday,
  weeksAhead: number,
  from: DateString,
  { holidays, taken }: Pick<SessionPlan, "holidays" | "taken">,
  decidedThrough: DateString | null,
): RuleDate[] {
  return datesOfRule(weekday, from, weeksAhead).map((date) => {
    const sessions = taken.filter((each) => each.date === date);
    const there = sessions.find(({ cancelled }) => !cancelled);
    const holiday = holidays.find((each) => each.date === date)?.name ?? null;
    if (there) return { date, verdict: "there", why: there.title, although: holiday };
    if (holiday !== null) return { date, verdict: "holiday", why: holiday, although: null };
    const [cancelled] = sessions;
    if (cancelled) return { date, verdict: "cancelled", why: cancelled.title, although: null };
    const decided = decidedThrough !== null && date <= decidedThrough;
    return { date, verdict: decided ? "decided" : "new", why: null, although: null };
  });
}
