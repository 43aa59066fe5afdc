import { addDays, type DateString } from "@/lib/dates";
import { formatDate, formatDateWithWeekday, formatDuration, WEEKDAY_NAMES } from "@/lib/format";
import { Swatch } from "./swatch";

type Props = {
  /** What is shown, with its period. The table of its numbers stands beside it. */
  caption: string;
  /** Mondays, the oldest first. */
  weeks: readonly DateString[];
  days: readonly { date: DateString; ms: number }[];
  /** Outside of these nothing can be known. */
  span: { from: DateString; to: DateString };
};

const LOOKS = [
  { drawn: "fill-sunken stroke-strong-line", swatch: "border-strong-line bg-sunken" },
  { drawn: "fill-accent/25", swatch: "border-transparent bg-accent/25" },
  { drawn: "fill-accent/50", swatch: "border-transparent bg-accent/50" },
  { drawn: "fill-accent/75", swatch: "border-transparent bg-accent/75" },
  { drawn: "fill-accent", swatch: "border-transparent bg-accent" },
];
const STEPS = LOOKS.length - 1;
const ROW = 26;
const CELL = 24;
const WIDEST_COLUMN = 56;
/** Of a column's width; the rest is the gap beside it. */
const FILLED = 0.92;

/** Zero, and four even steps up to the most: the scale is the period's own, and its legend says what it is. */
const levelOf = (ms: number, most: number) => (ms === 0 ? 0 : Math.min(STEPS, Math.ceil((ms / most) * STEPS)));

/** A row for each weekday and a column for each week, drawn on the server, without a script. */
export function WeekDayMap({ caption, weeks, days, span }: Props) {
  const byDate = new Map(days.map(({ date, ms }) => [date, ms]));
  const most = Math.max(1, ...days.map(({ ms }) => ms));
  const width = 100 / Math.max(1, weeks.length);
  const cells = weeks.flatMap((monday, week) =>
    WEEKDAY_NAMES.map((_, weekday) => ({ date: addDays(monday, weekday), week, weekday })),
  );
  return (
    <figure>
      <div className="flex max-w-3xl">
        <div aria-hidden className="label w-9 shrink-0">
          {WEEKDAY_NAMES.map((name) => (
            <div key={name} style={{ height: ROW, lineHeight: `${CELL}px` }}>
              {name.slice(0, 3)}
            </div>
          ))}
        </div>
        <svg
          role="img"
          aria-label={caption}
          height={WEEKDAY_NAMES.length * ROW}
          className="w-full min-w-0 overflow-visible"
          style={{ maxWidth: weeks.length * WIDEST_COLUMN }}
        >
          {cells.map(({ date, week, weekday }) => {
            const ms = byDate.get(date);
            if (ms === undefined && (date < span.from || date > span.to)) return null;
            return (
              <rect
                key={date}
                x={`${(week * width).toFixed(3)}%`}
                y={weekday * ROW}
                width={`${(FILLED * width).toFixed(3)}%`}
                height={CELL}
                rx="2"
                strokeDasharray={ms === undefined ? "3" : undefined}
                // A day without data is pointed at as well.
                pointerEvents="all"
                className={ms === undefined ? "fill-none stroke-strong-line" : LOOKS[levelOf(ms, most)]?.drawn}
              >
                <title>{`${formatDateWithWeekday(date)}: ${ms === undefined ? "no data" : formatDuration(ms)}`}</title>
              </rect>
            );
          })}
        </svg>
      </div>
      <figcaption className="label mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        {weeks[0] ? <span>Weeks from {formatDate(weeks[0])}.</span> : null}
        <Swatch look="border-dashed border-strong-line">no data</Swatch>
        {LOOKS.map(({ swatch }, level) => (
          <Swatch key={swatch} look={swatch}>
            {level === 0 ? "0 min" : `to ${formatDuration((most * level) / STEPS)}`}
          </Swatch>
        ))}
      </figcaption>
    </figure>
  );
}
