import { describe, expect, it } from "vitest";
import { projectLine, projectTime } from "./project-time";

const dates = { startDate: "2026-03-02", endDate: "2026-03-31" };

describe("where a project is in its time", () => {
  it.each([
    ["2026-02-20", { figure: "10 days", words: "until it begins" }],
    ["2026-03-01", { figure: "1 day", words: "until it begins" }],
    ["2026-03-02", { figure: "day 1 of 30", words: "29 days left after today" }],
    ["2026-03-30", { figure: "day 29 of 30", words: "1 day left after today" }],
    ["2026-03-31", { figure: "day 30 of 30", words: "it ends today" }],
    ["2026-04-01", { figure: "over", words: "it ended yesterday" }],
  ])("on %s", (today, words) => expect(projectTime(dates, today)).toEqual(words));

  it("without an end", () => {
    expect(projectTime({ ...dates, endDate: null }, "2026-04-10")).toEqual({
      figure: "day 40",
      words: "without an end so far",
    });
  });
});

describe("a project and its batch on one line", () => {
  // A hundred days, so that a day is one percent.
  const batch = { name: "Spring", startDate: "2026-01-01", endDate: "2026-04-10", timeZone: "UTC" };
  const line = (project: { startDate: string; endDate: string | null }, today: string) =>
    projectLine({
      project: { name: "P", description: null, happyHour: null, status: "active", ...project },
      batch,
      today,
    });

  it("gives each day the same width, the last one too", () => {
    const { from, to, ...bars } = line({ startDate: "2026-01-11", endDate: "2026-01-30" }, "2026-01-21");
    expect([from, to]).toEqual(["2026-01-01", "2026-04-10"]);
    expect(bars).toEqual({ batch: { left: 0, width: 100 }, project: { left: 10, width: 20 }, today: 20.5 });
  });

  it("goes on to the end without an end, and leaves out a today that is not on it", () => {
    expect(line({ startDate: "2026-04-01", endDate: null }, "2026-04-05").project).toEqual({ left: 90, width: 10 });
    expect(line({ startDate: "2026-01-11", endDate: "2026-01-30" }, "2026-04-11").today).toBeNull();
    expect(line({ startDate: "2026-01-11", endDate: "2026-01-30" }, "2025-12-31").today).toBeNull();
  });

  it("grows for a project that begins before its batch, ends after it, or goes on without an end", () => {
    const early = line({ startDate: "2025-12-22", endDate: "2026-01-10" }, "2026-01-01");
    expect([early.from, early.to]).toEqual(["2025-12-22", "2026-04-10"]);
    expect(early.project.left).toBe(0);
    const late = line({ startDate: "2026-01-01", endDate: "2026-07-19" }, "2026-01-01");
    expect(late).toMatchObject({ to: "2026-07-19", batch: { left: 0, width: 50 }, project: { left: 0, width: 100 } });
    expect(line({ startDate: "2026-01-01", endDate: null }, "2026-07-19").to).toBe("2026-07-19");
  });
});
