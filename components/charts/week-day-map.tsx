import clsx from "clsx";
import { addDays, type DateString } from "@/lib/dates";
import { formatDate, formatDateWithWeekday, formatDuration, WEEKDAY_NAMES } from "@/lib/format";
import { Swatch } from "./swatch";

type Props = {
  /** What is shown, with its period. */
  caption: string;
  /** Mondays, the oldest first. */
  weeks: readonly DateString[];
  days: readonly { date: DateString; ms: number }[];
  /** Outside of these nothing can be known. */
  span: { from: DateString; to: DateString };
};

const FILLS = ["bg-sunken border-strong-line", "bg-accent/25", "bg-accent/50", "bg-accent/75", "bg-accent"];
const STEPS = 4;

/** Zero, and four even steps up to the most: the scale is the period's own, and its legend says what it is. */
const levelOf = (ms: number, most: number) => (ms === 0 ? 0 : Math.min(STEPS, Math.ceil((ms / most) * STEPS)));

/** A row for each weekday and a column for each week, as a table that everybody can read. Drawn without a script. */
export function WeekDayMap({ caption, weeks, days, span }: Props) {
  const byDate = new Map(days.map(({ date, ms }) => [date, ms]));
  const most = Math.max(1, ...days.map(({ ms }) => ms));
  return (
    <figure>
      <table className="w-full max-w-3xl table-fixed border-separate border-spacing-0.5">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className="w-9" />
          <col span={Math.max(1, weeks.length)} />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Day of the week</th>
            {weeks.map((monday) => (
              <th key={monday} scope="col">
                Week from {formatDate(monday)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAY_NAMES.map((name, weekday) => (
            <tr key={name}>
              <th scope="row" className="label text-left font-normal">
                <span aria-hidden>{name.slice(0, 3)}</span>
                <span className="sr-only">{name}</span>
              </th>
              {weeks.map((monday) => {
                const date = addDays(monday, weekday);
                const ms = byDate.get(date);
                if (ms === undefined && (date < span.from || date > span.to)) return <td key={monday} />;
                const words = ms === undefined ? "no data" : formatDuration(ms);
                return (
                  <td
                    key={monday}
                    title={`${formatDateWithWeekday(date)}: ${words}`}
                    className={clsx(
                      "h-6 overflow-hidden rounded-[2px] border",
                      ms === undefined
                        ? "border-dashed border-strong-line"
                        : [FILLS[levelOf(ms, most)], ms > 0 && "border-transparent"],
                    )}
                    style={{ printColorAdjust: "exact" }}
                  >
                    <span className="sr-only">{words}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="label mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        {weeks[0] ? <span>Weeks from {formatDate(weeks[0])}.</span> : null}
        <Swatch look="border-dashed border-strong-line">no data</Swatch>
        {FILLS.map((look, level) => (
          <Swatch key={look} look={level === 0 ? look : `${look} border-transparent`}>
            {level === 0 ? "0 min" : `to ${formatDuration((most * level) / STEPS)}`}
          </Swatch>
        ))}
      </figcaption>
    </figure>
  );
}
