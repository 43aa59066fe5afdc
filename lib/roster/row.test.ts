import { describe, expect, it } from "vitest";
import { guessMapping, missingColumns } from "./fields";
import { readRow } from "./row";

const COLUMNS = ["E-Mail Address", "Full name", "Cohort", "Mobile", "Time zone", "Status", "Start date"];
const mapping = guessMapping(COLUMNS, [], true);
const row = (...cells: string[]) => readRow({ row: 2, cells }, mapping, COLUMNS.length);
const faults = (...cells: string[]) => row(...cells).faults.join(" ");

describe("columns", () => {
  it("are guessed by their headings", () => {
    expect(mapping).toEqual({
      ...{ email: 0, name: 1, batch: 2, phone: 3, timeZone: 4, status: 5, startDate: 6 },
      ...{ firstName: null, lastName: null },
    });
    expect(guessMapping(["First Name", "SURNAME", "Prénom", "mail"], [], true)).toMatchObject({
      ...{ name: null, firstName: 0, lastName: 1, email: 3 },
    });
    expect(guessMapping(["Column 1", "Column 2"], ["Ada", "a@x.test"], false)).toMatchObject({ name: null, email: 1 });
  });

  it("that are needed are named when they are missing", () => {
    const nothing = guessMapping(["a", "b"], [], true);
    expect(missingColumns(nothing)).toEqual(["E-mail", "Name (or first and last name)"]);
    expect(missingColumns({ ...nothing, email: 0, lastName: 1 })).toEqual([]);
  });
});

describe("a row", () => {
  it("says what it says, whatever the spelling", () => {
    expect(
      row(" Ada@X.Test ", " Ada\r\n Byron ", "Spring", "+49 170 1", "Europe/Berlin", "Paused", "2026-09-01"),
    ).toEqual({
      ...{ row: 2, email: "ada@x.test", name: "Ada Byron", batch: "Spring", phone: "+49 170 1" },
      ...{ timeZone: "Europe/Berlin", status: "paused", startDate: "2026-09-01", faults: [] },
      cells: expect.any(Array),
    });
  });

  it("may end early, and an empty cell says nothing", () => {
    expect(row("a@x.test", "Ada")).toMatchObject({ batch: "", phone: null, timeZone: null, status: null, faults: [] });
  });

  it("joins first and last name", () => {
    const parts = guessMapping(["first name", "last name", "email"], [], true);
    expect(readRow({ row: 2, cells: ["Ada", "Byron", "a@x.test"] }, parts, 3).name).toBe("Ada Byron");
    expect(readRow({ row: 2, cells: ["", "Byron", "a@x.test"] }, parts, 3).name).toBe("Byron");
  });

  it("with an apostrophe before a formula is one that a spreadsheet was kept from reading", () => {
    expect(row("a@x.test", "Ada", "", "'+49 170 1").phone).toBe("+49 170 1");
    expect(faults("a@x.test", "'=1+1")).toMatch(/begins like a formula/);
    expect(row("a@x.test", "'t Hooft")).toMatchObject({ name: "'t Hooft", faults: [] });
  });

  it.each([
    ["no address", ["", "Ada"], /There is no e-mail address/],
    ["no good address", ["ada(at)x.test", "Ada"], /This is not an e-mail address/],
    ["no name", ["a@x.test", " "], /There is no name/],
    ["a name like a formula", ["a@x.test", '=HYPERLINK("http://x")'], /begins like a formula/],
    ["a name with @", ["a@x.test", "@Ada"], /begins like a formula/],
    ["a name too long", ["a@x.test", "é".repeat(101)], /longer than 100/],
    ["a NUL", ["a@x.test", "A\0da"], /no text/],
    ["a lost character", ["a@x.test", "Zo\uFFFD"], /lost/],
    ["a phone that is none", ["a@x.test", "Ada", "", "call me"], /Phone “call me”/],
    ["a zone that is none", ["a@x.test", "Ada", "", "", "Berlin Time"], /time zone “Berlin Time”/],
    ["a status that is none", ["a@x.test", "Ada", "", "", "", "here"], /status “here”/],
    ["a day that is none", ["a@x.test", "Ada", "", "", "", "", "2026-02-30"], /“2026-02-30” is not a date/],
    ["a day written another way", ["a@x.test", "Ada", "", "", "", "", "01/09/2026"], /write it as 2026-09-01/],
    ["more cells than columns", ["a@x.test", "Byron", "", "", "", "", "", "Ada"], /8 cells for 7 columns/],
  ])("with %s says so", (_, cells, reason) => {
    expect(faults(...cells)).toMatch(reason);
  });

  it("keeps a name that begins with a dash, and one of exactly a hundred signs", () => {
    expect(faults("a@x.test", "-Ada")).toBe("");
    expect(faults("a@x.test", "😀".repeat(100))).toBe("");
  });
});
