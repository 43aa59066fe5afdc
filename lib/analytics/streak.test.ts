import { describe, expect, it } from "vitest";
import { minutesOf, workedExample } from "@/db/testing/worked-example";
import { addDays, eachDay } from "@/lib/dates";
import type { CodingDay } from "./coding-weeks";
import { DEFAULT_REST_DAYS, isoWeekday, streak } from "./streak";

const MINUTE = 60_000;
// A Tuesday.
const TODAY = "2026-06-09";
const ALL = { today: TODAY, restDays: DEFAULT_REST_DAYS, holidays: [] };
const NO_REST = { ...ALL, restDays: [] };

/** A day of `minutes` on each of the dates. */
const on = (dates: readonly string[], minutes = 60): CodingDay[] =>
  dates.map((date) => ({ date, totalMs: minutes * MINUTE }));
const back = (from: number, to: number) => eachDay(addDays(TODAY, -from), addDays(TODAY, -to));

describe("the worked example of docs/metrics/streak.md", () => {
  const rows = workedExample("streak", "Worked example");
  const days = rows.flatMap(({ Date: date = "", Coding }) => {
    const totalMs = minutesOf(Coding);
    return totalMs === null ? [] : [{ date, totalMs }];
  });
  const rules = { ...ALL, holidays: ["2026-05-25"] };
  const counting = rows.filter((row) => row["What it does"]?.startsWith("counts")).map((row) => row.Date);

  it("counts the days that it says count", () => {
    expect(rows.map((row) => row.Weekday)).toEqual(
      rows.map((row) => ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][isoWeekday(row.Date ?? "")]),
    );
    expect(counting).toHaveLength(11);
    expect(streak(days, rules)).toEqual({
      days: 11,
      since: counting.at(-1),
      last: counting[0],
      todayCounts: true,
      atLeast: false,
      missing: 0,
    });
  });

  it("passes over each of the days that it says is passed over, and for that reason", () => {
    // Without rest days the Sunday of zero ends it; the Friday without data would with a row of zero.
    expect(streak(days, { ...rules, restDays: [] })).toMatchObject({ days: 2, since: "2026-06-08" });
    expect(streak(days, { ...rules, holidays: [] })).toMatchObject({ days: 11, since: "2026-05-26" });
    const told = [...days, ...on(["2026-06-05"], 0)];
    expect(streak(told, rules)).toMatchObject({ days: 3, since: "2026-06-06" });
    // The holiday matters once there is something behind it.
    const longer = days.map((day) => (day.date === "2026-05-22" ? { ...day, totalMs: 15 * MINUTE } : day));
    expect(streak(longer, rules)).toMatchObject({ days: 13, since: "2026-05-21" });
    expect(streak(longer, { ...rules, holidays: [] })).toMatchObject({ days: 11, since: "2026-05-26" });
  });
});

describe("today", () => {
  it("is not over: it counts when it has fifteen minutes, and ends nothing when it has not", () => {
    const before = on(back(3, 1));
    expect(streak(before, NO_REST)).toMatchObject({ days: 3, last: "2026-06-08", todayCounts: false });
    expect(streak([...before, ...on([TODAY], 0)], NO_REST)).toMatchObject({ days: 3, todayCounts: false });
    expect(streak([...before, ...on([TODAY], 15)], NO_REST)).toMatchObject({ days: 4, last: TODAY, todayCounts: true });
    expect(streak(on([TODAY], 14.99), NO_REST)).toMatchObject({ days: 0, since: null, last: null });
  });

  it("is the zone's: a date skipped on the way east ends nothing, one that comes again on the way west waits", () => {
    const days = on(back(4, 1));
    // From Honolulu, 01:00 on the 9th, to Kiritimati, where it is 01:00 on the 10th: nothing was ever filed on the 9th.
    expect(streak(days, { ...NO_REST, today: "2026-06-10" })).toMatchObject({ days: 4, missing: 1 });
    // West again, to the 8th, whose row is there already; then a day like any other.
    expect(streak(days, { ...NO_REST, today: "2026-06-08" })).toMatchObject({ days: 4, todayCounts: true });
    expect(streak(days, { ...NO_REST, today: "2026-06-07" })).toMatchObject({ days: 3, last: "2026-06-07" });
  });
});

describe("days without data", () => {
  it("are passed over fourteen times in a row, and the fifteenth ends it", () => {
    const recent = on(back(2, 1));
    expect(streak([...on(back(30, 17)), ...recent], NO_REST)).toMatchObject({ days: 16 });
    expect(streak([...on(back(31, 18)), ...recent], NO_REST)).toMatchObject({ days: 2, since: "2026-06-07" });
    // A row of zero on a rest day is data: the fourteen begin again.
    const rest = { ...NO_REST, restDays: [isoWeekday(addDays(TODAY, -10))] };
    expect(streak([...on(back(38, 25)), ...on(back(10, 10), 0), ...recent], rest)).toMatchObject({ days: 16 });
  });

  it("are counted while they are the latest, and end it when a sync will not bring them any more", () => {
    expect(streak(on(back(20, 15)), NO_REST)).toMatchObject({ days: 6, last: "2026-05-25", missing: 14 });
    expect(streak(on(back(20, 16)), NO_REST)).toMatchObject({ days: 0, missing: 0 });
  });

  it("are nobody's absence while the student is paused, however long", () => {
    const paused = [{ from: addDays(TODAY, -60), to: addDays(TODAY, -5) }];
    const days = [...on(back(65, 61)), ...on(back(40, 40), 5), ...on(back(30, 30)), ...on(back(5, 1))];
    expect(streak(days, { ...NO_REST, paused })).toMatchObject({ days: 11, since: addDays(TODAY, -65) });
    expect(streak(days, NO_REST)).toMatchObject({ days: 5 });
    const still = [{ from: addDays(TODAY, -60), to: null }];
    expect(streak(on(back(65, 61)), { ...NO_REST, paused: still })).toMatchObject({ days: 5, missing: 0 });
  });
});

describe("a streak as long as what is read", () => {
  const readFrom = addDays(TODAY, -370);

  it("is at least that long, when there is data before it", () => {
    const year = on(eachDay(readFrom, TODAY));
    expect(streak(year, { ...NO_REST, readFrom })).toMatchObject({ days: 371, since: readFrom, atLeast: true });
    expect(streak(year, { ...NO_REST, readFrom: null })).toMatchObject({ days: 371, atLeast: false });
    expect(streak(year.slice(20), { ...NO_REST, readFrom })).toMatchObject({ days: 351, atLeast: false });
    expect(streak([], { ...NO_REST, readFrom })).toMatchObject({ days: 0, atLeast: false });
  });
});
