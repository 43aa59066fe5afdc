import { expect, it } from "vitest";
import { ruleDates } from "./rule-dates";

const plan = {
  holidays: [
    { date: "2026-11-27", name: "Day after Thanksgiving" },
    { date: "2026-12-04", name: "Founders’ day" },
  ],
  taken: [
    { date: "2026-12-04", title: "Open house", cancelled: false },
    { date: "2026-12-11", title: "Show and tell", cancelled: true },
    { date: "2026-12-18", title: "First try", cancelled: true },
    { date: "2026-12-18", title: "Second try", cancelled: false },
  ],
};

it("says of each date what the rule makes of it, and why", () => {
  expect(ruleDates(5, 6, "2026-11-23", plan, "2026-12-25")).toEqual([
    { date: "2026-11-27", verdict: "holiday", why: "Day after Thanksgiving", although: null },
    { date: "2026-12-04", verdict: "there", why: "Open house", although: "Founders’ day" },
    { date: "2026-12-11", verdict: "cancelled", why: "Show and tell", although: null },
    { date: "2026-12-18", verdict: "there", why: "Second try", although: null },
    { date: "2026-12-25", verdict: "decided", why: null, although: null },
    { date: "2027-01-01", verdict: "new", why: null, although: null },
  ]);
});

it("creates all that is free when nothing was decided yet; the first day counts", () => {
  expect(ruleDates(1, 2, "2026-11-23", plan, null)).toEqual([
    { date: "2026-11-23", verdict: "new", why: null, although: null },
    { date: "2026-11-30", verdict: "new", why: null, although: null },
  ]);
});
