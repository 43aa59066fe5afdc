import { describe, expect, it } from "vitest";
import { parseHolidayLines } from "./holiday-list";

describe("a pasted list of holidays", () => {
  it("is read line by line, whatever stands between day and name", () => {
    const days = parseHolidayLines(
      '\uFEFF2026-12-25 Christmas Day\r\n\r\n2027-01-01,New Year\'s Day\n2027-05-01\tLabour Day; all day\n  2027-05-08;"Victory, Day"  ',
    ).map(({ line, day }) => [line, day?.date, day?.name]);
    expect(days).toEqual([
      [1, "2026-12-25", "Christmas Day"],
      [3, "2027-01-01", "New Year's Day"],
      [4, "2027-05-01", "Labour Day; all day"],
      [5, "2027-05-08", "Victory, Day"],
    ]);
  });

  it("says of each bad line what is wrong, and reads the others", () => {
    const lines = parseHolidayLines(
      `2027-02-29 Leap day\n25.12.2026 Christmas\n2026-12-25\n2026-12-26 Boxing Day\n2026-12-26 Again\n2026-12-31 ${"x".repeat(101)}`,
    );
    expect(lines.map(({ error }) => error)).toEqual([
      "No day such as 2026-12-25 stands at its beginning.",
      "No day such as 2026-12-25 stands at its beginning.",
      "The name is missing.",
      null,
      "The same day stands in line 4 already.",
      "A name has at most 100 characters.",
    ]);
  });

  it("of nothing is nothing", () => {
    expect(parseHolidayLines(" \n\n")).toEqual([]);
  });
});
