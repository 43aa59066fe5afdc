import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { enrolmentStatuses } from "@/db/enums";
import { batch } from "@/db/schema";
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
import { moveStudent } from "./enrolment";

describe("moving a student", () => {
  it("closes one period and opens another; they touch, and totals can follow the dates", async () => {
    const [a, b] = [await newBatch(), await newBatch()];
    const { id } = await newStudent(a.id);
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: b.id })).toMatchObject({ ok: true });
    expect(await rowsOf(id)).toEqual([
      { batchId: a.id, status: "active", from: LONG_AGO, to: TODAY },
      { batchId: b.id, status: "active", from: TODAY, to: null },
    ]);
    const [event] = await eventsOf(id);
    expect(event).toMatchObject({
      action: "student.move",
      subjectType: "student",
      before: { batch: a.name, status: "active", from: LONG_AGO, to: null },
      after: { batch: b.name, status: "active", from: TODAY },
    });
  });

  it("takes a day, but none before the current period began", async () => {
    const [a, b] = [await newBatch(), await newBatch()];
    const { id } = await newStudent(a.id);
    const before = { studentId: id, batchId: b.id, from: addDays(LONG_AGO, -1) };
    expect(await moveStudent(testDb(), SYSTEM, before)).toMatchObject({
      code: "invalid",
      fields: { from: /began on/ },
    });
    for (const from of ["2026-02-30", "tomorrow", ""]) {
      expect(await moveStudent(testDb(), SYSTEM, { ...before, from })).toMatchObject({ code: "invalid" });
    }
    expect(await rowsOf(id)).toHaveLength(1);
    expect(await moveStudent(testDb(), SYSTEM, { ...before, from: daysAgo(30) })).toMatchObject({ ok: true });
    expect(await rowsOf(id)).toEqual([
      { batchId: a.id, status: "active", from: LONG_AGO, to: daysAgo(30) },
      { batchId: b.id, status: "active", from: daysAgo(30), to: null },
    ]);
  });

  it("on the day on which the current period began replaces it, and back again leaves no trace", async () => {
    const [a, b, c] = [await newBatch(), await newBatch(), await newBatch()];
    const { id } = await newStudent(a.id);
    await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: b.id });
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: c.id })).toMatchObject({ ok: true });
    expect((await rowsOf(id)).map((row) => [row.batchId, row.from, row.to])).toEqual([
      [a.id, LONG_AGO, TODAY],
      [c.id, TODAY, null],
    ]);
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: a.id })).toMatchObject({ ok: true });
    expect(await rowsOf(id)).toEqual([{ batchId: a.id, status: "active", from: LONG_AGO, to: null }]);
    expect(await eventsOf(id)).toHaveLength(3);
  });

  it("is refused to the same batch, to an archived one and to none", async () => {
    const [a, archived] = [await newBatch(), await newBatch({ archivedAt: new Date() })];
    const { id } = await newStudent(a.id);
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: a.id })).toMatchObject({ code: "conflict" });
    for (const batchId of [archived.id, 2_000_000_000]) {
      expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId })).toMatchObject({ code: "invalid" });
    }
    expect(await moveStudent(testDb(), SYSTEM, { studentId: 2_000_000_000, batchId: a.id })).toMatchObject({
      code: "not_found",
    });
    expect(await rowsOf(id)).toHaveLength(1);
    expect(await eventsOf(id)).toEqual([]);
  });

  it("to come replaces what was planned, and says so", async () => {
    const [a, b, c] = [await newBatch(), await newBatch(), await newBatch()];
    const { id } = await newStudent(a.id);
    const soon = addDays(TODAY, 10);
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: b.id, from: soon })).toMatchObject({
      ok: true,
    });
    expect((await rowsOf(id)).map((row) => [row.batchId, row.to])).toEqual([
      [a.id, soon],
      [b.id, null],
    ]);
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: c.id })).toMatchObject({ ok: true });
    expect((await rowsOf(id)).map((row) => [row.batchId, row.from, row.to])).toEqual([
      [a.id, LONG_AGO, TODAY],
      [c.id, TODAY, null],
    ]);
    expect((await eventsOf(id)).at(-1)?.after).toMatchObject({ replacedPlans: [`${b.name} from ${soon}`] });
  });

  it("takes who has not begun to the new batch alone, whichever begins first", async () => {
    const starts = (days: number) => newBatch({ startDate: addDays(TODAY, days) });
    const [sooner, later] = [await starts(7), await starts(21)];
    for (const [here, there, from] of [
      [sooner, later, addDays(TODAY, 21)],
      [later, sooner, addDays(TODAY, 7)],
    ] as const) {
      const { id } = await newStudent(here.id, { fromDate: here.startDate, status: "invited" });
      expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: there.id })).toMatchObject({ ok: true });
      expect(await rowsOf(id)).toEqual([{ batchId: there.id, status: "invited", from, to: null }]);
      expect((await eventsOf(id)).at(-1)?.after).toMatchObject({
        replacedPlans: [`${here.name} from ${here.startDate}`],
      });
    }
  });

  it("drops the open assignment of the old batch and names it, unless the move is still to come", async () => {
    const [a, b] = [await newBatch(), await newBatch()];
    const [now, later, done] = [await newStudent(a.id), await newStudent(a.id), await newStudent(a.id)];
    const shop = await newProject(a.id, now.id);
    const waiting = await newProject(a.id, later.id, "assigned");
    const finished = await newProject(a.id, done.id, "completed");
    await moveStudent(testDb(), SYSTEM, { studentId: now.id, batchId: b.id });
    await moveStudent(testDb(), SYSTEM, { studentId: later.id, batchId: b.id, from: addDays(TODAY, 3) });
    await moveStudent(testDb(), SYSTEM, { studentId: done.id, batchId: b.id });
    expect(await assignmentStatusOf(shop.id)).toBe("dropped");
    expect(await assignmentStatusOf(waiting.id)).toBe("assigned");
    expect(await assignmentStatusOf(finished.id)).toBe("completed");
    expect((await eventsOf(now.id))[0]?.after).toMatchObject({ droppedProject: shop.name });
  });

  it("carries an invitation and a pause along; whoever was through begins anew", async () => {
    const [a, b] = [await newBatch(), await newBatch()];
    const expected = { invited: "invited", active: "active", paused: "paused", dropped: "active", graduated: "active" };
    for (const status of enrolmentStatuses) {
      const { id } = await newStudent(a.id, { status });
      await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: b.id });
      expect((await rowsOf(id)).at(-1)).toEqual({ batchId: b.id, status: expected[status], from: TODAY, to: null });
    }
  });

  it("enrols whoever left, from the day on which a batch that has not begun begins", async () => {
    const [a, b] = [await newBatch(), await newBatch({ startDate: addDays(TODAY, 20) })];
    const { id } = await newStudent(a.id, { toDate: daysAgo(10) });
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: b.id })).toMatchObject({ ok: true });
    expect(await rowsOf(id)).toEqual([
      { batchId: a.id, status: "active", from: LONG_AGO, to: daysAgo(10) },
      { batchId: b.id, status: "active", from: addDays(TODAY, 20), to: null },
    ]);
  });

  it("respects how many the batch takes: those invited, active and paused; the number is told", async () => {
    const [a, full] = [await newBatch(), await newBatch({ capacity: 3, name: "Small room" })];
    for (const status of enrolmentStatuses) await newStudent(full.id, { status });
    await newStudent(full.id, { toDate: daysAgo(1) });
    const { id } = await newStudent(a.id);
    const refused = await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: full.id });
    expect(refused).toMatchObject({ code: "conflict", message: "Small room is full: all of its 3 places are taken." });
    await testDb().update(batch).set({ capacity: 4 }).where(eq(batch.id, full.id));
    expect(await moveStudent(testDb(), SYSTEM, { studentId: id, batchId: full.id })).toMatchObject({ ok: true });
  });

  it("is an instructor's between own batches only, and nobody else's", async () => {
    const [a, b, other] = [await newBatch(), await newBatch(), await newBatch()];
    const teacher = await newInstructor(a.id, b.id);
    const [mine, theirs, former] = [
      await newStudent(a.id),
      await newStudent(other.id),
      await newStudent(a.id, { toDate: daysAgo(5) }),
    ];
    const move = (studentId: number, batchId: number, actor: Actor = teacher) =>
      moveStudent(testDb(), actor, { studentId, batchId });
    expect(await move(mine.id, other.id)).toMatchObject({ code: "forbidden" });
    expect(await move(theirs.id, a.id)).toMatchObject({ code: "forbidden" });
    expect(await move(former.id, b.id)).toMatchObject({ code: "forbidden" });
    expect(await move(mine.id, b.id, { type: "user", id: mine.userId, role: "student" })).toMatchObject({
      code: "forbidden",
    });
    expect(await move(mine.id, b.id)).toMatchObject({ ok: true });
  });
});
