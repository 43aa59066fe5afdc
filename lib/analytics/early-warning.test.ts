import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RiskSignalKind, type RiskState, riskSignalKinds } from "@/db/enums";
import { addDays } from "@/lib/dates";
import {
  assessBatch,
  DEFAULT_THRESHOLDS,
  percentile,
  RISK_DAYS,
  type RiskFacts,
  type RiskSource,
  WINDOW_DAYS,
} from "./early-warning";

const TODAY = "2026-06-17";
const MINUTE_MS = 60_000;
const calendar = { restDays: [6, 7], holidays: ["2026-06-01"] };

/** Minutes by days before today, for so many days; a hole is a day that never arrived, one in `freq`. */
const minutesOf = (days: number, freq: number) =>
  fc.array(fc.option(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })), { freq }), {
    minLength: days,
    maxLength: days,
  });

const daysOf = (minutes: (number | null)[]) =>
  minutes.flatMap((each, ago) => (each === null ? [] : [{ date: addDays(TODAY, -ago), totalMs: each * MINUTE_MS }]));

const person = fc
  .record({
    minutes: minutesOf(RISK_DAYS + 1, 9),
    source: fc.constantFrom<RiskSource>("fresh", "fresh", "fresh", "stale", "broken", "absent"),
    inBatchFor: fc.integer({ min: 0, max: 90 }),
    missed: fc.boolean(),
    presentedAgo: fc.option(fc.integer({ min: 0, max: 60 })),
    sessionsHeld: fc.integer({ min: 0, max: 4 }),
    goalMinutes: fc.option(fc.integer({ min: 60, max: 3_000 })),
  })
  .map(({ minutes, source, inBatchFor, missed, presentedAgo, sessionsHeld, goalMinutes }) => ({
    ...{ today: TODAY, inBatchSince: addDays(TODAY, -inBatchFor), source, days: daysOf(minutes), sessionsHeld },
    missed: missed ? [addDays(TODAY, -3)] : [],
    lastPresentedOn: presentedAgo === null ? null : addDays(TODAY, -presentedAgo),
    goalMinutes,
  }));

/** From 8 to 14 June: the last whole week. */
const isLastWeek = (date: string) => date >= "2026-06-08" && date <= "2026-06-14";

type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

const factsOf = ({ goalMinutes, ...each }: Person, studentId: number): RiskFacts => {
  const week = each.days.filter(({ date }) => isLastWeek(date));
  const doneMs = week.length === 0 ? null : week.reduce((sum, { totalMs }) => sum + totalMs, 0);
  const goals = goalMinutes === null ? [] : [{ label: "coding", weekTargetMs: goalMinutes * MINUTE_MS, doneMs }];
  return { ...each, studentId, goals };
};

const batch = fc.array(person, { minLength: 1, maxLength: 9 }).map((people) => people as [Person, ...Person[]]);
/** Any day that anything looks at, and as often as all others one of the last seven. */
const aDayAgo = fc.oneof(fc.integer({ min: 0, max: WINDOW_DAYS }), fc.integer({ min: 0, max: RISK_DAYS }));
const badness: Record<RiskState, number> = { on_track: 0, settling: 0, no_data: 0, watch: 1, act: 2 };
const assess = (people: RiskFacts[]) => assessBatch(people, calendar, DEFAULT_THRESHOLDS);

