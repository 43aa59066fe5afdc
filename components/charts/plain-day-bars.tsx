import { CHART_HEIGHT_PX } from "./chart-height";
import type { ChartDay } from "./day-chart";
import { hourTicks } from "./hour-ticks";
import { shortDate } from "./short-date";

const HOUR_MS = 3_600_000;

/** The same picture as `DayBars` on the same lines, without a script: it stands there until that one is drawn. */
export function PlainDayBars({ days }: { days: readonly ChartDay[] }) {
  const ticks = hourTicks(Math.max(0, ...days.map(({ ms }) => ms ?? 0)));
  const top = ticks.at(-1) ?? HOUR_MS;
  const [first, last] = [days.at(0), days.at(-1)];
  return (
    <div className="relative pt-2 pr-1 pb-[30px] pl-9" style={{ height: CHART_HEIGHT_PX }}>
      <div className="relative h-full">
        {ticks.map((ms) => (
          <div
            key={ms}
            className={ms === 0 ? "absolute inset-x-0 border-b border-strong-line" : "absolute inset-x-0 border-b"}
            style={{ bottom: `${(ms / top) * 100}%` }}
          >
            <span className="absolute right-full -translate-y-1/2 pr-2 text-[11px] leading-none whitespace-nowrap text-muted">
              {ms / HOUR_MS} h
            </span>
          </div>
        ))}
        <div className="relative grid h-full auto-cols-fr grid-flow-col items-end justify-items-center">
          {days.map(({ date, ms }) =>
            ms === null ? (
              <i key={date} className="-mb-[1.5px] size-[3px] rounded-full bg-muted" />
            ) : (
              <i
                key={date}
                className="w-4/5 max-w-6 rounded-t-xs bg-accent"
                style={{ height: ms === 0 ? 2 : `${((ms / top) * 100).toFixed(2)}%` }}
              />
            ),
          )}
        </div>
      </div>
      {first && last ? (
        <p className="flex justify-between pt-2 text-[11px] leading-none text-muted">
          <span>{shortDate(first.date)}</span>
          <span>{shortDate(last.date)}</span>
        </p>
      ) : null}
    </div>
  );
}
