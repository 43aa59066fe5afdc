import Link from "next/link";
import { BarList } from "@/components/charts/bar-list";
import { DayChart } from "@/components/charts/day-chart";
import { codingDaysWords, periodWords } from "@/components/student/words";
import { buttonClass } from "@/components/ui/button";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import { type DateString, eachDay } from "@/lib/dates";
import { formatDuration } from "@/lib/format";
import type { StudentShown } from "./student-shown";

type Props = Pick<StudentShown, "coding"> & { today: DateString; freshness: string };

/** The charts of one period. */
export function Coding({ coding, today, freshness }: Props) {
  const { from, days, times, total, choices, hidesProjectNames } = coding;
  const period = periodWords(from, today);
  const of = { coding, period };
  const sum =
    total.totalMs === null
      ? "no data"
      : `${formatDuration(total.totalMs)}, ${codingDaysWords(total.daysWithCoding)}, data for ${total.daysWithRow} of ${days}`;
  return (
    <>
      <Panel title="Coding by day" aside={`${period}, ${freshness}`}>
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
          <div className="text-sm">
            {sum}{" "}
            <Definition id="coding-days" page="coding-time" of="coding by day">
              What WakaTime counted on each local date of the student. A day that it did not return has no data, which
              is not a zero.
            </Definition>
          </div>
          <nav aria-label="Period" className="flex gap-1">
            {choices.map((each) => (
              <Link
                key={each.days}
                href={each.href}
                scroll={false}
                prefetch={false}
                aria-current={each.days === days ? "true" : undefined}
                className={buttonClass({ look: each.days === days ? "plain" : "quiet", small: true })}
              >
                {`${each.days} days`}
              </Link>
            ))}
          </nav>
        </div>
        <DayChart
          caption={`Coding time by day, ${period}`}
          days={eachDay(from, today).map((date, place) => ({ date, ms: times[place] ?? null }))}
        />
      </Panel>
      <div className="grid gap-x-12 gap-y-8 md:grid-cols-2">
        <Breakdown title="Languages" heading="Language" items={coding.languages} {...of} />
        {/* Whoever hides the names of their projects hides them from paper. */}
        <div className={hidesProjectNames ? "print:hidden" : undefined}>
          <Breakdown title="Projects coded on" heading="Project" items={coding.projects} {...of} />
          {hidesProjectNames ? (
            <p className="label mt-2">The student keeps these names out of reports, prints and exports.</p>
          ) : null}
        </div>
      </div>
    </>
  );
}

type BreakdownProps = {
  title: string;
  heading: string;
  items: { name: string; ms: number }[];
  coding: StudentShown["coding"];
  /** In words. */
  period: string;
};

/** Details are kept for fewer days than totals: the days that have them are said. */
function Breakdown({ title, heading, items, coding, period }: BreakdownProps) {
  const { daysWithItems, total } = coding;
  const coded = total.daysWithCoding;
  const days = daysWithItems === 1 ? "1 day" : `${daysWithItems} days`;
  return (
    <Panel title={title} aside={period}>
      {items.length === 0 ? (
        <p className="text-sm text-muted">No details for these days.</p>
      ) : (
        <>
          <BarList caption={`Coding time by ${heading.toLowerCase()}, ${period}`} heading={heading} items={items} />
          {daysWithItems < coded ? (
            <p className="label mt-2">{`Details are stored for ${days} of the ${coded} with coding.`}</p>
          ) : null}
        </>
      )}
    </Panel>
  );
}
