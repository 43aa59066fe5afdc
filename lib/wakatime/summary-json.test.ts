import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as standIn from "@/e2e/fakes/wakatime/format";
import { summariesSchema } from "./shapes";
import { spellDate, spellItem, spellTime, spellTotal } from "./summary-format";
import { dayJson, summariesJson } from "./summary-json";
import sample from "./testing/summaries-sample.json";
import { codingDays } from "./transform";

describe("a time as WakaTime spells it", () => {
  it.each([
    [8_229_650, 2, 17, "2:17", "2.28", "2 hrs 17 mins"],
    [3_660_000, 1, 1, "1:01", "1.02", "1 hr 1 min"],
    [21_600_000, 6, 0, "6:00", "6.00", "6 hrs"],
    [3_600_000, 1, 0, "1:00", "1.00", "1 hr"],
    [21_659_999, 6, 0, "6:00", "6.00", "6 hrs"],
    [21_780_000, 6, 3, "6:03", "6.05", "6 hrs 3 mins"],
    [960_000, 0, 16, "0:16", "0.27", "16 mins"],
    [60_000, 0, 1, "0:01", "0.02", "1 min"],
    [59_999, 0, 0, "0:00", "0.00", "59 secs"],
    [51_900, 0, 0, "0:00", "0.00", "51 secs"],
    [1_000, 0, 0, "0:00", "0.00", "1 sec"],
    [999, 0, 0, "0:00", "0.00", "0 secs"],
    [0, 0, 0, "0:00", "0.00", "0 secs"],
    [89_040_000, 24, 44, "24:44", "24.73", "24 hrs 44 mins"],
    [402_113_500, 111, 41, "111:41", "111.68", "111 hrs 41 mins"],
  ])("%d ms", (ms, hours, minutes, digital, decimal, text) => {
    expect(spellTotal(ms)).toEqual({ hours, minutes, total_seconds: ms / 1000, digital, decimal, text });
    expect(spellTime(ms)).toBe(text);
  });

  it("gives an item its seconds, and its share of its own list", () => {
    expect(spellItem("react", 3_300_000, 4_500_000)).toEqual({
      name: "react",
      total_seconds: 3300,
      digital: "0:55:00",
      decimal: "0.92",
      text: "55 mins",
      hours: 0,
      minutes: 55,
      seconds: 0,
      percent: 73.33,
    });
    expect(spellItem("TypeScript", 5_210_000, 8_229_650)).toMatchObject({ digital: "1:26:50", percent: 63.31 });
    expect(spellItem("all", 1, 1).percent).toBe(100);
    expect(spellItem("none", 0, 0).percent).toBe(0);
  });

  it.each([
    ["2026-08-18", "Tue Aug 18th 2026"],
    ["2026-08-01", "Sat Aug 1st 2026"],
    ["2026-08-02", "Sun Aug 2nd 2026"],
    ["2026-08-03", "Mon Aug 3rd 2026"],
    ["2026-08-11", "Tue Aug 11th 2026"],
    ["2026-08-12", "Wed Aug 12th 2026"],
    ["2026-08-13", "Thu Aug 13th 2026"],
    ["2026-08-21", "Fri Aug 21st 2026"],
    ["2026-08-22", "Sat Aug 22nd 2026"],
    ["2026-08-31", "Mon Aug 31st 2026"],
    ["2026-08-19", "Today"],
  ])("%s is %s", (date, text) => expect(spellDate(date, "2026-08-19")).toBe(text));

  it("is the stand-in's spelling for every whole second of ten days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 864_000 }), fc.integer({ min: 1, max: 900_000 }), (seconds, list) => {
        expect(spellTotal(seconds * 1000)).toEqual(standIn.grandTotal(seconds));
        expect(spellItem("x", seconds * 1000, list * 1000)).toEqual(standIn.listItem("x", seconds, list));
      }),
    );
  });
});

const asked = { from: "2026-03-09", to: "2026-03-10", timeZone: "America/Chicago" };
const days = codingDays(summariesSchema.parse(sample), asked).map((day, index) => ({
  ...day,
  startsAt: sample.data[index]?.range.start ?? "",
  endsAt: sample.data[index]?.range.end ?? "",
}));

/** The sample without what is not stored: the numbers of AI tools, and the host names of machines. */
const storable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([name]) => !/^(ai|human)_/.test(name));
  const plain = Object.fromEntries(kept.map(([name, each]) => [name, storable(each)]));
  return "machine_name_id" in plain ? { ...plain, name: plain.machine_name_id } : plain;
};

describe("stored days in WakaTime's shape", () => {
  it("are the contract's sample again, every string and number of it", () => {
    const json = summariesJson({
      days,
      totalMs: days.reduce((sum, day) => sum + day.totalMs, 0),
      startsAt: sample.start,
      endsAt: sample.end,
      today: "2026-03-20",
    });
    expect(json).toEqual(storable(sample));
    expect(Object.keys(json)).toEqual(Object.keys(sample));
  });

  it("average over the days with time, seconds cut off, nothing divided by nothing", () => {
    const [first] = days;
    if (!first) throw new Error("the sample has lost its days");
    const day = (totalMs: number, otherMs = 0) => ({
      ...first,
      totalMs,
      items: [{ kind: "language" as const, name: "Other", ms: otherMs }],
    });
    const average = (...all: (typeof first)[]) =>
      summariesJson({ days: all, totalMs: 0, startsAt: "", endsAt: "", today: "" }).daily_average;
    expect(average(day(10_000), day(0), day(9_999, 5_000))).toEqual({
      holidays: 1,
      days_minus_holidays: 2,
      days_including_holidays: 3,
      seconds: 7,
      seconds_including_other_language: 9,
      text: "7 secs",
      text_including_other_language: "9 secs",
    });
    expect(average()).toMatchObject({ days_including_holidays: 0, seconds: 0, text: "0 secs" });
    expect(average(day(0))).toMatchObject({ holidays: 1, days_minus_holidays: 0, seconds: 0 });
  });

  it("list the longest first, and equals by name", () => {
    const items = [
      { kind: "project" as const, name: "b", ms: 1000 },
      { kind: "project" as const, name: "c", ms: 2000 },
      { kind: "project" as const, name: "a", ms: 1000 },
    ];
    const day = { date: "2026-03-09", timeZone: "UTC", totalMs: 4000, items, startsAt: "", endsAt: "" };
    expect(dayJson(day, "2026-03-09").projects.map(({ name, percent }) => [name, percent])).toEqual([
      ["c", 50],
      ["a", 25],
      ["b", 25],
    ]);
    expect(dayJson(day, "2026-03-09").range.text).toBe("Today");
  });
});
