import { describe, expect, it } from "vitest";
import { newSessionSchema, newSessionsSchema, ruleSchema } from "./session-input";

const content = { sessionTime: "15:00", timeZone: "Europe/Lisbon", title: "Friday demo session" };
const form = { ...content, sessionDate: "2026-12-04", limit: "places", maxScheduled: "8", batchId: "", notes: " " };
const wrong = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
  result.error?.issues.map(({ path }) => path[0]);

describe("the form of a session", () => {
  it("reads a number of places, or expressly none, also while both stand there", () => {
    expect(newSessionSchema.parse(form)).toEqual({
      ...content,
      sessionDate: "2026-12-04",
      ...{ description: null, meetingUrl: null, notes: null, batchId: null, maxScheduled: 8, isActive: false },
    });
    expect(newSessionSchema.parse({ ...form, limit: "none" }).maxScheduled).toBeNull();
    expect(newSessionSchema.parse({ ...form, limit: "none", maxScheduled: undefined }).maxScheduled).toBeNull();
    expect(newSessionSchema.parse({ ...form, isActive: "on" }).isActive).toBe(true);
  });

  it.each(["", " ", "0", "-1", "2.5", "many", "1001"])("takes %j for no number of places", (maxScheduled) => {
    expect(wrong(newSessionSchema.safeParse({ ...form, maxScheduled }))).toEqual(["maxScheduled"]);
  });

  it.each([
    ["sessionDate", "2026-02-30"],
    ["sessionTime", "24:00"],
    ["sessionTime", "3 pm"],
    ["timeZone", "Central"],
    ["title", " "],
    ["title", "x".repeat(121)],
    ["meetingUrl", "javascript:alert(1)"],
    ["batchId", "0"],
  ])("refuses %s %j beside its field", (field, value) => {
    expect(wrong(newSessionSchema.safeParse({ ...form, [field]: value }))).toEqual([field]);
  });
});

describe("the form of several", () => {
  const dates = (text: string) => newSessionsSchema.safeParse({ ...form, dates: text });

  it("takes each date once, in order", () => {
    expect(dates("2026-12-11,2026-12-04,2026-12-11").data?.dates).toEqual(["2026-12-04", "2026-12-11"]);
  });

  it("wants a date, and not hundreds", () => {
    expect(wrong(dates(""))).toEqual(["dates"]);
    expect(wrong(dates("2026-12-04,soon"))).toEqual(["dates"]);
    const many = Array.from({ length: 105 }, (_, day) => new Date(Date.UTC(2027, 0, day)).toISOString().slice(0, 10));
    expect(wrong(dates(many.join(",")))).toEqual(["dates"]);
  });
});

it("the form of the rule has a weekday and a number of weeks", () => {
  const rule = { ...content, limit: "none", weekday: "5", weeksAhead: "8", version: "0" };
  expect(ruleSchema.parse(rule)).toEqual({
    ...content,
    ...{
      description: null,
      meetingUrl: null,
      maxScheduled: null,
      weekday: 5,
      weeksAhead: 8,
      active: false,
      version: 0,
    },
  });
  expect(wrong(ruleSchema.safeParse({ ...rule, weekday: "0", weeksAhead: "27" }))).toEqual(["weekday", "weeksAhead"]);
});
