import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { riskSignalKinds } from "@/db/enums";
import { enrolment } from "@/db/schema";
import { ACADEMY_NOW as NOW } from "@/db/testing/analytics-academy";
import { testDb, withRollback } from "@/db/testing/database";
import { RISK_NAMES, type RiskName, riskAcademy } from "@/db/testing/risk-academy";
import { type Assessment, assessBatch, DEFAULT_THRESHOLDS, type RiskSignal } from "@/lib/analytics/early-warning";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { getRiskFacts } from "./risk-facts";

type Academy = Awaited<ReturnType<typeof riskAcademy>>;
type BatchName = keyof Academy["batchIds"];
const MINUTE_MS = 60_000;

/**
 * Wednesday, 10 June 2026, 13:00 in Chicago, Thursday in Auckland. The last seven days are 3 to 9 June, before them lie
 * the weeks from 27, 20, 13 and 6 May, each with five working days; the last whole week is 1 to 7 June. Four weeks ago
 * was 13 May, 13:00. Held since then, at 15:00: 15 May for all, 29 May for A, 13, 14 and 20 May for C.
 *
 * Each fact is its number of its threshold with the points that it adds, or why it is not known: quiet in working days,
 * drop in percent, low quarter in minutes a working day, missed in sessions, no demo in weeks, goals in percent.
 */
const WORKED: Record<BatchName, Partial<Record<RiskName, [string, ...string[]]>>> = {
  // Ada, Ben, Cleo and Eve are read and known: four are no quarter.
  A: {
    // 300 min of 5 days; before them 60, 60, (45 + 4 × 60) ÷ 5 = 57 and 45 a day, median 58.5: 60 of it are 102.6 %.
    // On 29 May, 12 days ago, she presented. She means to do 2 h a day: 300 of 600 min, which is not under a half.
    Ada: ["on_track 0", "0 of 3", "102 of 50", "too_few_students", "0 of 1", "1 of 4", "50 of 50"],
    // 120 a day, always. Missed 15 May, presented on 1 May, 40 days ago. 2 + 1.
    Ben: ["watch 3", "0 of 3", "100 of 50", "too_few_students", "1 of 1 +2", "5 of 4 +1", "not_there"],
    // 420 ÷ 5 = 84 with the weekend; before it (5 × 30 + 2 × 60) ÷ 5 = 54, then 42, 42, 42: twice the median.
    // Presented on 29 May. She wants 841 min a week and did 420: 49.9 %.
    Cleo: ["on_track 1", "0 of 3", "200 of 50", "too_few_students", "0 of 1", "1 of 4", "49 of 50 +1"],
    // Nobody knows. In the batch since 6 April, 65 days, and never presented; who waits for a place misses nothing.
    Dai: ["no_data 1", "absent", "absent", "absent", "0 of 1", "9 of 4 +1", "not_there"],
    // Zeros from 25 May on: 5 + 5 + 2 working days. 0 of the median of 0, (3 × 90) ÷ 5 = 54, 90 and 90, which is 72.
    // Presented on 1 May; what is not marked is not missed. 3 + 2 + 1.
    Eve: ["act 6", "12 of 3 +3", "0 of 50 +2", "too_few_students", "0 of 1", "5 of 4 +1", "not_there"],
  },
  // Gus, Ida and Jon are read and known.
  B: {
    // 240 a day. Presented on 15 May, 26 days ago.
    Gus: ["on_track 0", "0 of 3", "100 of 50", "too_few_students", "0 of 1", "3 of 4", "not_there"],
    // Not read for ten days. Since 4 May, 37 days, and never presented.
    Hal: ["no_data 1", "stale", "stale", "stale", "0 of 1", "5 of 4 +1", "not_there"],
    // Zeros from the first day on, of which the five weeks since 6 May are looked at: 3 + 4 × 5 + 2. Of nothing there
    // is no drop. The session of 5 June was cancelled. 3 + 1, with which act begins.
    Ida: ["act 4", "25 of 3 +3", "too_few_days", "too_few_students", "0 of 1", "5 of 4 +1", "not_there"],
    // Since 18 May, in Auckland 24 days ago: only two whole weeks before the last seven days.
    Jon: ["on_track 0", "0 of 3", "too_few_days", "too_few_students", "0 of 1", "3 of 4", "not_there"],
    // Came from A on 18 May, 23 days ago.
    Lea: ["no_data 0", "broken", "broken", "broken", "0 of 1", "3 of 4", "not_there"],
  },
  // Known of the last seven days are Max with 30 a day, Nia with 29.8, and Oli, Pam and Ros with 60: five, of which the
  // second lies at the quarter. Before them Nia has 59, and Max, Oli, Pam and Quy 60: there it lies at 60.
  C: {
    // Friday 5 June was the last: Monday and Tuesday. 150 min are just the half of 60 a day, and 30 just the quarter.
    Max: ["on_track 0", "2 of 3", "50 of 50", "30 of 30", "0 of 1", "3 of 4", "not_there"],
    // Thursday 4 June was: Friday, Monday, Tuesday. 149 of 300 min are 49.7 %. 29.8 and 59 are under both quarters.
    Nia: ["act 7", "3 of 3 +3", "49 of 50 +2", "29.8 of 30 +2", "0 of 1", "3 of 4", "not_there"],
    // Missed 12 May, 29 days ago, and presented on 14 May, 27 days ago.
    Oli: ["on_track 0", "0 of 3", "100 of 50", "60 of 30", "0 of 1", "3 of 4", "not_there"],
    // Missed 13 May at 15:00: in two hours that is four weeks ago. 2, with which watch begins.
    Pam: ["watch 2", "0 of 3", "100 of 50", "60 of 30", "1 of 1 +2", "3 of 4", "not_there"],
    // Zeros on Monday and Tuesday; Wednesday to Friday never arrived and count as usual: 180 of 300 min. Two days of
    // five are no known week. Presented on 13 May, 28 days ago.
    Quy: ["on_track 1", "2 of 3", "60 of 50", "too_few_days", "0 of 1", "4 of 4 +1", "not_there"],
    // Came on 1 June, nine days ago, Sam ten.
    Ros: ["settling 0"],
    Sam: ["on_track 0", "2 of 3", "too_few_days", "too_few_days", "0 of 1", "1 of 4", "not_there"],
  },
};

