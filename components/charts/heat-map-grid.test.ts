import { describe, expect, it } from "vitest";
import { codingWeeks } from "@/lib/analytics/coding-weeks";
import { dateAt, gridWeeks, HEAT_LEVELS, heatLevel, heatMapGrid, lastOf, stepInGrid } from "./heat-map-grid";
import { cornerOf, heatMapSheets, nearestDay, SHEET_HEIGHT } from "./heat-map-sheets";

const MINUTE = 60_000;
const days = [
  { date: "2025-12-31", totalMs: 30 * MINUTE },
  { date: "2026-01-01", totalMs: 0 },
  { date: "2026-01-05", totalMs: 90 * MINUTE },
];

// Wednesday 7 January 2026; the weeks before begin on 22 and 29 December, the student on 24 December, a Wednesday.
const grid = heatMapGrid({ days, today: "2026-01-07", firstDay: "2025-12-24", weeks: 3 });
const placeOf = (date: string) => Array.from({ length: 21 }, (_, place) => dateAt(grid, place)).indexOf(date);

describe("the grid of the heat map", () => {
  it("has whole weeks from Monday, over the end of a year, and draws from the first enrolment to today", () => {
    expect([0, 7, 14, 20].map((place) => dateAt(grid, place))).toEqual([
      "2025-12-22",
      "2025-12-29",
      "2026-01-05",
      "2026-01-11",
    ]);
    expect([dateAt(grid, grid.first), dateAt(grid, lastOf(grid))]).toEqual(["2025-12-24", "2026-01-07"]);
  });

  it("tells no data from zero", () => {
    const noData = Array(7).fill(null);
    expect(grid.times).toEqual([...noData, 30 * MINUTE, 0, null, null, null, 90 * MINUTE, null, null]);
  });

  it("leaves out what lies before the first enrolment, whatever rows there are, and everything without one", () => {
    const early = heatMapGrid({ days, today: "2026-01-07", firstDay: "2026-01-02", weeks: 3 });
    expect([dateAt(early, early.first), early.times.length]).toEqual(["2026-01-02", 6]);
    expect(early.times.filter((ms) => ms !== null)).toEqual([90 * MINUTE]);
    expect(heatMapGrid({ days, today: "2026-01-07", firstDay: null, weeks: 3 }).times).toEqual([]);
    expect(heatMapGrid({ days, today: "2026-01-07", firstDay: "2026-02-01", weeks: 3 }).times).toEqual([]);
  });

  it("has the numbers of its weeks, as they are condensed from the same days", () => {
    const monday = { monday: "2026-01-05", totalMs: 90 * MINUTE, daysWithRow: 1, daysWithCoding: 1 };
    const before = { monday: "2025-12-29", totalMs: 30 * MINUTE, daysWithRow: 2, daysWithCoding: 1 };
    expect(gridWeeks(grid)).toEqual([before, monday]);
    expect(gridWeeks(grid)).toEqual(codingWeeks(days));
  });

  it("has each date once through both changes of the clock and a leap day, in fifty-three weeks", () => {
    // From Mon 1 January 2024 to Sun 5 January 2025: 366 days of the leap year and five more.
    const year = heatMapGrid({ days: [], today: "2025-01-05", firstDay: "2020-01-01", weeks: 53 });
    expect([year.monday, year.first, year.times.length, dateAt(year, 370)]).toEqual([
      "2024-01-01",
      0,
      371,
      "2025-01-05",
    ]);
    expect(new Set(year.times.map((_, place) => dateAt(year, place))).size).toBe(371);
    expect([59, 90].map((place) => dateAt(year, place))).toEqual(["2024-02-29", "2024-03-31"]);
  });

  it("puts a Sunday at the end of its week and a Monday at the beginning of a new one", () => {
    const mondayOf = (today: string) => heatMapGrid({ days: [], today, firstDay: today, weeks: 1 }).monday;
    expect(mondayOf("2026-01-11")).toBe("2026-01-05");
    expect(mondayOf("2026-01-12")).toBe("2026-01-12");
  });
});

describe("the levels", () => {
  it.each([
    [0, "0 min"],
    [1, "under 1 h"],
    [60 * MINUTE - 1, "under 1 h"],
    [60 * MINUTE, "1–2 h"],
    [120 * MINUTE, "2–4 h"],
    [240 * MINUTE, "4 h and more"],
  ])("%d ms is %s", (ms, label) => expect(HEAT_LEVELS[heatLevel(ms)]?.label).toBe(label));
});

