import clsx from "clsx";
import { Panel } from "@/components/ui/panel";
import type { SessionPlan } from "@/db/queries/demo-session-plan";
import type { Weekday } from "@/lib/demo-sessions/weekly-rule";
import { formatDateWithWeekday } from "@/lib/format";
import { ruleWords } from "../date-words";
import { ruleDates } from "./rule-dates";

type Props = {
  plan: SessionPlan;
  /** The first day whose session could still be created. */
  from: string;
  weekday: Weekday;
  weeksAhead: number;
  active: boolean;
  /** Up to here the rule has done its work. */
  decidedThrough: string | null;
  jobsOff: boolean;
};

/** The dates that the rule covers today, and what it makes of each. */
export function RulePreview({ plan, from, weekday, weeksAhead, active, decidedThrough, jobsOff }: Props) {
  const dates = ruleDates(weekday, weeksAhead, from, plan, decidedThrough);
  return (
    <Panel title="What it covers">
      <p className="mb-3 text-sm text-muted">
        {!active
          ? "Switched off: nothing is created."
          : jobsOff
            ? "Background jobs are off (JOBS_BACKEND), so nothing is created."
            : "Looked at every half hour. What is created is open for sign-up and announced."}
      </p>
      {dates.length === 0 ? (
        <p className="text-sm text-muted">Give a number of weeks.</p>
      ) : (
        <ul className={clsx("border-t text-sm", !active && "text-muted")} aria-label="Dates of the rule">
          {dates.map((each) => (
            <li key={each.date} className="flex flex-wrap gap-x-4 border-b py-1.5">
              <span className="w-32 shrink-0">{formatDateWithWeekday(each.date)}</span>
              <span
                className={each.although ? "text-warn" : each.verdict === "new" && active ? "text-good" : "text-muted"}
              >
                {ruleWords(each)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {decidedThrough ? (
        <p className="label mt-3">
          Every date is decided on once, up to {formatDateWithWeekday(decidedThrough)} by now: what was deleted since
          stays deleted, and another weekday begins after it.
        </p>
      ) : null}
    </Panel>
  );
}