const BATCHES: BatchName[] = ["A", "B", "C"];
let academy: Academy;

async function standing(db: Db, { batchIds }: Academy, batch: BatchName): Promise<Assessment[]> {
  const { students, calendar } = await getRiskFacts(db, batchIds[batch], DEFAULT_THRESHOLDS, NOW, STALE_AFTER_HOURS);
  return assessBatch(students, calendar, DEFAULT_THRESHOLDS);
}

const fact = ({ kind, value, threshold, points, unknown }: RiskSignal): string => {
  if (value === null || threshold === null) return unknown ?? "";
  const shown = (number: number) => (kind === "low_quarter" ? number / MINUTE_MS : number);
  return `${shown(value)} of ${shown(threshold)}${points > 0 ? ` +${points}` : ""}`;
};

/** By name, as in the table; interviews, of which nothing is recorded, aside. */
function told({ people }: Academy, found: readonly Assessment[]): Record<string, string[]> {
  const nameOf = (id: number) => RISK_NAMES.find((name) => people[name].studentId === id) ?? String(id);
  return Object.fromEntries(
    found.map(({ studentId, state, points, signals }) => [
      nameOf(studentId),
      [`${state} ${points}`, ...signals.filter(({ kind }) => kind !== "interviews").map(fact)],
    ]),
  );
}

const everybody = async (db: Db, of: Academy) =>
  Object.fromEntries(await Promise.all(BATCHES.map(async (name) => [name, told(of, await standing(db, of, name))])));

describe("every risk point of the academy worked out by hand", () => {
  let reversed: unknown;
  beforeAll(async () => {
    reversed = await withRollback(testDb(), async (tx) => {
      const made = await riskAcademy(tx, [...RISK_NAMES].reverse());
      return everybody(tx, made);
    });
    academy = await riskAcademy(testDb());
  });

  it("is what the statement and the rules say, of everybody in class and of nobody else", async () => {
    // Fay is paused, and Kim dropped out.
    expect(await everybody(testDb(), academy)).toEqual(WORKED);
    const signals = (await standing(testDb(), academy, "C"))[0]?.signals;
    expect(signals?.map(({ kind }) => kind)).toEqual([...riskSignalKinds]);
  });

  it("is the same in whatever order they came", () => {
    expect(reversed).toEqual(WORKED);
  });

  it("is the same of all others when one of them is paused, and whatever was coded by who is paused", async () => {
    for (const batch of BATCHES) {
      const { students, calendar } = await getRiskFacts(
        ...([testDb(), academy.batchIds[batch], DEFAULT_THRESHOLDS, NOW, STALE_AFTER_HOURS] as const),
      );
      for (const { studentId } of students) {
        const others = students.filter((each) => each.studentId !== studentId);
        const without = assessBatch(others, calendar, DEFAULT_THRESHOLDS);
        await withRollback(testDb(), async (tx) => {
          await tx.update(enrolment).set({ status: "paused" }).where(eq(enrolment.studentId, studentId));
          expect(await standing(tx, academy, batch)).toEqual(without);
        });
      }
    }
    await withRollback(testDb(), async (tx) => {
      await tx.execute(sql`update daily_summary set total_ms = 1 where user_id = ${academy.people.Fay.userId}`);
      expect(await everybody(tx, academy)).toEqual(WORKED);
    });
  });

  it("has no fact that adds more for more coding on a day that is known, of the last seven or today", async () => {
    const points = (found: readonly Assessment[], id: number) =>
      new Map(found.find((each) => each.studentId === id)?.signals.map((each) => [each.kind, each.points]));
    const before = Object.fromEntries(
      await Promise.all(BATCHES.map(async (name) => [name, await standing(testDb(), academy, name)])),
    ) as Record<BatchName, Assessment[]>;
    let lowered = 0;
    for (const batch of BATCHES) {
      for (const [index, name] of (Object.keys(WORKED[batch]) as RiskName[]).entries()) {
        const { userId, studentId } = academy.people[name];
        await withRollback(testDb(), async (tx) => {
          // Each of them another day, and Nia, of whom most is to be said, the last one.
          const ago = name === "Nia" ? 1 : index % 8;
          const more = await tx.execute(sql`
            update daily_summary set total_ms = total_ms + ${90 * MINUTE_MS}
            where user_id = ${userId} and date = '2026-06-10'::date - ${ago}::int returning id`);
          if (more.length === 0) return;
          const was = points(before[batch], studentId);
          for (const [kind, now] of points(await standing(tx, academy, batch), studentId)) {
            expect([name, kind, now]).toEqual([name, kind, Math.min(now, was.get(kind) ?? 0)]);
            if (now < (was.get(kind) ?? 0)) lowered += 1;
          }
        });
      }
    }
    expect(lowered).toBeGreaterThan(2);
  });
});
