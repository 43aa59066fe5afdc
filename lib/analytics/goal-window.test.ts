import { describe, expect, it } from "vitest";
import type { GoalPeriod } from "@/db/enums";
import { workedExample } from "@/db/testing/worked-example";
import { addDays, daysBetween } from "@/lib/dates";
import { goalWindow } from "./goal-window";

describe("the dates of a goal", () => {
  it.each(workedExample("goals", "Periods"))("are those of docs/metrics/goals.md: $Every on $Today", (row) => {
    expect(goalWindow(row.Every as GoalPeriod, row.Today ?? "")).toEqual({ from: row.From, to: row.To });
  });

  it("follow each other without a gap, and today is in its own", () => {
    for (const period of ["day", "week", "month"] as const) {
      for (let day = "2026-01-01"; day < "2028-04-01"; day = addDays(day, 1)) {
        const { from, to } = goalWindow(period, day);
        expect(from <= day && day <= to).toBe(true);
        expect(goalWindow(period, addDays(to, 1)).from).toBe(addDays(to, 1));
        expect(daysBetween(from, to)).toBeLessThan(31);
      }
    }
  });
});
