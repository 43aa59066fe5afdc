import { describe, expect, it } from "vitest";
import { nextFreeDate } from "./next-free-date";

const none = { holidays: [], taken: [] };
const holiday = (date: string) => ({ date, name: "Day after Thanksgiving" });
const session = (date: string, cancelled = false) => ({ date, title: "Open house", cancelled });

describe("the next free Friday", () => {
  it.each([
    // 20:59 UTC is 14:59 in Chicago, 02:44 on Saturday in Kathmandu, where the tests run.
    ["2026-11-27T20:59:00Z", "2026-11-27"],
    ["2026-11-27T21:00:00Z", "2026-12-04"],
    ["2026-11-28T05:59:00Z", "2026-12-04"],
    ["2026-11-23T12:00:00Z", "2026-11-27"],
  ])("at %s it is %s in Chicago", (now, date) => {
    expect(nextFreeDate(none, "America/Chicago", new Date(now))).toBe(date);
  });

  it("passes over holidays, sessions, and days on which one was cancelled", () => {
    const known = {
      holidays: [holiday("2026-11-27")],
      taken: [session("2026-12-04"), session("2026-12-11", true), session("2026-12-17")],
    };
    expect(nextFreeDate(known, "America/Chicago", new Date("2026-11-23T12:00:00Z"))).toBe("2026-12-18");
  });

  it("is the first one where a year of them is taken", () => {
    const holidays = Array.from({ length: 366 }, (_, day) =>
      holiday(new Date(Date.UTC(2026, 10, 23 + day)).toISOString().slice(0, 10)),
    );
    expect(nextFreeDate({ holidays, taken: [] }, "UTC", new Date("2026-11-23T12:00:00Z"))).toBe("2026-11-27");
  });
});