describe("walking through the grid", () => {
  const from = (date: string, direction: Parameters<typeof stepInGrid>[2]) =>
    dateAt(grid, stepInGrid(grid, placeOf(date), direction));

  it("goes one day up and down, also from Sunday to Monday, and one week left and right", () => {
    expect(from("2025-12-31", "down")).toBe("2026-01-01");
    expect(from("2025-12-31", "up")).toBe("2025-12-30");
    expect(from("2025-12-31", "left")).toBe("2025-12-24");
    expect(from("2025-12-31", "right")).toBe("2026-01-07");
    expect(from("2025-12-28", "down")).toBe("2025-12-29");
    expect(from("2025-12-29", "up")).toBe("2025-12-28");
  });

  it("goes four weeks up and down by the page", () => {
    const long = heatMapGrid({ days, today: "2026-01-07", firstDay: "2025-11-20", weeks: 12 });
    const step = (place: number, direction: "pageUp" | "pageDown") => stepInGrid(long, place, direction);
    expect(dateAt(long, step(lastOf(long), "pageUp"))).toBe("2025-12-10");
    expect(step(step(lastOf(long), "pageUp"), "pageDown")).toBe(lastOf(long));
    expect(step(lastOf(long), "pageDown")).toBe(lastOf(long));
  });

  it("stays where no day is drawn, and jumps to the first and the last day", () => {
    expect(from("2025-12-24", "up")).toBe("2025-12-24");
    expect(from("2025-12-30", "left")).toBe("2025-12-30");
    expect(from("2026-01-07", "down")).toBe("2026-01-07");
    expect(from("2026-01-01", "right")).toBe("2026-01-01");
    expect(from("2026-01-01", "first")).toBe("2025-12-24");
    expect(from("2026-01-01", "last")).toBe("2026-01-07");
  });
});

describe("the drawing", () => {
  it("has every day once: as one square of its level's path, at its place", () => {
    const [sheet] = heatMapSheets(grid);
    // Thursday 1 January, second column, fourth row: 16 from the left, 16 + 3 × 16 from the top, and half a line within.
    expect(sheet?.levels[0]).toBe("M16.5 64.5h13v13h-13z");
    expect(sheet?.levels[1]).toBe("M17 49h12v12h-12z");
    expect(sheet?.levels[2]).toBe("M33 17h12v12h-12z");
    expect([sheet?.levels[3], sheet?.levels[4]]).toEqual(["", ""]);
    expect(sheet?.noData.match(/M/g)).toHaveLength(12);
    expect(sheet?.today).toEqual({ x: 32, y: 48 });
    expect(sheet?.months).toEqual([{ x: 16, name: "Jan" }]);
  });

  it("goes on in the next sheet after ten weeks, and says which are empty", () => {
    const year = heatMapGrid({ days: [], today: "2025-01-05", firstDay: "2024-12-02", weeks: 53 });
    const sheets = heatMapSheets(year);
    expect(sheets.map(({ weeks }) => weeks)).toEqual([10, 10, 10, 10, 10, 3]);
    expect(sheets.map(({ isBlank }) => isBlank)).toEqual([true, true, true, true, false, false]);
    expect(sheets[5]?.monday).toBe("2024-12-16");
    expect(cornerOf(50 * 7)).toEqual({ sheet: 5, x: 0, y: 16 });
    expect(sheets.flatMap(({ months }) => months.map(({ name }) => name)).join(" ")).toBe(
      "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan",
    );
  });
});

describe("what is pointed at", () => {
  const year = heatMapGrid({ days: [], today: "2025-01-05", firstDay: "2024-01-01", weeks: 53 });
  /** A sheet of ten weeks at a corner; the second one stands beneath the first. */
  const box = (left: number, top: number, scale = 1) => ({
    left,
    right: left + 158 * scale,
    top,
    bottom: top + SHEET_HEIGHT * scale,
  });
  const at = (x: number, y: number, boxes = [box(0, 0), box(0, 140)]) => nearestDay(year, { x, y }, boxes);

  it("is the day that is hit, else the one nearest by, on the sheet nearest by", () => {
    expect(at(5, 20)).toBe(0);
    expect(at(17, 50)).toBe(7 + 2);
    // In the gap between two days the nearer one; above the first row and right of the last column the one at the edge.
    expect([at(14.9, 20), at(15.1, 20)]).toEqual([0, 7]);
    expect(at(5, 3)).toBe(0);
    expect(at(400, 60)).toBe(9 * 7 + 2);
    expect(at(5, 160)).toBe(70);
  });

  it("keeps to the days that are drawn, to the size that is drawn, and to sheets that are shown", () => {
    expect(nearestDay(grid, { x: 0, y: 0 }, [box(0, 0)])).toBe(2);
    expect(nearestDay(grid, { x: 150, y: 120 }, [box(0, 0)])).toBe(16);
    expect(at(34, 40, [box(0, 0, 2)])).toBe(7);
    const hidden = { left: 0, right: 0, top: 0, bottom: 0 };
    expect(at(0, 0, [hidden, box(500, 500)])).toBe(70);
    expect(at(0, 0, [])).toBeNull();
  });
});
