import Link from "next/link";
import { ProgressBar } from "@/components/charts/progress-bar";
import { Panel } from "@/components/ui/panel";
import type { GoalProgress } from "@/db/queries/student-overview-shape";
import { aimInWords } from "@/lib/analytics/goal-aim";
import { formatDuration } from "@/lib/format";
import { daysWords, rangeWords } from "./words";

const link = "reach underline underline-offset-2 hover:text-ink";

/** One's own goals and how far one is, as the last sync has it. */
export function GoalsCard({ goals, freshness }: { goals: readonly GoalProgress[]; freshness: string }) {
  return (
    <Panel
      title="Goals"
      aside={
        <>
          {goals.length > 0 ? `${freshness} · ` : null}
          <Link href="/portal/goals" prefetch={false} className={link}>
            {goals.length > 0 ? "Change goals" : "Set a goal"}
          </Link>
        </>
      }
    >
      {goals.length === 0 ? (
        <p className="text-muted">Some hours a day, a week or a month, of all coding or of one language or project.</p>
      ) : (
        <ul className="grid gap-4">
          {goals.map((goal) => (
            <Goal key={goal.id} goal={goal} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Goal({ goal }: { goal: GoalProgress }) {
  const { doneMs, targetMs, period, from, to, daysWithRow } = goal;
  const reached = doneMs !== null && doneMs >= targetMs;
  const percent = doneMs === null ? 0 : Math.floor((doneMs / targetMs) * 100);
  return (
    <li>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 break-words">{aimInWords(goal)}</span>
        <span className={reached ? "text-sm text-good" : "text-sm"}>
          {doneMs === null ? "no data yet" : `${formatDuration(doneMs)}, ${reached ? "reached" : `${percent} %`}`}
        </span>
      </p>
      <span className="mt-1.5 block">
        <ProgressBar share={(doneMs ?? 0) / targetMs} reached={reached} />
      </span>
      <p className="label mt-1">
        {period === "day" ? "today" : `this ${period}, ${rangeWords(from, to)}`}
        {period !== "day" && doneMs !== null ? `, data for ${daysWords(daysWithRow)} of it so far` : null}
      </p>
    </li>
  );
}
