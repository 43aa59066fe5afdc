import { HeatMap } from "@/components/charts/heat-map";
import { gridWeeks, type HeatMapGrid } from "@/components/charts/heat-map-grid";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { CodingWeek } from "@/lib/analytics/coding-weeks";
import type { DateString } from "@/lib/dates";
import { formatDate, formatDuration } from "@/lib/format";

type Props = {
  /** Whole weeks, today's as the last one; null for whoever was never enrolled. */
  grid: HeatMapGrid | null;
  weeks: number;
  today: DateString;
  freshness: string;
};

/** A year of somebody's days as a map, and its weeks as a table. */
export function CodingYear({ grid, weeks, today, freshness }: Props) {
  const title = `The last ${weeks} weeks`;
  if (!grid) {
    return (
      <Panel title={title}>
        <Empty title="Never enrolled">The map begins with the first enrolment.</Empty>
      </Panel>
    );
  }
  const period = `in the last ${weeks} weeks, until ${formatDate(today)}`;
  return (
    <Panel title={title} aside={freshness}>
      <HeatMap caption={`Coding time by day ${period}`} grid={grid} />
      <details className="mt-1 text-sm">
        <summary className="tap inline-flex cursor-pointer items-center text-muted hover:text-ink">
          Show the weeks as a table
        </summary>
        <Weeks caption={`Coding time by week ${period}`} weeks={gridWeeks(grid).reverse()} />
      </details>
    </Panel>
  );
}

/** What its two hundred cells share is said once. */
function Weeks({ caption, weeks }: { caption: string; weeks: CodingWeek[] }) {
  const head = "label font-medium";
  return (
    <table className="mt-1 w-full max-w-xl [&_td]:py-1.5 [&_th]:py-1.5 [&_th:first-child]:text-left [&_tr]:border-b [&_tr]:text-right">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={head}>
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
      <tbody className="[&_th]:font-normal">
        {weeks.map(({ monday, totalMs, daysWithCoding, daysWithRow }) => (
          <tr key={monday}>
            <th scope="row">{formatDate(monday)}</th>
            <td>{formatDuration(totalMs)}</td>
            <td>{daysWithCoding}</td>
            <td>{daysWithRow}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
