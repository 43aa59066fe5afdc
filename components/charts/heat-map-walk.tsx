"use client";

import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import { type Direction, dateAt, type HeatMapGrid, lastOf, stepInGrid } from "./heat-map-grid";
import { CELL, cornerOf, nearestDay, SHEET_HEIGHT } from "./heat-map-sheets";

type Props = {
  caption: string;
  grid: HeatMapGrid;
  legend: ReactNode;
  /** The sheets, in order. */
  children: ReactNode;
};

const KEYS: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  PageUp: "pageUp",
  PageDown: "pageDown",
  Home: "first",
  End: "last",
};

const never = () => () => {};

/**
 * The walk over the map: one stop in the tab order, where the arrow keys lead from day to day, Page Up and Page Down by
 * four weeks, and Home and End to the first and last one. Whoever points at the map points at the day that is nearest,
 * so that a finger need not hit it; it can also slide along a line.
 */
export function HeatMapWalk({ caption, grid, legend, children }: Props) {
  const last = lastOf(grid);
  const sheets = useRef<HTMLDivElement>(null);
  const control = useRef<HTMLInputElement>(null);
  const [place, setPlace] = useState(last);
  const [pointed, setPointed] = useState<number | null>(null);
  const [isFocused, setFocused] = useState(false);
  const [ring, setRing] = useState<CSSProperties>();
  const isAlive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const shown = Math.min(last, pointed ?? place);

  const words = (at: number) => {
    const ms = grid.times[at - grid.first] ?? null;
    return `${formatDateWithWeekday(dateAt(grid, at))}: ${ms === null ? "no data" : formatDuration(ms)}`;
  };
  const boxes = () => [...(sheets.current?.children ?? [])].map((sheet) => sheet.getBoundingClientRect());
  const nearest = ({ clientX: x, clientY: y }: PointerEvent) => nearestDay(grid, { x, y }, boxes());

  const move = (event: KeyboardEvent) => {
    const direction = KEYS[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setPlace((before) => stepInGrid(grid, before, direction));
  };
  const take = (event: PointerEvent) => {
    setPlace((before) => nearest(event) ?? before);
    control.current?.focus({ preventScroll: true });
  };

  // The ring is measured where it is seen, and again when the window gets another size.
  const isSeen = isFocused || pointed !== null;
  useEffect(() => {
    if (!isSeen) return;
    const draw = () => setRing(sheets.current ? ringOf(sheets.current, shown) : undefined);
    draw();
    window.addEventListener("resize", draw);
    return () => window.removeEventListener("resize", draw);
  }, [isSeen, shown]);

  if (grid.times.length === 0) return <figure>{legend}</figure>;
  return (
    <figure>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the input within has the role */}
      <div
        className="relative touch-pan-y"
        onPointerDown={(event) => setPointed(nearest(event))}
        onPointerMove={(event) => setPointed(nearest(event))}
        onPointerUp={take}
        // Else the browser takes the focus away again.
        onMouseDown={(event) => event.preventDefault()}
        onPointerLeave={() => setPointed(null)}
      >
        <input
          ref={control}
          type="range"
          autoComplete="off"
          aria-label={caption}
          aria-valuetext={words(place)}
          // Its words would stay behind.
          disabled={!isAlive}
          // Else some screen readers move by percents.
          step={1}
          min={grid.first}
          max={last}
          value={place}
          onChange={(event) => setPlace(Number(event.target.value))}
          onKeyDown={move}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          className="pointer-events-none absolute inset-0 size-full opacity-0"
        />
        <div
          ref={sheets}
          className="flex flex-wrap gap-x-[calc(var(--day)/8)] gap-y-3 [--day:min(1rem,calc((100vw-2.5rem)/20))] xl:[--day:1.125rem]"
        >
          {children}
        </div>
        {isSeen && ring ? (
          <span
            aria-hidden
            style={ring}
            className="pointer-events-none absolute rounded-[3px] outline-2 outline-offset-1 outline-ink"
          />
        ) : null}
      </div>
      <figcaption className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        {legend}
        <span aria-hidden className="label">
          {words(shown)}
        </span>
      </figcaption>
    </figure>
  );
}

/** Around a day, measured from the corner of what holds the sheets. */
function ringOf(sheets: HTMLElement, place: number): CSSProperties | undefined {
  const { sheet, x, y } = cornerOf(place);
  const box = sheets.children[sheet]?.getBoundingClientRect();
  if (!box) return undefined;
  const own = sheets.getBoundingClientRect();
  const scale = box.height / SHEET_HEIGHT;
  return {
    left: box.left - own.left + x * scale,
    top: box.top - own.top + y * scale,
    width: CELL * scale,
    height: CELL * scale,
  };
}
