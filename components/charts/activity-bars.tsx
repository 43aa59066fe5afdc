import clsx from "clsx";
import { addDays, type DateString } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";

type Day = { date: DateString; totalMs: number; students: number };
type Props = { caption: string; days: readonly Day[]; today: DateString; length: number };

/**
 * Coding time by day as bars, drawn on the server without a script. A day without a row is a dot on the baseline, so
 * that it cannot be taken for a zero. The table underneath is the same chart for a screen reader.
 */
export function ActivityBars({ caption, days, today, length }: Props) {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const dates = Array.from({ length }, (_, index) => addDays(today, index - length + 1));
  const slots = dates.map((date) => ({ date, day: byDate.get(date) }));
  const peak = Math.max(1, ...days.map((day) => day.totalMs));
  const peakDate = days.find((day) => day.totalMs === peak)?.date;
  return (
    <figure>
      <div className="grid auto-cols-fr grid-flow-col gap-1 pt-5" aria-hidden="true">
        {slots.map(({ date, day }) => (
          <div key={date} title={`${formatDateWithWeekday(date)}: ${day ? formatDuration(day.totalMs) : "no data"}`}>
            <div className="relative flex h-32 items-end justify-center border-b border-strong-line">
              {day ? (
                <Bar share={day.totalMs / peak} isToday={date === today}>
                  {date === peakDate ? formatDuration(day.totalMs) : null}
                </Bar>
              ) : (
                <span className="mb-1 size-1 rounded-full bg-muted" />
              )}
            </div>
            <p className={clsx("label mt-1 text-center", date === today && "font-medium text-accent")}>
              {dayLabel(date, today)}
            </p>
          </div>
        ))}
      </div>
      <table className="sr-only">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Coding time</th>
            <th scope="col">Students who coded</th>
          </tr>
        </thead>
        <tbody>
          {slots.map(({ date, day }) => (
            <tr key={date}>
              <th scope="row">{formatDateWithWeekday(date)}</th>
              <td>{day ? formatDuration(day.totalMs) : "no data"}</td>
              <td>{day ? day.students : "no data"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function Bar({ share, isToday, children }: { share: number; isToday: boolean; children: string | null }) {
  return (
    <span
      className={clsx("relative w-full max-w-7 rounded-t-sm", isToday ? "bg-accent" : "bg-strong-line")}
      style={{ height: `${share * 100}%` }}
    >
      {children ? (
        <span className="label absolute bottom-full left-1/2 -translate-x-1/2 pb-1 whitespace-nowrap">{children}</span>
      ) : null}
    </span>
  );
}

/** Mondays and today by their number, the other days by their letter. */
function dayLabel(date: DateString, today: DateString): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 1 || date === today
    ? String(Number(date.slice(8)))
    : (["S", "M", "T", "W", "T", "F", "S"][weekday] ?? "");
}
