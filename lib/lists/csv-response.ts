import { csvStream } from "./csv";
import type { Cell } from "./served";

const slug = (text: string) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);

/** A download whose name is made of `name`'s parts. What fails before the first rows are read is thrown, not half sent. */
export async function csvResponse(name: string[], headers: string[], chunks: AsyncGenerator<Cell[][]>) {
  return new Response(await csvStream(headers, chunks), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name.map(slug).filter(Boolean).join("-")}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
