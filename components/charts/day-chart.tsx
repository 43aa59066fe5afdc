"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import type { DateString } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import { CHART_HEIGHT_PX } from "./chart-height";
import { FiguresTable } from "./figures-table";
import { PlainDayBars } from "./plain-day-bars";

/** `ms` null: no data, drawn as a dot on the baseline, so that it cannot be taken for a zero. */
export type ChartDay = { date: DateString; ms: number | null };

type Props = {
  /** What is shown, with its period. */
  caption: string;
  days: readonly ChartDay[];
  /** The page has a table of its own that says more. */
  table?: boolean;
};

/** The library comes after the page: what it draws depends on the width that the browser measures anyway. */
const DayBars = lazy(() => import("./day-bars").then((module) => ({ default: module.DayBars })));

const never = () => () => {};
/** Whether a script draws: not on the server, and not before the page is alive. */
const useScript = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

const words = (ms: number | null) => (ms === null ? "no data" : formatDuration(ms));

/** Coding time by day as bars, once a script draws them with a tooltip; beneath it the same as a table. Nothing moves. */
export function DayChart({ caption, days, table = true }: Props) {
  const plain = <PlainDayBars days={days} />;
  const drawn = useScript();
  return (
    <figure>
      <div role="img" aria-label={`${caption}. The same as a table is below.`} style={{ height: CHART_HEIGHT_PX }}>
        {drawn ? (
          <Suspense fallback={plain}>
            <DayBars days={days} />
          </Suspense>
        ) : (
          plain
        )}
      </div>
      {days.some(({ ms }) => ms === null) ? (
        <p className="label mt-1">A dot is a day without data, which is not a zero.</p>
      ) : null}
      {table ? (
        <FiguresTable
          summary="Show as a table"
          caption={caption}
          heading="Day"
          rows={days.map(({ date, ms }) => ({ key: date, name: formatDateWithWeekday(date), time: words(ms) }))}
        />
      ) : null}
    </figure>
  );
}
