import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { streamRows } from "@/db/queries/list";
import { testDb } from "@/db/testing/database";
import { csvStream } from "./csv";

const ROWS = 100_000;
const TEXT = "coding time ".repeat(30);
const FILE_BYTES = ROWS * TEXT.length;
/** The ids are held for the whole of it, from the beginning on; nothing else may be. */
const MOST_HEAP_GROWTH_BYTES = 4_000_000;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** What is held once everything that can go has gone; buffers may still be on their way out. */
function held() {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { heapUsed, external };
}

it("an export of 100,000 rows takes no more memory at its end than at its beginning", async () => {
  const source = {
    from: sql`generate_series(1, ${ROWS}::int) n`,
    where: sql``,
    id: sql`n`,
    key: sql`n`,
    descending: false,
    details: sql``,
    row: sql`json_build_object('id', picked.id, 'text', ${TEXT}::text)`,
  };
  async function* cells() {
    for await (const rows of streamRows<{ id: number; text: string }>(testDb(), source, { limit: ROWS })) {
      yield rows.map(({ id, text }) => [id, text]);
    }
  }
  const reader = (await csvStream(["Id", "Text"], cells())).getReader();
  let bytes = 0;
  let lines = 0;
  let early = held();
  const most = { heapUsed: 0, external: 0 };
  for (let read = 0; ; read += 1) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    for (const byte of value) if (byte === 10) lines += 1;
    if (read === 10) early = held();
    if (read % 20 !== 0) continue;
    const now = held();
    most.heapUsed = Math.max(most.heapUsed, now.heapUsed);
    most.external = Math.max(most.external, now.external);
  }
  expect(lines).toBe(ROWS + 1);
  expect(bytes).toBeGreaterThan(FILE_BYTES);
  expect(most.heapUsed - early.heapUsed).toBeLessThan(MOST_HEAP_GROWTH_BYTES);
  expect(most.external - early.external).toBeLessThan(FILE_BYTES / 2);
}, 120_000);
