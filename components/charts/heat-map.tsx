import clsx from "clsx";
import { HEAT_LEVELS, type HeatMapGrid } from "./heat-map-grid";
import { CELL, heatMapSheets, insetOf, SHEET_HEIGHT, type Sheet, STEP } from "./heat-map-sheets";
import { HeatMapWalk } from "./heat-map-walk";
import { Swatch } from "./swatch";

type Props = {
  /** What is shown, with its period. */
  caption: string;
  grid: HeatMapGrid;
};

/** The darker, the more; a level is always said in words too. The first one is a square that is only lined. */
const LOOKS = [
  { drawn: "fill-sunken stroke-strong-line", swatch: "border-strong-line bg-sunken" },
  { drawn: "fill-accent stroke-accent opacity-30", swatch: "border-transparent bg-accent/30" },
  { drawn: "fill-accent stroke-accent opacity-50", swatch: "border-transparent bg-accent/50" },
  { drawn: "fill-accent stroke-accent opacity-75", swatch: "border-transparent bg-accent/75" },
  { drawn: "fill-accent stroke-accent", swatch: "border-transparent bg-accent" },
];
const NO_DATA = "border-dashed border-strong-line";

/**
 * A year of days, a week to a column, drawn on the server. Ten weeks to a sheet, and sheets wrap into lines where the
 * screen is narrow. What the browser adds is the walk from day to day, by keys and by pointer.
 */
export function HeatMap({ caption, grid }: Props) {
  return (
    <HeatMapWalk caption={caption} grid={grid} legend={<Legend />}>
      {heatMapSheets(grid).map((sheet) => (
        <Drawing key={sheet.monday} sheet={sheet} />
      ))}
    </HeatMapWalk>
  );
}

function Drawing({ sheet: { weeks, levels, noData, months, today, isBlank } }: { sheet: Sheet }) {
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${weeks * STEP - (STEP - CELL)} ${SHEET_HEIGHT}`}
      className={clsx("h-[calc(var(--day)*7.875)] overflow-visible", isBlank && "max-xl:hidden")}
    >
      {months.map(({ x, name }) => (
        <text key={name + x} x={x} y="10" className="fill-muted text-2xs">
          {name}
        </text>
      ))}
      {noData ? <path d={noData} strokeDasharray="2.6" className="fill-none stroke-strong-line" /> : null}
      {LOOKS.map(({ drawn }, level) =>
        levels[level] ? (
          <path
            key={drawn}
            d={levels[level]}
            strokeWidth={2 * insetOf(level)}
            strokeLinejoin="round"
            className={drawn}
          />
        ) : null,
      )}
      {today ? (
        <rect
          x={today.x - 1.5}
          y={today.y - 1.5}
          width={CELL + 3}
          height={CELL + 3}
          rx="3"
          className="fill-none stroke-strong-line"
        />
      ) : null}
    </svg>
  );
}

function Legend() {
  return (
    <span className="label flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>Monday on top.</span>
      <Swatch look={NO_DATA}>no data</Swatch>
      {HEAT_LEVELS.map(({ label }, level) => (
        <Swatch key={label} look={LOOKS[level]?.swatch ?? ""}>
          {label}
        </Swatch>
      ))}
    </span>
  );
}
