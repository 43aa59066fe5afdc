import { stringify } from "csv-stringify/sync";
import type { Cell } from "./served";

const BOM = "\uFEFF";

/**
 * Rows as CSV, with CRLF as spreadsheets expect. What a spreadsheet would take for a formula begins with an apostrophe
 * and is text; numbers stay numbers, negative ones too.
 */
const csv = (rows: Cell[][]): string => stringify(rows, { record_delimiter: "windows", escape_formulas: true });

/**
 * A header and rows, chunk by chunk: whoever downloads sets the pace, and nothing piles up here. The first chunk is read
 * before the stream is there, so that a statement that fails is an answer of its own.
 */
export async function csvStream(
  headers: string[],
  chunks: AsyncIterable<Cell[][]>,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  let first: IteratorResult<Cell[][]> | null = await iterator.next();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(BOM + csv([headers]))),
    async pull(controller) {
      const next = first ?? (await iterator.next());
      first = null;
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(csv(next.value)));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
