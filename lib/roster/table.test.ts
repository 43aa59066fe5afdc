import { describe, expect, it } from "vitest";
import { readTable } from "./table";
import { MAX_ROSTER_ROWS } from "./words";

function table(text: string) {
  const result = readTable(text);
  if (!result.ok) throw new Error(result.message);
  return result.data;
}

const refusal = (text: string) => {
  const result = readTable(text);
  return result.ok ? "read" : result.message;
};

describe("reading a table", () => {
  it.each([
    ["commas", "name,email\nA; B,a@x.test", ","],
    ["semicolons", 'name;email\n"A, B";a@x.test', ";"],
    ["tabs", "name\temail\nA, B; C\ta@x.test", "\t"],
    ["the separator that the file names", "sep=;\r\nname,note;email\r\nA;a@x.test", ";"],
    ["no separator at all", "email\na@x.test", ","],
  ])("finds %s", (_, text, delimiter) => {
    expect(table(text).delimiter).toBe(delimiter);
  });

  it("takes line breaks, separators and quotation marks in quotes as text, and any line ends", () => {
    const { columns, records } = table('Name,E-mail\r\n"Ada\nByron, ""A""",a@x.test\n\n5" Bob,b@x.test\rC,c@x.test');
    expect(columns).toEqual(["Name", "E-mail"]);
    expect(records).toEqual([
      { row: 2, cells: ['Ada\nByron, "A"', "a@x.test"] },
      { row: 4, cells: ['5" Bob', "b@x.test"] },
      { row: 5, cells: ["C", "c@x.test"] },
    ]);
  });

  it("numbers the columns of a list without headings", () => {
    expect(table("Ada,a@x.test\nBob,b@x.test")).toMatchObject({
      hasHeadings: false,
      columns: ["Column 1", "Column 2"],
      records: [{ row: 1 }, { row: 2 }],
    });
  });

  it("says what is wrong with what cannot be read", () => {
    expect(refusal(" \n\n")).toMatch(/nothing in it/);
    expect(refusal("name,email\n,\n")).toMatch(/no rows under them/);
    expect(refusal('name,email\n"Ada,a@x.test\nBob,b@x.test')).toMatch(/never closed/);
    const rows = (count: number) => `name,email\n${"A,a@x.test\n".repeat(count)}`;
    expect(refusal(rows(MAX_ROSTER_ROWS))).toBe("read");
    expect(refusal(rows(MAX_ROSTER_ROWS + 1))).toMatch(/more than 10,000 rows/);
    expect(refusal(`${"a,".repeat(80)}\n1`)).toMatch(/columns/);
  });
});
