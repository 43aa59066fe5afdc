import { addDays, type DateString } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";

type Day = { date: DateString; totalMs: number; students: number };
type Props = { caption: string; days: readonly Day[]; today: DateString; length: number };

const HEIGHT = 96;
const STEP = 24;
const BAR = 14;

/**
 * Coding time by day as bars, drawn on the server. A day without a row stays a gap with a dot on the baseline, so that
 * it cannot be taken for a zero. The table underneath is the same chart for a screen reader.
 */
export function ActivityBars({ caption, days, today, length }: Props) {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const slots = Array.from({ length }, (_, index) => {
    const date = addDays(today, index - length + 1);
    return { date, day: byDate.get(date) };
  });
  const peak = Math.max(1, ...days.map((day) => day.totalMs));
  const peakDay = days.reduce<Day | undefined>(
    (best, day) => (day.totalMs > (best?.totalMs ?? 0) ? day : best),
    undefined,
  );
  return (
    <figure>
      <svg
        viewBox={`0 0 ${length * STEP} ${HEIGHT + 34}`}
        className="w-full max-w-2xl overflow-visible"
        aria-hidden="true"
      >
        <line x1="0" x2={length * STEP} y1={HEIGHT + 16.5} y2={HEIGHT + 16.5} stroke="var(--line)" />
        {slots.map(({ date, day }, index) => {
          const x = index * STEP + (STEP - BAR) / 2;
          const height = day ? (day.totalMs / peak) * HEIGHT : 0;
          const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
          return (
            <g key={date}>
              {day ? (
                <rect
                  x={x}
                  y={HEIGHT + 16 - height}
                  width={BAR}
                  height={height}
                  rx="1.5"
                  fill={date === today ? "var(--accent)" : "var(--strong-line)"}
                >
                  <title>{`${formatDateWithWeekday(date)}: ${formatDuration(day.totalMs)}`}</title>
                </rect>
              ) : (
                <circle cx={x + BAR / 2} cy={HEIGHT + 16.5} r="1.5" fill="var(--muted)" />
              )}
              {day && date === peakDay?.date ? (
                <text x={x + BAR / 2} y="10" textAnchor="middle" fontSize="9" fill="var(--muted)">
                  {formatDuration(day.totalMs)}
                </text>
              ) : null}
              <text
                x={x + BAR / 2}
                y={HEIGHT + 29}
                textAnchor="middle"
                fontSize="9"
                fill={date === today ? "var(--accent)" : "var(--muted)"}
              >
                {weekday === 1 || date === today ? Number(date.slice(8)) : "SMTWTFS"[weekday]}
              </text>
            </g>
          );
        })}
      </svg>
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
