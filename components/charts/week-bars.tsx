import type { DateString } from "@/lib/dates";
import { formatDate, formatDuration } from "@/lib/format";

type Week = { monday: DateString; totalMs: number | null; daysWithCoding: number };

/** Coding time by week as bars for paper, each with its number; a week without data says so and has none. */
export function WeekBars({ caption, weeks }: { caption: string; weeks: readonly Week[] }) {
  const most = Math.max(1, ...weeks.map(({ totalMs }) => totalMs ?? 0));
  return (
    <table className="w-full text-sm print:text-xs">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Week from</th>
          <th scope="col">Share of the most</th>
          <th scope="col">Coding time</th>
          <th scope="col">Days with coding</th>
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ monday, totalMs, daysWithCoding }) => (
          <tr key={monday}>
            <th scope="row" className="w-24 py-px text-left font-normal whitespace-nowrap text-muted">
              {formatDate(monday)}
            </th>
            <td className="px-2">
              {totalMs === null ? null : (
                <span
                  className="block h-2.5 rounded-sm bg-accent"
                  style={{ width: `${Math.max(0.5, (totalMs / most) * 100)}%`, printColorAdjust: "exact" }}
                />
              )}
            </td>
            <td className="w-24 text-right whitespace-nowrap">
              {totalMs === null ? <span className="text-muted">no data</span> : formatDuration(totalMs)}
            </td>
            <td className="w-20 text-right whitespace-nowrap text-muted">
              {totalMs === null ? null : daysWithCoding === 1 ? "1 day" : `${daysWithCoding} days`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
