import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type EnrolmentStatus, enrolmentStatuses, statusesAfter } from "@/db/enums";
import { assignment, auditEvent, batch, batchInstructor, enrolment, project, student } from "@/db/schema";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { addDays, localDate } from "@/lib/dates";
import { changeEnrolmentStatus, enrolStudent, moveStudent } from "./enrolment";

const SYSTEM: Actor = { type: "system", job: "test" };
const ZONE = "Pacific/Auckland";
const TODAY = localDate(new Date(), ZONE);
const daysAgo = (days: number) => addDays(TODAY, -days);
const LONG_AGO = daysAgo(100);
const ROUNDS = 12;

const newBatch = (values: Parameters<typeof createBatch>[1] = {}) =>
  createBatch(testDb(), { timeZone: ZONE, startDate: daysAgo(120), endDate: addDays(TODAY, 120), ...values });

const newStudent = async (batchId?: number, values: Parameters<typeof createStudent>[1] = {}) => {
  const made = await createStudent(testDb(), { ...(batchId ? { batchId } : {}), fromDate: LONG_AGO, ...values });
  return { userId: made.id, id: made.studentId, name: made.name };
};

const rowsOf = (studentId: number) =>
  testDb()
    .select({
      batchId: enrolment.batchId,
      status: enrolment.status,
      from: enrolment.fromDate,
      to: enrolment.toDate,
    })
    .from(enrolment)
    .where(eq(enrolment.studentId, studentId))
    .orderBy(asc(enrolment.fromDate));

const versionOf = async (studentId: number) => {
  const rows = await testDb().select().from(enrolment).where(eq(enrolment.studentId, studentId));
  return Math.max(...rows.map((row) => row.version));
};

const eventsOf = (studentId: number) =>
  testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, studentId)).orderBy(asc(auditEvent.id));

const newInstructor = async (...batchIds: number[]): Promise<Actor & { id: number; name: string }> => {
  const person = await createUser(testDb(), { role: "instructor" });
  if (batchIds.length > 0) {
    await testDb()
      .insert(batchInstructor)
      .values(batchIds.map((batchId) => ({ batchId, userId: person.id })));
  }
  return { type: "user", id: person.id, role: "instructor", name: person.name };
};

const newProject = async (
  batchId: number,
  studentId: number,
  status: "assigned" | "active" | "completed" = "active",
) => {
  const [made] = await testDb()
    .insert(project)
    .values({ batchId, name: `Shop of ${batchId}`, startDate: LONG_AGO, status: "active" })
    .returning();
  if (!made) throw new Error("the insert returned no row");
  await testDb().insert(assignment).values({ studentId, projectId: made.id, status });
  return made;
};
const assignmentStatusOf = async (projectId: number) =>
  (await testDb().select().from(assignment).where(eq(assignment.projectId, projectId)))[0]?.status;

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

describe("two people at once", () => {
  it("tells the second what the first did, by the version in the form, also after a move", async () => {
    const [a, b] = [await newBatch(), await newBatch()];
    const teacher = await newInstructor(a.id, b.id);
    const { id, name } = await newStudent(a.id);
    const version = await versionOf(id);
    expect(await moveStudent(testDb(), teacher, { studentId: id, batchId: b.id, version })).toMatchObject({ ok: true });
    const late = await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: id, status: "dropped", version });
    expect(late).toMatchObject({
      code: "conflict",
      message: `${teacher.name} changed this meanwhile: ${name} is active in ${b.name}.`,
      current: { version: version + 1, by: teacher.name, values: { status: "active" } },
    });
    const again = { studentId: id, status: "dropped", version: version + 1 } as const;
    expect(await changeEnrolmentStatus(testDb(), SYSTEM, again)).toMatchObject({ ok: true });
  });

  it(`lets one of two moves win and tells the other, ${ROUNDS} times`, async () => {
    const [a, b, c] = [await newBatch(), await newBatch(), await newBatch()];
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await newStudent(a.id);
      // Both have read the student before either may write: the row's lock is held until both wait for it.
      const release = await holdUserOf(id, 2);
      const both = [b, c].map((to) => moveStudent(testDb(), SYSTEM, { studentId: id, batchId: to.id }));
      await release();
      const results = await Promise.all(both);
      expect(results.filter((each) => each.ok)).toHaveLength(1);
      expect(results.find((each) => !each.ok)).toMatchObject({ code: "conflict" });
      const winner = results[0]?.ok ? b.id : c.id;
      expect((await rowsOf(id)).map((row) => [row.batchId, row.to])).toEqual([
        [a.id, TODAY],
        [winner, null],
      ]);
      expect(await eventsOf(id)).toHaveLength(1);
    }
  });

  it(`gives the last place once, ${ROUNDS} times`, async () => {
    const a = await newBatch();
    for (let round = 0; round < ROUNDS; round++) {
      const full = await newBatch({ capacity: 2 });
      const people = await Promise.all([1, 2, 3, 4, 5].map(() => newStudent(a.id)));
      const results = await Promise.all(
        people.map(({ id }) => moveStudent(testDb(), SYSTEM, { studentId: id, batchId: full.id })),
      );
      expect(results.filter((each) => each.ok)).toHaveLength(2);
      expect(await testDb().$count(enrolment, eq(enrolment.batchId, full.id))).toBe(2);
    }
  });
});

