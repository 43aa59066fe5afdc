import { describe, expect, it } from "vitest";
import { HEAT_LEVELS, heatLevel, heatMapGrid, nearestTo, stepInGrid } from "./heat-map-grid";

const MINUTE = 60_000;
const days = [
  { date: "2025-12-31", totalMs: 30 * MINUTE },
  { date: "2026-01-01", totalMs: 0 },
  { date: "2026-01-05", totalMs: 90 * MINUTE },
];

describe("the grid of the heat map", () => {
  // Wednesday 7 January 2026; the weeks before begin on 22 and 29 December.
  const grid = heatMapGrid({ days, today: "2026-01-07", firstDay: "2025-12-24", weeks: 3 });

  it("has whole weeks from Monday, over the end of a year", () => {
    expect(grid.map(({ monday }) => monday)).toEqual(["2025-12-22", "2025-12-29", "2026-01-05"]);
    expect(grid[1]?.cells.map(({ date }) => date)).toEqual([
      "2025-12-29",
      "2025-12-30",
      "2025-12-31",
      "2026-01-01",
      "2026-01-02",
      "2026-01-03",
      "2026-01-04",
    ]);
  });

  it("tells no data from zero", () => {
    expect(grid[1]?.cells.map(({ ms }) => ms)).toEqual([null, null, 30 * MINUTE, 0, null, null, null]);
    expect(grid[2]?.cells[0]).toEqual({ date: "2026-01-05", blank: false, ms: 90 * MINUTE });
  });

  it("leaves the days before the first enrolment and after today blank, whatever rows there are", () => {
    expect(grid[0]?.cells.map(({ blank }) => blank)).toEqual([true, true, false, false, false, false, false]);
    expect(grid[2]?.cells.map(({ blank }) => blank)).toEqual([false, false, false, true, true, true, true]);
    const early = heatMapGrid({ days, today: "2026-01-07", firstDay: "2026-01-02", weeks: 3 });
    expect(early[1]?.cells[2]).toEqual({ date: "2025-12-31", blank: true, ms: null });
    const never = heatMapGrid({ days, today: "2026-01-07", firstDay: null, weeks: 3 });
    expect(never.flatMap(({ cells }) => cells).every(({ blank }) => blank)).toBe(true);
  });

  it("has each date once through both changes of the clock and a leap day, in fifty-three weeks", () => {
    // From Mon 1 January 2024 to Sun 5 January 2025: 366 days of the leap year and five more.
    const year = heatMapGrid({ days: [], today: "2025-01-05", firstDay: "2020-01-01", weeks: 53 });
    const dates = year.flatMap(({ cells }) => cells.map(({ date }) => date));
    expect(dates).toHaveLength(371);
    expect(new Set(dates).size).toBe(371);
    expect([dates[0], dates.at(-1)]).toEqual(["2024-01-01", "2025-01-05"]);
    for (const date of ["2024-02-29", "2024-03-10", "2024-03-31", "2024-10-27", "2024-11-03"]) {
      expect(dates).toContain(date);
    }
    expect([...dates].sort()).toEqual(dates);
  });

  it("puts a Sunday at the end of its week and a Monday at the beginning of a new one", () => {
    const place = (today: string) => heatMapGrid({ days: [], today, firstDay: today, weeks: 1 })[0];
    expect(place("2026-01-11")?.monday).toBe("2026-01-05");
    expect(place("2026-01-12")?.monday).toBe("2026-01-12");
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
  const grid = heatMapGrid({ days, today: "2026-01-07", firstDay: "2025-12-24", weeks: 3 });

  it("goes one day up and down and one week left and right", () => {
    expect(stepInGrid(grid, { week: 1, day: 2 }, "down")).toEqual({ week: 1, day: 3 });
    expect(stepInGrid(grid, { week: 1, day: 2 }, "up")).toEqual({ week: 1, day: 1 });
    expect(stepInGrid(grid, { week: 1, day: 2 }, "left")).toEqual({ week: 0, day: 2 });
    expect(stepInGrid(grid, { week: 1, day: 2 }, "right")).toEqual({ week: 2, day: 2 });
  });

  it("walks from Sunday to Monday and back", () => {
    expect(stepInGrid(grid, { week: 0, day: 6 }, "down")).toEqual({ week: 1, day: 0 });
    expect(stepInGrid(grid, { week: 1, day: 0 }, "up")).toEqual({ week: 0, day: 6 });
  });

  it("stays where no day is drawn", () => {
    expect(stepInGrid(grid, { week: 0, day: 2 }, "up")).toEqual({ week: 0, day: 2 });
    expect(stepInGrid(grid, { week: 0, day: 2 }, "left")).toEqual({ week: 0, day: 2 });
    expect(stepInGrid(grid, { week: 2, day: 2 }, "down")).toEqual({ week: 2, day: 2 });
    expect(stepInGrid(grid, { week: 1, day: 5 }, "right")).toEqual({ week: 1, day: 5 });
  });

  it("jumps to the first and the last day", () => {
    expect(stepInGrid(grid, { week: 1, day: 5 }, "first")).toEqual({ week: 0, day: 2 });
    expect(stepInGrid(grid, { week: 1, day: 5 }, "last")).toEqual({ week: 2, day: 2 });
  });
});

describe("what is pointed at", () => {
  const box = (left: number, top: number) => ({ left, right: left + 14, top, bottom: top + 14 });
  const boxes = [
    ["Monday", box(0, 16)],
    ["Tuesday", box(0, 32)],
    ["next Monday", box(16, 16)],
  ] as const;

  it("is the day that is hit, else the one nearest by, and nothing where no day is drawn", () => {
    expect(nearestTo({ x: 13, y: 33 }, boxes)).toBe("Tuesday");
    expect(nearestTo({ x: 5, y: 4 }, boxes)).toBe("Monday");
    expect(nearestTo({ x: 22, y: 37 }, boxes)).toBe("next Monday");
    expect(nearestTo({ x: 17, y: 44 }, boxes)).toBe("Tuesday");
    expect(nearestTo({ x: 0, y: 0 }, [])).toBeUndefined();
  });
});
