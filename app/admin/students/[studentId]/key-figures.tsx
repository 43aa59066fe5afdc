import { DaysLine } from "@/components/coding/days-line";
import { Freshness } from "@/components/coding/freshness";
import { periodWords, ratingWords } from "@/components/student/words";
import { Definition } from "@/components/ui/definition";
import { Figure } from "@/components/ui/figure";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { formatDuration } from "@/lib/format";
import type { StudentShown } from "./student-shown";

const value = "text-xl font-semibold tracking-tight";
const words = (ms: number | null) => (ms === null ? <span className="text-muted">–</span> : formatDuration(ms));

/** The numbers that staff ask for first, each with its period and how fresh it is. */
export function KeyFigures({ student }: { student: StudentShown }) {
  const { week, signups, today, freshness } = student;
  const period = periodWords(week.from, today);
  return (
    <div className="mb-8">
      <dl className="grid grid-cols-2 gap-x-6 sm:grid-cols-4">
        <Figure label="last 7 days">
          <dd className={value}>
            {words(week.totalMs)} <DaysLine from={week.from} times={week.times} />
          </dd>
        </Figure>
        <Figure label={week.days === 7 ? "daily average of 7 days" : `daily average, data for ${week.days} of 7 days`}>
          <dd className={value}>{words(dailyAverageMs(week.totalMs, week.days))}</dd>
        </Figure>
        <Figure label={signups.upcoming > 0 ? `demos presented, ${signups.upcoming} to come` : "demos presented, ever"}>
          <dd className={value}>{signups.presented}</dd>
        </Figure>
        <Figure label={signups.rated > 0 ? `average rating of ${signups.rated}` : "average rating"}>
          <dd className={value}>
            {signups.averageRating === null ? (
              <span className="text-muted">–</span>
            ) : (
              ratingWords(signups.averageRating)
            )}
          </dd>
        </Figure>
      </dl>
      <div className="label mt-2">
        {period}, <Freshness words={freshness} />{" "}
        <Definition id="week-total" page="coding-time" of="the 7-day total">
          The sum of the seven local dates up to today, in the student’s zone. The daily average divides it by those of
          them that have data: a day with a zero counts, a missing one does not.
        </Definition>
      </div>
    </div>
  );
}
