import { describe, expect, it } from "vitest";
import type { GoalProgress } from "@/db/queries/student-overview-shape";
import { goalSchema, newGoalSchema } from "./goal-input";
import { knownWords, leftWords, percentOf, windowWords } from "./goal-words";

const MINUTE = 60_000;

/** A week's goal of ten hours, from Monday 23 November 2026. */
const goal = (more: Partial<GoalProgress>): GoalProgress => ({
  ...{ id: 1, slot: 1, version: 1, period: "week", kind: null, name: null, targetMs: 600 * MINUTE },
  ...{ doneMs: 200 * MINUTE, from: "2026-11-23", to: "2026-11-29", daysWithRow: 3 },
  ...more,
});

describe("how far a goal is", () => {
  it("is told in percent that never say more than is true", () => {
    expect(percentOf(goal({}))).toBe(33);
    expect(percentOf(goal({ doneMs: 600 * MINUTE - 1 }))).toBe(99);
    expect(percentOf(goal({ doneMs: 660 * MINUTE }))).toBe(110);
    expect(percentOf(goal({ doneMs: 0 }))).toBe(0);
    expect(percentOf(goal({ doneMs: null }))).toBeNull();
  });

  it("says what is left, and what that is a day so that it is enough", () => {
    // 400 min over Thursday to Sunday; over Friday to Sunday 133 1/3, rounded up.
    expect(leftWords(goal({}), "2026-11-26")).toBe("6 h 40 min to go, 1 h 40 min on each of the 4 days left");
    expect(leftWords(goal({}), "2026-11-27")).toBe("6 h 40 min to go, 2 h 14 min on each of the 3 days left");
    expect(leftWords(goal({}), "2026-11-29")).toBe("6 h 40 min to go today");
    expect(leftWords(goal({ doneMs: 600 * MINUTE - 1 }), "2026-11-29")).toBe("1 min to go today");
    expect(leftWords(goal({ doneMs: 600 * MINUTE }), "2026-11-26")).toBe("reached");
    expect(leftWords(goal({ doneMs: null }), "2026-11-29")).toBe("10 h to go today");
  });

  it("names its dates, and for how many of them so far there is data", () => {
    const day = goal({ period: "day", from: "2026-11-26", to: "2026-11-26" });
    expect(windowWords(day)).toBe("today, 26 Nov 2026");
    expect(knownWords(day, "2026-11-26")).toBeNull();
    expect(windowWords(goal({}))).toBe("this week, 23 Nov – 29 Nov 2026");
    expect(knownWords(goal({}), "2026-11-26")).toBe("data for 3 of 4 days so far");
    expect(knownWords(goal({ daysWithRow: 0 }), "2026-11-23")).toBe("data for 0 of 1 day so far");
  });
});

const form = (fields: Record<string, string>) => newGoalSchema.safeParse(fields);

describe("the form of a goal", () => {
  it("makes one of hours and minutes, and of a name only where one counts", () => {
    expect(form({ what: "all", name: "Rust", period: "week", hours: "10", minutes: "" }).data).toEqual({
      ...{ period: "week", kind: null, name: null, targetMs: 600 * MINUTE },
    });
    expect(form({ what: "language", name: " Rust ", period: "day", minutes: "45" }).data).toEqual({
      ...{ period: "day", kind: "language", name: "Rust", targetMs: 45 * MINUTE },
    });
    expect(
      goalSchema.parse({ goalId: "7", version: "2", what: "project", name: "x", period: "month", hours: "1" }),
    ).toEqual({ goalId: 7, version: 2, period: "month", kind: "project", name: "x", targetMs: 60 * MINUTE });
  });

  it("says which field is wrong", () => {
    const faults = (fields: Record<string, string>) =>
      form({ what: "all", period: "week", hours: "1", ...fields }).error?.issues.map(({ path }) => path[0]) ?? [];
    expect(faults({})).toEqual([]);
    expect(faults({ what: "project", name: " " })).toEqual(["name"]);
    expect(faults({ what: "machine" })).toEqual(["what"]);
    expect(faults({ period: "year" })).toEqual(["period"]);
    for (const hours of ["-1", "1.5", "ten", "1e9"]) expect(faults({ hours }), hours).toEqual(["hours"]);
    for (const minutes of ["60", "-1", "0.5"]) expect(faults({ minutes }), minutes).toEqual(["minutes"]);
  });
});
