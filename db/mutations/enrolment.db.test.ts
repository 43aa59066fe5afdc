import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { enrolment, student } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import {
  daysAgo,
  eventsOf,
  holdUserOf,
  newBatch,
  newInstructor,
  newStudent,
  ROUNDS,
  rowsOf,
  SYSTEM,
  TODAY,
  versionOf,
} from "@/db/testing/enrolments";
import { createUser } from "@/db/testing/factories";
import { addDays } from "@/lib/dates";
import { changeEnrolmentStatus, enrolStudent, moveStudent } from "./enrolment";

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