const isFree = (date: string) =>
  calendar.holidays.includes(date) || [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/** Somebody who coded `usual` minutes on each working day of the four weeks before the last; `week` goes back from today. */
const steady = (usual: number, week: (number | null)[]): Person => {
  const before = Array.from({ length: RISK_DAYS - WINDOW_DAYS }, (_, index) =>
    isFree(addDays(TODAY, -index - week.length)) ? 0 : usual,
  );
  return {
    ...{ today: TODAY, inBatchSince: "2026-01-05", source: "fresh", days: daysOf([...week, ...before]) },
    ...{ missed: [], lastPresentedOn: TODAY, sessionsHeld: 0, goalMinutes: null },
  };
};

/** How the first of a batch stands. */
function ofFirst(people: Person[]) {
  const [found] = assess(people.map(factsOf));
  if (!found) throw new Error("nobody was assessed");
  const of = (kind: RiskSignalKind) => found.signals.find((signal) => signal.kind === kind);
  return {
    state: found.state,
    total: found.points,
    points: (kind: RiskSignalKind) => of(kind)?.points ?? 0,
  };
}

describe("early warning", () => {
  it("never raises a fact's points for more coding on a day that is known; a drop's for one of the last seven, or today", () => {
    let lowered = 0;
    fc.assert(
      fc.property(batch, aDayAgo, fc.integer({ min: 1, max: 600 }), ([first, ...others], ago, minutes) => {
        const date = addDays(TODAY, -ago);
        const more = {
          ...first,
          days: first.days.map((day) =>
            day.date === date ? { ...day, totalMs: day.totalMs + minutes * MINUTE_MS } : day,
          ),
        };
        const [before, after] = [ofFirst([first, ...others]), ofFirst([more, ...others])];
        const rises = riskSignalKinds.filter(
          (kind) => after.points(kind) > before.points(kind) && (kind !== "drop" || ago <= WINDOW_DAYS),
        );
        expect(rises).toEqual([]);
        if (ago <= WINDOW_DAYS && badness[after.state] > badness[before.state]) throw new Error("a worse band");
        if (after.total < before.total) lowered += 1;
      }),
      { numRuns: 600 },
    );
    // Or the days that are added would be none that anything looks at.
    expect(lowered).toBeGreaterThan(10);
  });

  it("lets no missing day of the last seven that arrives with coding make anybody quiet, nor with a usual day's a drop", () => {
    let dropped = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        minutesOf(WINDOW_DAYS + 1, 3),
        fc.nat(WINDOW_DAYS),
        fc.integer({ min: 1, max: 600 }),
        (usual, week, ago, minutes) => {
          const standing = (arrived: number | null) => ofFirst([steady(usual, week.with(ago, arrived))]);
          const missing = standing(null);
          expect(standing(minutes).points("quiet")).toBeLessThanOrEqual(missing.points("quiet"));
          expect(standing(usual + minutes - 1).points("drop")).toBeLessThanOrEqual(missing.points("drop"));
          if (missing.points("drop") > 0) dropped += 1;
        },
      ),
      { numRuns: 600 },
    );
    expect(dropped).toBeGreaterThan(10);
  });

  it("takes a working day of the last seven that is missing for a usual one", () => {
    const drop = (week: (number | null)[]) =>
      assess([factsOf(steady(60, week), 1)])[0]?.signals.find(({ kind }) => kind === "drop");
    // From today, a Wednesday, backwards: Tuesday, Monday, the weekend, then Friday to Wednesday.
    expect(drop([null, null, null, 0, 0, null, null, null])).toMatchObject({ points: 0, unknown: "too_few_days" });
    expect(drop([null, null, null, 0, 0, null, 0, 0])).toMatchObject({
      points: 0,
      value: 60,
      of: "3 missing days taken as usual",
    });
    expect(drop([null, null, null, 0, 0, 0, 0, 0])).toMatchObject({
      points: 2,
      value: 40,
      of: "2 missing days taken as usual",
    });
    expect(drop([null, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({ points: 2, value: 0, of: null });
  });

  it("says the same whatever the order of students and of their days", () => {
    fc.assert(
      fc.property(batch, fc.nat(), (people, seed) => {
        const facts = people.map(factsOf);
        const mixed = [...facts]
          .sort((a, b) => ((a.studentId * 7 + seed) % 11) - ((b.studentId * 7 + seed) % 11))
          .map((each) => ({ ...each, days: [...each.days].reverse() }));
        const byId = (found: ReturnType<typeof assess>) => [...found].sort((a, b) => a.studentId - b.studentId);
        expect(byId(assess(mixed))).toEqual(byId(assess(facts)));
      }),
    );
  });

  it("gives no points for coding of which nothing fresh is known, and calls nobody on track by it", () => {
    fc.assert(
      fc.property(batch, (people) => {
        for (const { state, signals, points } of assess(
          people.map((each, id) => factsOf({ ...each, source: "stale" }, id)),
        )) {
          const ofCoding = signals.filter(({ kind }) => ["quiet", "drop", "low_quarter"].includes(kind));
          expect(ofCoding.every((signal) => signal.points === 0 && signal.unknown === "stale")).toBe(true);
          expect(state).not.toBe("on_track");
          expect(points).toBe(signals.reduce((sum, signal) => sum + signal.points, 0));
        }
      }),
    );
  });

  it("lets a holiday be no absence and no drop", () => {
    // 60 minutes on each working day but the holiday, which has none; it falls into the last seven days.
    const days = Array.from({ length: RISK_DAYS }, (_, ago) => addDays(TODAY, -2 - ago)).map((date) => ({
      date,
      totalMs: [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) || date === "2026-06-15" ? 0 : 60 * MINUTE_MS,
    }));
    const facts: RiskFacts = {
      ...{ studentId: 1, today: "2026-06-16", inBatchSince: "2026-01-05", source: "fresh", days, goals: [] },
      ...{ missed: [], lastPresentedOn: "2026-06-12", sessionsHeld: 4 },
    };
    const thresholds = { ...DEFAULT_THRESHOLDS, quietWorkingDays: 1, dropPercent: 100 };
    const [off] = assessBatch([facts], { restDays: [6, 7], holidays: ["2026-06-15"] }, thresholds);
    expect(off).toMatchObject({ state: "on_track", points: 0 });
    expect(off?.signals.find(({ kind }) => kind === "drop")?.value).toBe(100);
    // The same Monday as a working day is an absence of one day, and a drop to four fifths.
    const [on] = assessBatch([facts], { restDays: [6, 7], holidays: [] }, thresholds);
    expect(on?.signals.find(({ kind }) => kind === "quiet")).toMatchObject({ value: 1, points: 3 });
    expect(on?.signals.find(({ kind }) => kind === "drop")).toMatchObject({ value: 80, points: 2 });
  });

  it("says nothing of who missed what nobody could come to", () => {
    const facts: RiskFacts = {
      ...{ studentId: 1, today: TODAY, inBatchSince: "2026-01-05", source: "absent", days: [], goals: [] },
      ...{ missed: [], lastPresentedOn: null, sessionsHeld: 0 },
    };
    const noDemo = (each: RiskFacts) => assess([each])[0]?.signals.find(({ kind }) => kind === "no_demo");
    expect(noDemo(facts)).toMatchObject({ points: 0, unknown: "no_sessions" });
    expect(noDemo({ ...facts, sessionsHeld: 1 })).toMatchObject({ points: 1, value: 23, threshold: 4 });
  });

  it("takes quarters between two values in proportion, as the database does", () => {
    expect(percentile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(percentile([5, 1, 3], 0.5)).toBe(3);
    expect(percentile([7], 0.25)).toBe(7);
  });
});
