import { describe, expect, it } from "vitest";
import type { StudentOverview } from "@/db/queries/student-overview-shape";
import { stepsOf } from "./steps";
import { batchWords, comparedWords, rangeWords, restDaysWords, todayKnownAt } from "./words";

const MINUTE = 60_000;

describe("the words of the overview", () => {
  it("say how one’s own week stands beside the median", () => {
    expect(comparedWords(null, 300 * MINUTE)).toBe("You have no data for these days.");
    expect(comparedWords(275 * MINUTE, 300 * MINUTE)).toBe("You have 25 min less.");
    expect(comparedWords(390 * MINUTE, 300 * MINUTE)).toBe("You have 1 h 30 min more.");
    // Seconds are not shown: what is said is the difference of the two numbers beside it.
    expect(comparedWords(300 * MINUTE + 59_000, 300 * MINUTE)).toBe("You have as much.");
    expect(comparedWords(737 * MINUTE + 59_000, 856 * MINUTE)).toBe("You have 1 h 59 min less.");
    expect(comparedWords(300 * MINUTE + 1_000, 299 * MINUTE + 59_000)).toBe("You have 1 min more.");
  });

  it("name the rest days, however many there are", () => {
    expect(restDaysWords([])).toBe("");
    expect(restDaysWords([7])).toBe("Sundays");
    expect(restDaysWords([5, 6, 7])).toBe("Fridays, Saturdays and Sundays");
  });

  it("give a range its year once, unless it spans two", () => {
    expect(rangeWords("2026-11-17", "2026-11-23")).toBe("17 Nov – 23 Nov 2026");
    expect(rangeWords("2026-12-28", "2027-01-03")).toBe("28 Dec 2026 – 3 Jan 2027");
    expect(rangeWords("2026-11-23", "2026-11-23")).toBe("23 Nov 2026");
  });

  it("know when today was told last, by a sync or since", () => {
    const known = (lastSyncedAt: string | null, at?: string) =>
      todayKnownAt({
        connection: { status: "active", lastSyncedAt, brokenAt: null },
        todayLive: at ? { ms: 1, at } : null,
      });
    expect(known(null)).toBeNull();
    expect(known("2026-11-23T09:00:00+00:00")).toBe("2026-11-23T09:00:00+00:00");
    expect(known(null, "2026-11-23T10:00:00+02:00")).toBe("2026-11-23T10:00:00+02:00");
    expect(known("2026-11-23T09:00:00+00:00", "2026-11-23T10:00:00+02:00")).toBe("2026-11-23T09:00:00+00:00");
    expect(known("2026-11-23T09:00:00+00:00", "2026-11-23T09:00:01+00:00")).toBe("2026-11-23T09:00:01+00:00");
  });

  it("say how one stands in the batch", () => {
    const batch = { id: 1, name: "B", status: "active", startDate: "2026-10-01", endDate: "2026-12-01", inClass: true };
    const words = (change: object) =>
      batchWords({ batch: { ...batch, ...change } as NonNullable<StudentOverview["batch"]>, today: "2026-11-23" });
    expect(batchWords({ batch: null, today: "2026-11-23" })).toBe("You are in no batch at the moment.");
    expect(words({})).toBe("B");
    expect(words({ status: "paused", inClass: false })).toBe("B (paused)");
    expect(words({ startDate: "2026-11-25", inClass: false })).toBe("B, begins in 2 days");
    expect(words({ inClass: false })).toBe("B, over");
  });
});

describe("what to do next", () => {
  const nothingMissing = {
    zone: "UTC",
    zoneOf: "student",
    connection: { status: "active", lastSyncedAt: null, brokenAt: null },
    steps: {
      hasOwnZone: true,
      emailConfirmed: true,
      hasData: true,
      demos: 1,
      hasPlace: true,
      canSignUp: false,
      project: null,
    },
  } as unknown as StudentOverview;
  const titles = (steps: object, rest: object = {}) =>
    stepsOf({ ...nothingMissing, ...rest, steps: { ...nothingMissing.steps, ...steps } }).map(({ title }) => title);

  it("is nothing when nothing is missing", () => {
    expect(titles({})).toEqual([]);
    expect(titles({ project: { name: "Kiosk", hasResume: true, hasLinkedin: true } })).toEqual([]);
  });

  it("has the link to WakaTime first, then the first hours", () => {
    expect(titles({ hasData: false, demos: 0 }, { connection: null })).toEqual([
      "Connect WakaTime",
      "Add what you have built",
    ]);
    expect(titles({ hasData: false })).toEqual(["See your first hours arrive"]);
    expect(titles({}, { connection: { status: "needs_reconnect" } })).toEqual(["Reconnect WakaTime"]);
    expect(titles({}, { connection: { status: "scope_missing" } })).toEqual(["Give the permission"]);
  });

  it("names what a project lacks", () => {
    const project = { name: "Kiosk", hasResume: false, hasLinkedin: false };
    const [step] = stepsOf({ ...nothingMissing, steps: { ...nothingMissing.steps, project } } as StudentOverview);
    expect(step).toMatchObject({
      title: "Complete your project, Kiosk",
      why: "Your resume and LinkedIn links are not there yet.",
    });
  });
});
