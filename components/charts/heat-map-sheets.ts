import type { DateString } from "@/lib/dates";
import { dateAt, type HeatMapGrid, heatLevel, lastOf } from "./heat-map-grid";

/** Lengths of the drawing: a day, a day with the gap after it, and the room over the days for the names of months. */
export const CELL = 14;
export const STEP = 16;
export const HEAD = 16;
export const SHEET_HEIGHT = HEAD + 7 * STEP - (STEP - CELL);

/** Weeks of one sheet. Sheets wrap where the screen is narrow, and two of them fit a phone. */
export const SHEET_WEEKS = 10;

/** Paths, one for all the days of a sheet that look the same: by level, and those without data. */
export type Sheet = {
  monday: DateString;
  weeks: number;
  levels: string[];
  noData: string;
  months: { x: number; name: string }[];
  today: { x: number; y: number } | null;
  /** Nothing is drawn in it. */
  isBlank: boolean;
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Where a day is drawn, within its sheet. */
export function cornerOf(place: number): { sheet: number; x: number; y: number } {
  const week = Math.floor(place / 7);
  return {
    sheet: Math.floor(week / SHEET_WEEKS),
    x: (week % SHEET_WEEKS) * STEP,
    y: HEAD + (place % 7) * STEP,
  };
}

/** A square within a day's, smaller by `inset` on each side: the line around it takes that up. */
const square = ({ x, y }: { x: number; y: number }, inset: number) => {
  const side = CELL - 2 * inset;
  return `M${x + inset} ${y + inset}h${side}v${side}h${-side}z`;
};

const NO_DATA_INSET = 0.5;
/** Half of the line around a day: a thin one where there was no coding, else one as thick as the corners are round. */
export const insetOf = (level: number): number => (level === 0 ? 0.5 : 1);

export function heatMapSheets(grid: HeatMapGrid): Sheet[] {
  const sheets = Array.from(
    { length: Math.ceil(grid.weeks / SHEET_WEEKS) },
    (_, index): Sheet => ({
      monday: dateAt(grid, index * SHEET_WEEKS * 7),
      weeks: Math.min(SHEET_WEEKS, grid.weeks - index * SHEET_WEEKS),
      levels: ["", "", "", "", ""],
      noData: "",
      months: [],
      today: null,
      isBlank: true,
    }),
  );
  grid.times.forEach((ms, at) => {
    const corner = cornerOf(grid.first + at);
    const sheet = sheets[corner.sheet];
    if (!sheet) return;
    sheet.isBlank = false;
    if (ms === null) sheet.noData += square(corner, NO_DATA_INSET);
    else sheet.levels[heatLevel(ms)] += square(corner, insetOf(heatLevel(ms)));
  });
  const today = cornerOf(lastOf(grid));
  const last = sheets[today.sheet];
  if (last && grid.times.length > 0) last.today = { x: today.x, y: today.y };
  for (let sunday = 6; sunday < grid.weeks * 7; sunday += 7) {
    const date = dateAt(grid, sunday);
    // A month's name stands over the week with its first day.
    if (Number(date.slice(8)) > 7) continue;
    const { sheet, x } = cornerOf(sunday);
    sheets[sheet]?.months.push({ x, name: MONTHS[Number(date.slice(5, 7)) - 1] ?? "" });
  }
  return sheets;
}

type Point = { x: number; y: number };
type Box = { left: number; right: number; top: number; bottom: number };
const beyond = (at: number, from: number, to: number) => Math.max(from - at, 0, at - to);
const within = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value));

/** The day that lies nearest to a point, a finger being wider than a day. `boxes`: where the sheets are, in order. */
export function nearestDay(
  grid: Pick<HeatMapGrid, "first" | "times">,
  { x, y }: Point,
  boxes: readonly Box[],
): number | null {
  const distances = boxes.map(({ left, right, top, bottom }) =>
    right > left ? Math.hypot(beyond(x, left, right), beyond(y, top, bottom)) : Number.POSITIVE_INFINITY,
  );
  const sheet = distances.indexOf(Math.min(...distances));
  const box = boxes[sheet];
  if (!box || box.right <= box.left || grid.times.length === 0) return null;
  // Sheets are shown larger where there is room: the height says by how much.
  const scale = (box.bottom - box.top) / SHEET_HEIGHT;
  const gap = (STEP - CELL) / 2;
  const weeks = Math.round(((box.right - box.left) / scale + 2 * gap) / STEP);
  const week = within(Math.floor(((x - box.left) / scale + gap) / STEP), 0, weeks - 1);
  const day = within(Math.floor(((y - box.top) / scale - HEAD + gap) / STEP), 0, 6);
  return within((sheet * SHEET_WEEKS + week) * 7 + day, grid.first, lastOf(grid));
}
