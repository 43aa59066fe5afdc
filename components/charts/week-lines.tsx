import { formatDuration } from "@/lib/format";
import { hourTicks } from "./hour-ticks";

type Line = { name: string; points: readonly (number | null)[] };

const HOUR_MS = 3_600_000;
const LOOKS = [
  { stroke: "var(--accent)", dash: undefined },
  { stroke: "var(--ink)", dash: "5 4" },
];

/**
 * Coding time by week of a batch as one line for each, the second one dashed; a week without data is a gap. Drawn without
 * a script; the table that says the same stands beside it.
 */
export function WeekLines({ lines }: { lines: readonly Line[] }) {
  const weeks = Math.max(2, ...lines.map(({ points }) => points.length));
  const ticks = hourTicks(Math.max(0, ...lines.flatMap(({ points }) => points.map((point) => point ?? 0))));
  const most = ticks.at(-1) ?? HOUR_MS;
  const x = (place: number) => (place / (weeks - 1)) * 100;
  const y = (ms: number) => 100 - (ms / most) * 100;
  return (
    <div aria-hidden>
      <ul className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {lines.map(({ name }, place) => (
          <li key={name} className="flex items-center gap-2">
            <svg width="24" height="8" aria-hidden="true">
              <line x1="0" y1="4" x2="24" y2="4" strokeWidth="2" {...drawn(place)} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div className="relative h-48 w-9">
          {ticks.map((tick) => (
            <span key={tick} className="label absolute right-0 -translate-y-1/2" style={{ top: `${y(tick)}%` }}>
              {tick / HOUR_MS} h
            </span>
          ))}
        </div>
        <div className="relative h-48">
          {ticks.map((tick) => (
            <span key={tick} className="absolute inset-x-0 border-t" style={{ top: `${y(tick)}%` }} />
          ))}
          <svg
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            aria-hidden="true"
            className="absolute inset-0 size-full overflow-visible"
          >
            {lines.map(({ name, points }, place) => (
              <path
                key={name}
                d={pathOf(points, x, y)}
                fill="none"
                strokeWidth="2"
                strokeLinecap="round"
                vectorEffect="non-scaling-stroke"
                {...drawn(place)}
              />
            ))}
          </svg>
          {lines.map(({ name, points }) =>
            points.map((ms, week) =>
              ms === null ? null : (
                <span
                  key={`${name} ${x(week)}`}
                  title={`${name}, week ${week + 1}: ${formatDuration(ms)}`}
                  className="absolute size-4 -translate-1/2"
                  style={{ left: `${x(week)}%`, top: `${y(ms)}%` }}
                />
              ),
            ),
          )}
        </div>
        <span />
        <div className="label mt-1 flex justify-between">
          <span>week 1</span>
          <span>week {weeks}</span>
        </div>
      </div>
    </div>
  );
}

const drawn = (place: number) => ({ stroke: LOOKS[place]?.stroke, strokeDasharray: LOOKS[place]?.dash });

/** Lines between neighbours that both have data; a lone point is a dot. */
function pathOf(points: Line["points"], x: (place: number) => number, y: (ms: number) => number): string {
  return points
    .map((ms, place) => {
      if (ms === null) return "";
      const at = `${x(place)} ${y(ms)}`;
      const before = points[place - 1];
      return before === null || before === undefined ? `M${at}L${at}` : `L${at}`;
    })
    .join("");
}
