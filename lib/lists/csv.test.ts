import { describe, expect, it } from "vitest";
import { csvStream } from "./csv";
import type { Cell } from "./served";

async function* inChunks(chunks: Cell[][][]) {
  yield* chunks;
}

const textOf = async (headers: string[], chunks: Cell[][][]) =>
  Buffer.from(await new Response(await csvStream(headers, inChunks(chunks))).arrayBuffer()).toString("utf8");

describe("a list as CSV", () => {
  it("begins with the mark of UTF-8 and has a line for each row, ended as spreadsheets expect", async () => {
    const text = await textOf(["Name", "Hours"], [[["Zoë", 1.5]], [["Ana", null]]]);
    expect(text).toBe("\uFEFFName,Hours\r\nZoë,1.5\r\nAna,\r\n");
  });

  it("keeps quotes, commas and line breaks inside their cell", async () => {
    expect(await textOf(["Text"], [[['say "hi", please'], ["two\r\nlines"]]])).toBe(
      '\uFEFFText\r\n"say ""hi"", please"\r\n"two\r\nlines"\r\n',
    );
  });

  it.each(["=1+1", "+49 30 1234", "-2", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])(
    "makes text of %j, which a spreadsheet would calculate",
    async (cell) => {
      const [, line = ""] = (await textOf(["Cell"], [[[cell]]])).slice(1).split(/\r\n(?=['"])/);
      expect(line.replace(/^"/, "").startsWith(`'${cell[0]}`)).toBe(true);
    },
  );

  it("leaves numbers numbers, the negative ones too", async () => {
    expect(await textOf(["N"], [[[-2.5], [0], [3]]])).toBe("\uFEFFN\r\n-2.5\r\n0\r\n3\r\n");
  });

  it("does not begin when the first rows cannot be read", async () => {
    // biome-ignore lint/correctness/useYield: it fails before the first row
    async function* broken(): AsyncGenerator<Cell[][]> {
      throw new Error("statement failed");
    }
    await expect(csvStream(["N"], broken())).rejects.toThrow("statement failed");
  });

  it("reads no further once the reader has gone", async () => {
    let read = 0;
    let ended = false;
    async function* endless(): AsyncGenerator<Cell[][]> {
      try {
        for (;;) {
          read += 1;
          yield [[read]];
        }
      } finally {
        ended = true;
      }
    }
    const reader = (await csvStream(["N"], endless())).getReader();
    await reader.read();
    await reader.read();
    await reader.cancel();
    expect(ended).toBe(true);
    expect(read).toBeLessThan(5);
  });
});