/** Holds the lock of a student's user row until `waiting` others wait for it. */
async function holdUserOf(studentId: number, waiting: number): Promise<() => Promise<void>> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const holding = testSql().begin(async (sql) => {
    await sql`select 1 from "user" where id = (select user_id from student where id = ${studentId}) for no key update`;
    begun();
    await held;
  });
  await started;
  return async () => {
    for (;;) {
      const [row] = await testSql()`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;
      if ((row?.n ?? 0) >= waiting) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    release();
    await holding;
  };
}

describe("enrolling somebody", () => {
  it("makes a student of a user, from today or from the day on which the batch begins", async () => {
    const [running, coming] = [await newBatch(), await newBatch({ startDate: addDays(TODAY, 7) })];
    for (const [target, from] of [
      [running, TODAY],
      [coming, addDays(TODAY, 7)],
    ] as const) {
      const person = await createUser(testDb());
      const done = await enrolStudent(testDb(), SYSTEM, { userId: person.id, batchId: target.id, status: "invited" });
      if (!done.ok) throw new Error(done.message);
      expect(await rowsOf(done.data.studentId)).toEqual([{ batchId: target.id, status: "invited", from, to: null }]);
      expect(await eventsOf(done.data.studentId)).toMatchObject([{ action: "student.enrol", label: person.name }]);
    }
  });

  it("enrols a former student again, refuses one who is enrolled, and is an admin's", async () => {
    const [a, b] = [await newBatch(), await newBatch()];
    const former = await newStudent(a.id, { toDate: daysAgo(3) });
    const current = await newStudent(a.id);
    expect(await enrolStudent(testDb(), SYSTEM, { userId: former.userId, batchId: b.id })).toMatchObject({ ok: true });
    expect((await rowsOf(former.id)).map((row) => row.batchId)).toEqual([a.id, b.id]);
    expect(await enrolStudent(testDb(), SYSTEM, { userId: current.userId, batchId: b.id })).toMatchObject({
      code: "conflict",
    });
    const waiting = await createUser(testDb());
    expect(
      await enrolStudent(testDb(), await newInstructor(b.id), { userId: waiting.id, batchId: b.id }),
    ).toMatchObject({ code: "forbidden" });
    expect(await testDb().$count(student, eq(student.userId, waiting.id))).toBe(0);
  });

  it("leaves no student row behind when the batch refuses, and makes one of two at once", async () => {
    const [full, open] = [await newBatch({ capacity: 1 }), await newBatch()];
    await newStudent(full.id);
    const person = await createUser(testDb());
    expect(await enrolStudent(testDb(), SYSTEM, { userId: person.id, batchId: full.id })).toMatchObject({
      code: "conflict",
    });
    const twice = await Promise.all(
      [1, 2].map(() => enrolStudent(testDb(), SYSTEM, { userId: person.id, batchId: open.id })),
    );
    expect(twice.filter((each) => each.ok)).toHaveLength(1);
    expect(twice.find((each) => !each.ok)).toMatchObject({ code: "conflict" });
  });
});
