import type { DateString } from "@/lib/dates";
import type { AnalyticsOpening } from "./analytics-params";
import { hours } from "./cells";
import type { Cell } from "./served";

/** Coding time, a day and a month say what they are: a person reads them in words, a file has hours and ISO. */
export type AnalyticsCell = string | number | null | { ms: number } | { date: DateString } | { month: string };

export type AnalyticsColumn = {
  label: string;
  /** Numbers stand right. */
  kind: "text" | "number" | "time" | "date";
  /** What stands for null; a dash without it. */
  none?: string;
};

/** What a chart shows, once: under the chart, on paper and in a file. */
export type AnalyticsTable = {
  /** Its name in the address of the file. */
  id: string;
  title: string;
  columns: AnalyticsColumn[];
  rows: {
    key: string | number;
    cells: AnalyticsCell[];
    href?: string;
    /** The list behind each cell's number, in the order of the cells. */
    opens?: readonly (AnalyticsOpening | null)[];
  }[];
  /** All rows there are, where these are the first ones. */
  total?: number;
  /** Said where there is no row. */
  empty: string;
};

export const time = (ms: number | null): AnalyticsCell => (ms === null ? null : { ms });
export const day = (date: DateString | null): AnalyticsCell => (date === null ? null : { date });

/** Whole percents; null of nobody. */
export const percent = ({ part, of }: { part: number; of: number }): number | null =>
  of === 0 ? null : Math.round((part / of) * 100);

function fileCell(cell: AnalyticsCell): Cell {
  if (cell === null || typeof cell !== "object") return cell;
  if ("ms" in cell) return hours(cell.ms);
  return "date" in cell ? cell.date : cell.month;
}

/** A table as a file has it: hours with two decimals, ISO dates, empty cells where nothing is known. */
export const fileOf = (table: AnalyticsTable): { headers: string[]; rows: Cell[][] } => ({
  headers: table.columns.map(({ label, kind }) => (kind === "time" ? `${label} (hours)` : label)),
  rows: table.rows.map(({ cells }) => cells.map(fileCell)),
});
