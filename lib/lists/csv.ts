import { stringify } from "csv-stringify/sync";
import type { Cell } from "./served";

const BOM = "\uFEFF";

/**
 * Rows as CSV, with CRLF as spreadsheets expect. What a spreadsheet would take for a formula begins with an apostrophe
 * and is text; numbers stay numbers.
 */
const csv = (rows: Cell[][]): string => stringify(rows, { record_delimiter: "windows", escape_formulas: true });

/** A header and rows, chunk by chunk: whoever downloads sets the pace, and nothing piles up here. */
export function csvStream(headers: string[], chunks: AsyncIterable<Cell[][]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      if (!begun) {
        begun = true;
        controller.enqueue(encoder.encode(BOM + csv([headers])));
        return;
      }
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(csv(next.value)));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
