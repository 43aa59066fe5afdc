import { HeatMap } from "@/components/charts/heat-map";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { type CodingDay, type CodingWeek, codingWeeks, mondayOf } from "@/lib/analytics/coding-weeks";
import { addDays, type DateString, later } from "@/lib/dates";
import { formatDate, formatDuration } from "@/lib/format";

type Props = {
  days: readonly CodingDay[];
  today: DateString;
  /** Of the first enrolment. */
  firstDay: DateString | null;
  /** Whole weeks, today's as the last one. */
  weeks: number;
  freshness: string;
};

/** A year of somebody's days as a map, and its weeks as a table. */
export function CodingYear({ days, today, firstDay, weeks, freshness }: Props) {
  const title = `The last ${weeks} weeks`;
  if (!firstDay) {
    return (
      <Panel title={title}>
        <Empty title="Never enrolled">The map begins with the first enrolment.</Empty>
      </Panel>
    );
  }
  const from = later(firstDay, addDays(mondayOf(today), -7 * (weeks - 1)));
  const period = `in the last ${weeks} weeks, until ${formatDate(today)}`;
  return (
    <Panel title={title} aside={freshness}>
      <HeatMap caption={`Coding time by day ${period}`} days={days} today={today} firstDay={firstDay} weeks={weeks} />
      <details className="mt-1 text-sm">
        <summary className="tap inline-flex cursor-pointer items-center text-muted hover:text-ink">
          Show the weeks as a table
        </summary>
        <Weeks
          caption={`Coding time by week ${period}`}
          weeks={codingWeeks(days.filter(({ date }) => date >= from)).reverse()}
        />
      </details>
    </Panel>
  );
}

function Weeks({ caption, weeks }: { caption: string; weeks: CodingWeek[] }) {
  const head = "label py-1.5 font-medium";
  return (
    <table className="mt-1 w-full max-w-xl">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b text-right">
          <th scope="col" className={`${head} text-left`}>
            Week from
          </th>
          <th scope="col" className={head}>
            Coding time
          </th>
          <th scope="col" className={head}>
            Days with coding
          </th>
          <th scope="col" className={head}>
            Days with data
          </th>
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ monday, totalMs, daysWithCoding, daysWithRow }) => (
          <tr key={monday} className="border-b text-right">
            <th scope="row" className="py-1.5 text-left font-normal">
              {formatDate(monday)}
            </th>
            <td className="py-1.5">{formatDuration(totalMs)}</td>
            <td className="py-1.5">{daysWithCoding}</td>
            <td className="py-1.5">{daysWithRow}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
