import { type Failure, failure, ok } from "@/lib/errors";
import { decode, isWorkbook } from "./decode";
import { guessMapping, missingColumns, type RosterMapping } from "./fields";
import { type RosterRow, readRow } from "./row";
import { readTable } from "./table";
import type { Delimiter, Encoding } from "./words";

/** How a file is to be read; what is not said is guessed. */
export type ReadOptions = { encoding?: Encoding; delimiter?: Delimiter; mapping?: RosterMapping };

/** How a file was read: what a person looks at to see whether the guesses were right. */
export type FileFacts = {
  encoding: Encoding;
  delimiter: Delimiter;
  columns: string[];
  hasHeadings: boolean;
  sample: string[][];
  rows: number;
  mapping: RosterMapping;
  missing: string[];
};

const SAMPLE_ROWS = 3;
const SAMPLE_CHARS = 80;

const cut = (cell: string) => (cell.length > SAMPLE_CHARS ? `${cell.slice(0, SAMPLE_CHARS)}…` : cell);

/** The rows of a file and how it was read, or why it cannot be. Without the columns that are needed there are no rows. */
export function readRoster(
  bytes: Uint8Array,
  options: ReadOptions,
): { ok: true; data: { file: FileFacts; rows: RosterRow[] } } | Failure {
  if (isWorkbook(bytes)) {
    return failure("invalid", "This is a workbook, not a CSV file. Save it as “CSV UTF-8” and choose that file.");
  }
  const { text, encoding } = decode(bytes, options.encoding);
  const table = readTable(text, options.delimiter);
  if (!table.ok) return table;
  const { columns, hasHeadings, records, delimiter } = table.data;
  const fits = options.mapping && Object.values(options.mapping).every((at) => at === null || at < columns.length);
  const mapping =
    options.mapping && fits ? options.mapping : guessMapping(columns, records[0]?.cells ?? [], hasHeadings);
  const missing = missingColumns(mapping);
  const file = {
    ...{ encoding, delimiter, columns, hasHeadings, mapping, missing, rows: records.length },
    sample: records.slice(0, SAMPLE_ROWS).map(({ cells }) => columns.map((_, index) => cut(cells[index] ?? ""))),
  };
  return ok({
    file,
    rows: missing.length > 0 ? [] : records.map((record) => readRow(record, mapping, columns.length)),
  });
}
