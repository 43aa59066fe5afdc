import { readFileSync } from "node:fs";

/** The rows of the first table beneath a heading of docs/metrics/<page>.md, by the words over its columns. */
export function workedExample(page: string, heading: string): Record<string, string>[] {
  const lines = readFileSync(new URL(`../../docs/metrics/${page}.md`, import.meta.url), "utf8").split("\n");
  const at = lines.findIndex((line) => line.replace(/^#+ /, "") === heading);
  const start = lines.findIndex((line, index) => index > at && line.startsWith("|"));
  if (at < 0 || start < 0) throw new Error(`docs/metrics/${page}.md has no table beneath "${heading}"`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  const cells = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [head = "", , ...rows] = lines.slice(start, end);
  const columns = cells(head);
  return rows.map((row) => Object.fromEntries(cells(row).map((cell, index) => [columns[index] ?? "", cell])));
}

/** Minutes as milliseconds; null for a date without a row (a dash) and for an empty cell. */
export const minutesOf = (cell: string | undefined): number | null =>
  !cell || cell === "–" ? null : Number(cell) * 60_000;
