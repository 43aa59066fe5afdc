import { describe, expect, it } from "vitest";
import { placesWords, sessionBar, standingBar, stateWords } from "./words";

const standing = { batchId: 1, batchName: "Batch 7", status: "active", period: "now", fromDate: "2026-01-05" } as const;
const session = { state: "open", hasBegun: false, batchId: null, batchName: null } as const;

it.each([
  [{ maxScheduled: 8, taken: 5, waiting: 0 }, "3 of 8 places left"],
  [{ maxScheduled: 8, taken: 8, waiting: 1 }, "all 8 places taken, 1 person waiting"],
  [{ maxScheduled: 1, taken: 1, waiting: 0 }, "the one place is taken"],
  // Old defect 11: a session without a limit is never full.
  [{ maxScheduled: null, taken: 0, waiting: 0 }, "no limit, nobody has signed up yet"],
  [{ maxScheduled: null, taken: 1_200, waiting: 0 }, "no limit, 1,200 people signed up"],
  // Paused people wait while a place is free: nobody goes past them unseen.
  [{ maxScheduled: 2, taken: 1, waiting: 1 }, "1 of 2 places left, 1 person waiting"],
])("%o reads %s", (places, words) => {
  expect(placesWords(places)).toBe(words);
});

describe("why a session cannot be joined", () => {
  it("is not asked of who can: an open session, and a full one by its waiting list", () => {
    expect(standingBar(standing)).toBeNull();
    expect(sessionBar(session, standing)).toBeNull();
    expect(sessionBar({ ...session, state: "full" }, standing)).toBeNull();
    expect(sessionBar({ ...session, batchId: 1, batchName: "Batch 7" }, standing)).toBeNull();
  });

  it.each([
    [{ state: "cancelled" as const }, /cancelled/],
    [{ state: "closed" as const }, /closed/],
    [{ hasBegun: true }, /begun/],
    [{ batchId: 2, batchName: "Batch 8" }, /Only students of Batch 8/],
  ])("is told of the session: %o", (change, words) => {
    expect(sessionBar({ ...session, ...change }, standing)).toMatch(words);
  });

  it.each([
    [{ status: null, batchId: null, batchName: null, period: null, fromDate: null }, /in no batch/],
    [{ status: "invited" as const }, /taken up/],
    [{ status: "paused" as const }, /paused.*stay yours/],
    [{ status: "dropped" as const }, /have left Batch 7/],
    [{ status: "graduated" as const }, /graduated/],
    [{ period: "before" as const }, /from 5 Jan 2026 on/],
    [{ period: "after" as const }, /is over/],
  ])("is told of the student: %o", (change, words) => {
    expect(standingBar({ ...standing, ...change })).toMatch(words);
  });
});

it("a session that has begun is not called open", () => {
  expect(stateWords({ state: "open", hasBegun: true }).label).toBe("has begun");
  expect(stateWords({ state: "cancelled", hasBegun: true }).label).toBe("cancelled");
});
