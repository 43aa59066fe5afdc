import type { ReactNode } from "react";
import { ProgressBar } from "@/components/charts/progress-bar";
import { aimInWords, type GoalAim } from "@/lib/analytics/goal-aim";
import { formatDuration } from "@/lib/format";

/** A goal with its progress in words already, so that server and browser agree. */
export type ShownGoal = GoalAim & {
  id: number;
  version: number;
  doneMs: number | null;
  percent: number | null;
  window: string;
  left: string;
  known: string | null;
};

/** One goal: how much is done of it, in which dates, and what is left. `children` is what can be done about it. */
export function GoalItem({ goal, children }: { goal: ShownGoal; children: ReactNode }) {
  const { doneMs, targetMs, percent } = goal;
  const reached = doneMs !== null && doneMs >= targetMs;
  return (
    <li data-goal={goal.id} className="border-t py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="min-w-0 text-base font-medium tracking-tight break-words">{aimInWords(goal)}</h2>
        <p className="label">{goal.window}</p>
      </div>
      <p className="mt-1 flex flex-wrap items-baseline justify-between gap-x-4">
        <span>
          <span className="text-2xl font-medium tracking-tight">
            {doneMs === null ? "no data" : formatDuration(doneMs)}
          </span>{" "}
          <span className="text-muted">of {formatDuration(targetMs)}</span>
        </span>
        {percent === null ? null : <span className={reached ? "text-good" : undefined}>{percent} %</span>}
      </p>
      <div className="mt-2">
        <ProgressBar share={(doneMs ?? 0) / targetMs} reached={reached} />
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm text-muted">
          {doneMs === null ? "Nothing has arrived for these dates yet." : goal.left}
          {goal.known ? <span className="whitespace-nowrap"> · {goal.known}</span> : null}
        </p>
        <div className="flex gap-2">{children}</div>
      </div>
    </li>
  );
}
