import { describe, expect, it } from "vitest";
import { takenAlong } from "./deletion-words";

const NOTHING = { students: 0, planned: 0, enrolments: 0, projects: 0, assignments: 0, demoSessions: 0 };

describe("what goes with a batch that is deleted", () => {
  it("is nothing where nothing hangs on it", () => {
    expect(takenAlong(NOTHING)).toEqual([]);
  });

  it("is named kind by kind, one or several", () => {
    const one = { students: 1, planned: 1, enrolments: 1, projects: 1, assignments: 1, demoSessions: 1 };
    expect(takenAlong(one)).toEqual([
      "1 enrolment: the record of who was in this batch, from when to when",
      "1 project with 1 assignment",
      "the later move that is planned for 1 student",
      "that 1 demo session was for this batch: the sessions stay",
    ]);
    expect(takenAlong({ ...NOTHING, enrolments: 1200, projects: 2 })).toEqual([
      "1,200 enrolments: the record of who was in this batch, from when to when",
      "2 projects",
    ]);
  });
});
