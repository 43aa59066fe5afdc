import { describe, expect, it } from "vitest";
import { type EnrolmentStatus, enrolmentStatuses, statusesAfter } from "@/db/enums";
import { testDb } from "@/db/testing/database";
import {
  assignmentStatusOf,
  daysAgo,
  eventsOf,
  LONG_AGO,
  newBatch,
  newInstructor,
  newProject,
  newStudent,
  rowsOf,
  SYSTEM,
  TODAY,
} from "@/db/testing/enrolments";
import type { Actor } from "@/lib/auth/permissions";
import { addDays } from "@/lib/dates";
import { changeEnrolmentStatus, moveStudent } from "./enrolment";

describe("changing the status of an enrolment", () => {
  it("allows exactly what the table allows, for every pair", async () => {
    const a = await newBatch();
    for (const from of enrolmentStatuses) {
      for (const status of enrolmentStatuses) {
        const { id } = await newStudent(a.id, { status: from });
        const result = await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: id, status });
        const rows = await rowsOf(id);
        if (statusesAfter[from].includes(status)) {
          expect(result, `${from} to ${status}`).toMatchObject({ ok: true });
          expect(rows).toEqual([
            { batchId: a.id, status: from, from: LONG_AGO, to: TODAY },
            { batchId: a.id, status, from: TODAY, to: null },
          ]);
        } else {
          expect(result, `${from} to ${status}`).toMatchObject({ code: "conflict", fields: { status: /is/ } });
          expect(rows).toEqual([{ batchId: a.id, status: from, from: LONG_AGO, to: null }]);
        }
      }
    }
  });

  it("edits the row on the day on which it began, and a change taken back leaves the row before", async () => {
    const a = await newBatch();
    const { id } = await newStudent(a.id);
    const change = (status: EnrolmentStatus) => changeEnrolmentStatus(testDb(), SYSTEM, { studentId: id, status });
    await change("paused");
    await change("dropped");
    expect(await rowsOf(id)).toEqual([
      { batchId: a.id, status: "active", from: LONG_AGO, to: TODAY },
      { batchId: a.id, status: "dropped", from: TODAY, to: null },
    ]);
    await change("active");
    expect(await rowsOf(id)).toEqual([{ batchId: a.id, status: "active", from: LONG_AGO, to: null }]);

    const fresh = await newStudent(a.id, { fromDate: TODAY, status: "invited" });
    await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: fresh.id, status: "active" });
    expect(await rowsOf(fresh.id)).toEqual([{ batchId: a.id, status: "active", from: TODAY, to: null }]);
  });

  it("keeps a planned move through a pause, and ends it when somebody drops out", async () => {
    const [a, b] = [await newBatch(), await newBatch()];
    const { id } = await newStudent(a.id);
    const soon = addDays(TODAY, 10);
    await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: b.id, from: soon });
    await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: id, status: "paused" });
    expect((await rowsOf(id)).map((row) => [row.batchId, row.status, row.to])).toEqual([
      [a.id, "active", TODAY],
      [a.id, "paused", soon],
      [b.id, "active", null],
    ]);
    await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: id, status: "dropped", reason: "moved away" });
    expect((await rowsOf(id)).map((row) => [row.batchId, row.status, row.to])).toEqual([
      [a.id, "active", TODAY],
      [a.id, "dropped", null],
    ]);
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      action: "student.change-status",
      before: { status: "paused" },
      after: { status: "dropped", reason: "moved away", replacedPlans: [`${b.name} from ${soon}`] },
    });
  });

  it("drops the open assignment with the student, completes it with a graduate, and leaves it through a pause", async () => {
    const a = await newBatch();
    const cases = [
      ["paused", "active", "active"],
      ["dropped", "active", "dropped"],
      ["graduated", "active", "completed"],
      ["graduated", "assigned", "dropped"],
    ] as const;
    for (const [status, before, after] of cases) {
      const { id } = await newStudent(a.id);
      const shop = await newProject(a.id, id, before);
      await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: id, status });
      expect(await assignmentStatusOf(shop.id), `${status} ${before}`).toBe(after);
    }
  });

  it("takes a place again when somebody comes back", async () => {
    const a = await newBatch({ capacity: 1 });
    const gone = await newStudent(a.id, { status: "dropped" });
    await newStudent(a.id);
    expect(await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: gone.id, status: "active" })).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("its only place is taken"),
    });
  });

  it("asks whoever teaches the batch, and an enrolment that is not over", async () => {
    const a = await newBatch();
    const [own, foreign] = [await newInstructor(a.id), await newInstructor()];
    const [here, gone] = [await newStudent(a.id), await newStudent(a.id, { toDate: daysAgo(1) })];
    const pause = (studentId: number, actor: Actor) =>
      changeEnrolmentStatus(testDb(), actor, { studentId, status: "paused" });
    expect(await pause(here.id, foreign)).toMatchObject({ code: "forbidden" });
    expect(await pause(gone.id, SYSTEM)).toMatchObject({ code: "conflict" });
    expect(await pause(here.id, own)).toMatchObject({ ok: true });
  });
});
