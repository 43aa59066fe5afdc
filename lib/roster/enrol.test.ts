import fc from "fast-check";
import { expect, it } from "vitest";
import { enrolmentStatuses } from "@/db/enums";
import { addDays } from "@/lib/dates";
import { enrolmentStep, type Wish } from "./enrol";
import type { EnrolmentWrites } from "./enrolment-plan";
import type { StoredBatch, StoredEnrolment } from "./facts";

const TODAY = "2026-06-10";
const batch = (id: number, startsIn: number): StoredBatch => ({
  ...{ id, name: `Batch ${id}`, archived: false, endDate: "2027-12-31", today: TODAY, places: null },
  startDate: addDays(TODAY, startsIn),
});
const BATCHES = new Map([batch(1, -100), batch(2, 20), batch(3, 0)].map((each) => [each.id, each]));

/** Enrolments that touch or leave gaps, around today; the last may be open. */
const enrolments = fc
  .tuple(
    fc.integer({ min: -60, max: 5 }),
    fc.array(
      fc.record({
        gap: fc.constantFrom(0, 0, 3),
        days: fc.integer({ min: 1, max: 40 }),
        batchId: fc.constantFrom(1, 2, 3),
        status: fc.constantFrom(...enrolmentStatuses),
      }),
      { maxLength: 4 },
    ),
    fc.boolean(),
  )
  .map(([begin, parts, open]) => {
    let day = begin;
    return parts.map(({ gap, days, batchId, status }, index): StoredEnrolment => {
      const from = day + gap;
      day = from + days;
      const to = open && index === parts.length - 1 ? null : addDays(TODAY, day);
      return { id: index + 1, batchId, status, from: addDays(TODAY, from), to, version: index + 1 };
    });
  });

const wishes = fc.record<Wish>({
  batch: fc.constantFrom(null, ...BATCHES.values()),
  status: fc.constantFrom(null, ...enrolmentStatuses),
  startDate: fc.option(fc.integer({ min: -30, max: 60 }).map((days) => addDays(TODAY, days))),
});

/** What the table holds once a step is written. */
function written(rows: StoredEnrolment[], { deletes, updates, insert, version }: EnrolmentWrites): StoredEnrolment[] {
  const kept = rows
    .filter(({ id }) => !deletes.includes(id))
    .map((row) => ({ ...row, ...updates.find(({ id }) => id === row.id) }));
  const all = insert ? [...kept, { ...insert, id: 99, version }] : kept;
  return all.sort((a, b) => (a.from < b.from ? -1 : 1));
}

it("one step leads to where the second import finds nothing to do, and no two enrolments overlap", () => {
  let steps = 0;
  fc.assert(
    fc.property(enrolments, wishes, fc.boolean(), (rows, wish, accepted) => {
      const outcome = enrolmentStep(rows, wish, accepted, BATCHES);
      if ("fault" in outcome || !outcome.step) return;
      steps += 1;
      const after = written(rows, outcome.step.writes);
      for (const [index, row] of after.entries()) {
        const next = after[index + 1];
        expect(row.to === null || row.to > row.from).toBe(true);
        if (next) expect(row.to !== null && row.to <= next.from, JSON.stringify(after)).toBe(true);
      }
      expect(enrolmentStep(after, wish, accepted, BATCHES)).toEqual({ step: null });
    }),
    { numRuns: 5_000 },
  );
  expect(steps).toBeGreaterThan(1_000);
});
