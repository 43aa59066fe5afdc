import clsx from "clsx";
import type { DateString } from "@/lib/dates";
import { formatDate, formatDuration } from "@/lib/format";

/** Seven days that end on `endDate`. Times in milliseconds; null says that nobody has data, which is not zero. */
type Week = {
  endDate: DateString;
  students: number;
  withData: number;
  quarter: number | null;
  median: number | null;
  threeQuarters: number | null;
};

/** `17 Nov`. */
const shortDate = (date: DateString) => formatDate(date).split(" ").slice(0, 2).join(" ");

const timeOf = (ms: number | null) => (ms === null ? "no data" : formatDuration(ms));

/**
 * The median of each week as a line across the bar of its middle half, drawn without a script. A week without data is a
 * dot on the baseline. The same numbers stand in the table underneath, for everybody.
 */
export function WeekSpread({ caption, weeks }: { caption: string; weeks: readonly Week[] }) {
  const peak = Math.max(1, ...weeks.map((week) => week.threeQuarters ?? 0));
  const share = (ms: number | null) => `${((ms ?? 0) / peak) * 100}%`;
  const last = weeks.length - 1;
  return (
    <figure>
      <div className="grid auto-cols-fr grid-flow-col gap-1 pt-6" aria-hidden="true">
        {weeks.map((week, place) => (
          <div key={week.endDate} title={`7 days to ${formatDate(week.endDate)}: median ${timeOf(week.median)}`}>
            <div className="relative h-32 border-b border-strong-line">
              {week.median === null ? (
                <span className="absolute bottom-1 left-1/2 size-1 -translate-x-1/2 rounded-full bg-muted" />
              ) : (
                <>
                  <span
                    className="absolute left-1/2 w-full max-w-7 -translate-x-1/2 bg-strong-line/30"
                    style={{ bottom: share(week.quarter), top: `calc(100% - ${share(week.threeQuarters)})` }}
                  />
                  <span
                    className={clsx(
                      "absolute left-1/2 h-0.5 w-full max-w-9 -translate-x-1/2",
                      place === last ? "bg-accent" : "bg-strong-line",
                    )}
                    style={{ bottom: share(week.median) }}
                  />
                  {place === last ? (
                    <span className="label absolute right-0 -top-6 whitespace-nowrap">
                      now {formatDuration(week.median)}
                    </span>
                  ) : null}
                </>
              )}
            </div>
            <p
              className={clsx(
                "label mt-1 text-center whitespace-nowrap",
                place === last && "font-medium text-accent",
                (last - place) % 2 === 1 && "max-sm:invisible",
              )}
            >
              {shortDate(week.endDate)}
            </p>
          </div>
        ))}
      </div>
      <details className="mt-2 text-sm">
        <summary className="tap cursor-pointer py-1 text-muted hover:text-ink">The numbers</summary>
        <div className="overflow-x-auto">
          <table className="mt-1 w-full">
            <caption className="sr-only">{caption}</caption>
            <thead>
              <tr className="border-b">
                {["7 days to", "Median", "Middle half", "Students", "No data"].map((title, place) => (
                  <th
                    key={title}
                    scope="col"
                    className={clsx("label h-8 pr-4 font-medium last:pr-0", place === 0 ? "text-left" : "text-right")}
                  >
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.toReversed().map((week) => (
                <tr key={week.endDate} className="border-b text-right">
                  <th scope="row" className="py-1.5 pr-4 text-left font-normal whitespace-nowrap">
                    {formatDate(week.endDate)}
                  </th>
                  <td className="pr-4 whitespace-nowrap">{timeOf(week.median)}</td>
                  <td className="pr-4 whitespace-nowrap">
                    {week.median === null ? "–" : `${timeOf(week.quarter)} – ${timeOf(week.threeQuarters)}`}
                  </td>
                  <td className="pr-4">{week.students}</td>
                  <td>{week.students - week.withData}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
