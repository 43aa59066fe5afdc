import { CsvError, parse } from "csv-parse/sync";
import { type Failure, failure } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { DELIMITERS, type Delimiter, MAX_ROSTER_ROWS } from "./words";

const MAX_COLUMNS = 60;

export type RosterTable = {
  delimiter: Delimiter;
  /** The headings, or numbers where there are none. */
  columns: string[];
  hasHeadings: boolean;
  /** `row` is the one that a spreadsheet shows for it: blank ones count, line breaks in quotes do not. */
  records: { row: number; cells: string[] }[];
};

const looksLikeAddress = (cell: string) => /^\S+@\S+\.\S+$/.test(cell.trim());
const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === "");

/** The one that stands most often in the first line, outside of quotes. */
export function guessDelimiter(text: string): Delimiter {
  let quoted = false;
  const found = new Map<string, number>();
  for (const sign of text.trimStart()) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === "\n" || sign === "\r")) break;
    else if (!quoted) found.set(sign, (found.get(sign) ?? 0) + 1);
  }
  const count = (each: Delimiter) => found.get(each) ?? 0;
  return DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** A line of its own with which Excel is told the delimiter. */
const SEPARATOR_LINE = /^sep=([,;\t])(\r\n|\r|\n)/i;

/** The cells of a text of comma, semicolon or tab separated values, or why it cannot be read. */
export function readTable(whole: string, wanted?: Delimiter): { ok: true; data: RosterTable } | Failure {
  const told = SEPARATOR_LINE.exec(whole);
  const text = told ? whole.slice(told[0].length) : whole;
  const delimiter = wanted ?? (told?.[1] as Delimiter | undefined) ?? guessDelimiter(text);
  let all: string[][];
  try {
    all = parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      // One row more than is allowed shows that there are too many.
      to: MAX_ROSTER_ROWS + 2,
    });
  } catch (error) {
    if (error instanceof CsvError) return unreadable(error);
    throw error;
  }
  const records = all.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => !isBlank(cells));
  const first = records[0]?.cells;
  if (!first) return failure("invalid", "There is nothing in it: please choose a file with headings and rows.");
  const hasHeadings = !first.some(looksLikeAddress);
  if (hasHeadings) records.shift();
  if (records.length === 0) return failure("invalid", "There are headings, but no rows under them.");
  if (all.length > MAX_ROSTER_ROWS + (hasHeadings ? 1 : 0)) {
    return failure(
      "invalid",
      `There are more than ${formatCount(MAX_ROSTER_ROWS)} rows. Please split the file and import one part after the other.`,
    );
  }
  if (first.length > MAX_COLUMNS) {
    return failure("invalid", `There are more than ${MAX_COLUMNS} columns: is this the right file?`);
  }
  const columns = hasHeadings
    ? first.map((cell, index) => cell.trim().replace(/\s+/g, " ") || `Column ${index + 1}`)
    : first.map((_, index) => `Column ${index + 1}`);
  return { ok: true, data: { delimiter, columns, hasHeadings, records } };
}

function unreadable(error: CsvError): Failure {
  const line = typeof error.lines === "number" ? ` (line ${error.lines})` : "";
  return error.code === "CSV_QUOTE_NOT_CLOSED"
    ? failure("invalid", "A quotation mark is opened and never closed, so where a cell ends cannot be told.")
    : failure("invalid", `This cannot be read as a table${line}: please save it as CSV again.`);
}
