"use client";

import clsx from "clsx";
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from "react";
import type { DateString } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import {
  type Direction,
  HEAT_LEVELS,
  type HeatMapCell,
  type HeatMapWeek,
  heatLevel,
  heatMapGrid,
  nearestTo,
  stepInGrid,
} from "./heat-map-grid";
import { Swatch } from "./swatch";

type Props = {
  /** What is shown, with its period: the name of the grid. */
  caption: string;
  days: readonly { date: DateString; totalMs: number }[];
  today: DateString;
  firstDay: DateString | null;
  weeks: number;
};

const KEYS: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
};

/** The darker, the more; a level is always said in words too. */
const FILLS = [
  "border-strong-line bg-sunken",
  "border-transparent bg-accent/30",
  "border-transparent bg-accent/50",
  "border-transparent bg-accent/75",
  "border-transparent bg-accent",
];
const NO_DATA = "border-dashed border-strong-line";

const wordsOf = ({ date, ms }: HeatMapCell) =>
  `${formatDateWithWeekday(date)}: ${ms === null ? "no data" : formatDuration(ms)}`;

/**
 * A year of days, a week to a column, which wrap into lines where the screen is narrow. One cell at a time is in the tab
 * order; the arrow keys lead from day to day, Home and End to the first and last one. Whoever points at the map points at
 * the day that is nearest, so that a finger need not hit a cell; it can also slide along a line.
 */
export function HeatMap({ caption, days, today, firstDay, weeks }: Props) {
  const grid = useMemo(() => heatMapGrid({ days, today, firstDay, weeks }), [days, today, firstDay, weeks]);
  const cells = useRef(new Map<DateString, HTMLElement>());
  const [current, setCurrent] = useState(() => grid.flatMap((week) => week.cells).findLast((cell) => !cell.blank));
  const [pointed, setPointed] = useState<HeatMapCell | null>(null);
  const place = placeOf(grid, current?.date);

  const move = (event: KeyboardEvent) => {
    const direction = KEYS[event.key];
    if (!direction || !place || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = stepInGrid(grid, place, direction);
    const cell = grid[next.week]?.cells[next.day];
    if (!cell) return;
    setCurrent(cell);
    cells.current.get(cell.date)?.focus();
  };

  const nearest = ({ clientX: x, clientY: y }: MouseEvent): HeatMapCell | null => {
    const boxes = [...cells.current].map(([date, cell]) => [date, cell.getBoundingClientRect()] as const);
    const found = placeOf(grid, nearestTo({ x, y }, boxes));
    return (found && grid[found.week]?.cells[found.day]) ?? null;
  };
  const take = (event: MouseEvent) => {
    const cell = nearest(event);
    if (!cell) return;
    setCurrent(cell);
    cells.current.get(cell.date)?.focus({ preventScroll: true });
  };

  return (
    <figure>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot wrap its columns into lines */}
      <div
        role="grid"
        aria-label={caption}
        aria-readonly="true"
        onPointerDown={(event) => setPointed(nearest(event))}
        onPointerMove={(event) => setPointed(nearest(event))}
        onPointerUp={take}
        onPointerLeave={() => setPointed(null)}
        className="flex touch-pan-y flex-wrap gap-x-0.5 gap-y-3"
      >
        {grid.map((week) => (
          // biome-ignore lint/a11y/useSemanticElements: a week is a row of the grid that stands upright
          // biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable
          <div
            key={week.monday}
            role="row"
            className={clsx(
              "relative grid grid-rows-7 gap-0.5 pt-4",
              week.cells.every(({ blank }) => blank) && "max-xl:hidden",
            )}
          >
            <span aria-hidden className="absolute top-0 left-0 text-2xs whitespace-nowrap text-muted">
              {monthBeginning(week)}
            </span>
            {week.cells.map((cell) =>
              cell.blank ? (
                // biome-ignore lint/a11y/useSemanticElements: as above
                // biome-ignore lint/a11y/useFocusableInteractive: there is nothing to reach
                <span key={cell.date} role="gridcell" aria-label="not in this period" className="size-3.5 xl:size-4" />
              ) : (
                // biome-ignore lint/a11y/useSemanticElements: as above
                <span
                  key={cell.date}
                  ref={(element) => {
                    if (element) cells.current.set(cell.date, element);
                    else cells.current.delete(cell.date);
                  }}
                  role="gridcell"
                  tabIndex={cell.date === current?.date ? 0 : -1}
                  aria-label={wordsOf(cell)}
                  data-date={cell.date}
                  onKeyDown={move}
                  onFocus={() => setCurrent(cell)}
                  className={clsx(
                    "size-3.5 rounded-[2px] border xl:size-4",
                    cell.ms === null ? NO_DATA : FILLS[heatLevel(cell.ms)],
                    cell.date === today && "outline outline-offset-1 outline-strong-line",
                  )}
                />
              ),
            )}
          </div>
        ))}
      </div>
      <figcaption className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <Legend />
        <span aria-hidden className="label">
          {pointed || current ? wordsOf((pointed ?? current) as HeatMapCell) : null}
        </span>
      </figcaption>
    </figure>
  );
}

function Legend() {
  return (
    <span className="label flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>Monday on top.</span>
      <Swatch look={NO_DATA}>no data</Swatch>
      {HEAT_LEVELS.map(({ label }, level) => (
        <Swatch key={label} look={FILLS[level] ?? ""}>
          {label}
        </Swatch>
      ))}
    </span>
  );
}

function placeOf(grid: readonly HeatMapWeek[], date: DateString | undefined) {
  const week = grid.findIndex(({ cells }) => cells.some((cell) => cell.date === date));
  if (week < 0) return null;
  return { week, day: grid[week]?.cells.findIndex((cell) => cell.date === date) ?? 0 };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The month whose first day stands in this column. */
function monthBeginning({ cells }: HeatMapWeek): string | null {
  const first = cells.find(({ date }) => date.endsWith("-01"));
  return first ? (MONTHS[Number(first.date.slice(5, 7)) - 1] ?? null) : null;
}
