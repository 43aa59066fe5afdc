import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { AssignmentStatus, EnrolmentStatus } from "@/db/enums";
import { assignment, auditEvent, batch, enrolment, project } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent } from "@/db/testing/factories";
import { addDays, localDate } from "@/lib/dates";
import { editAssignment } from "./assignment";
import { endDueAssignments } from "./assignment-due";
import { changeEnrolmentStatus, moveStudent } from "./enrolment";

const SYSTEM = { type: "system", job: "test" } as const;
const BEGAN = "2020-02-03";
const MOVE_DAY = "2020-05-04";
/** Midnight of the day of the move in Auckland (UTC+12), with which its batch begins there. */
const MIDNIGHT_IN_AUCKLAND = new Date("2020-05-03T12:00:00Z");
const LONG_AFTER = new Date("2020-08-01T00:00:00Z");

const due = (now: Date) => endDueAssignments(testDb(), now);
const newBatch = (timeZone = "Pacific/Auckland") =>
  createBatch(testDb(), { timeZone, startDate: "2020-01-06", endDate: "2099-12-18" });

async function newWork(studentId: number, batchId: number, status: AssignmentStatus = "active"): Promise<number> {
  const [made] = await testDb().insert(project).values({ batchId, name: "Shop", startDate: BEGAN }).returning();
  const [row] = await testDb()
    .insert(assignment)
    .values({ studentId, projectId: made?.id ?? 0, status })
    .returning();
  return row?.id ?? 0;
}

async function workOf(id: number) {
  const [row] = await testDb().select().from(assignment).where(eq(assignment.id, id));
  if (!row) throw new Error("the assignment is gone");
  return row;
}
const statusOf = async (id: number) => (await workOf(id)).status;

const eventsOf = (id: number) =>
  testDb()
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.subjectType, "assignment"), eq(auditEvent.subjectId, id)));

/** A student of `from` who is in `to` from the day of the move on. */
async function moving(from: { id: number }, to: { id: number }, status: EnrolmentStatus = "active") {
  const made = await createStudent(testDb(), { batchId: from.id, fromDate: BEGAN, toDate: MOVE_DAY });
  await testDb().insert(enrolment).values({ studentId: made.studentId, batchId: to.id, status, fromDate: MOVE_DAY });
  return made;
}

// Each test counts all that end in its database.
beforeEach(() => testDb().delete(assignment));

describe("a move that was dated ahead", () => {
  it("ends the open assignment when its day comes in the new batch's zone, once, and says why", async () => {
    const [from, to] = [await newBatch("America/Los_Angeles"), await newBatch()];
    const { studentId, name } = await moving(from, to);
    const work = await newWork(studentId, from.id);
    expect(await due(new Date(MIDNIGHT_IN_AUCKLAND.getTime() - 1))).toBe(0);
    expect(await statusOf(work)).toBe("active");
    expect(await due(MIDNIGHT_IN_AUCKLAND)).toBe(1);
    expect(await workOf(work)).toMatchObject({ status: "dropped", version: 2 });
    expect(await due(MIDNIGHT_IN_AUCKLAND)).toBe(0);
    expect(await eventsOf(work)).toMatchObject([
      {
        actorJob: "assignment-due",
        action: "assignment.end",
        label: `${name} · Shop`,
        before: { status: "active" },
        after: { status: "dropped", because: `moved to ${to.name} on ${MOVE_DAY}` },
      },
    ]);
  });

  it("to a batch that is behind in time waits for its midnight, though the old one's has passed", async () => {
    const [from, to] = [await newBatch(), await newBatch("America/Los_Angeles")];
    const { studentId } = await moving(from, to);
    const work = await newWork(studentId, from.id, "assigned");
    expect(await due(new Date("2020-05-04T06:59:59Z"))).toBe(0);
    expect(await due(new Date("2020-05-04T07:00:00Z"))).toBe(1);
    expect(await statusOf(work)).toBe("dropped");
  });

  it("leaves work in the new batch, work that is through, and everybody else's", async () => {
    const [from, to] = [await newBatch(), await newBatch()];
    const mover = await moving(from, to);
    const works = [
      await newWork(mover.studentId, to.id),
      await newWork(mover.studentId, from.id, "completed"),
      await newWork((await createStudent(testDb(), { batchId: from.id, fromDate: BEGAN })).studentId, from.id),
    ];
    expect(await due(LONG_AFTER)).toBe(0);
    expect(await Promise.all(works.map(statusOf))).toEqual(["active", "completed", "active"]);
  });

  it("and back again ends the work in between", async () => {
    const [home, away] = [await newBatch(), await newBatch()];
    const { studentId } = await moving(home, away);
    await testDb().update(enrolment).set({ toDate: "2020-06-01" }).where(eq(enrolment.batchId, away.id));
    await testDb().insert(enrolment).values({ studentId, batchId: home.id, fromDate: "2020-06-01" });
    const work = await newWork(studentId, away.id);
    expect(await due(new Date("2020-05-20T00:00:00Z"))).toBe(0);
    expect(await due(LONG_AFTER)).toBe(1);
    expect(await statusOf(work)).toBe("dropped");
  });

  it("respects who put the student back on the project after that day", async () => {
    const [from, to] = [await newBatch(), await newBatch()];
    const { studentId } = await moving(from, to);
    const work = await newWork(studentId, from.id);
    expect(await due(LONG_AFTER)).toBe(1);
    const links = { resumeUrl: null, linkedinUrl: null, offerDate: null };
    const { version } = await workOf(work);
    await editAssignment(testDb(), SYSTEM, work, { status: "active", ...links, version });
    expect(await due(LONG_AFTER)).toBe(0);
    expect(await statusOf(work)).toBe("active");
  });
});

describe("an open assignment", () => {
  it("stays with whoever is between batches, left by a date, is paused, or was never in its batch", async () => {
    const [one, two, other] = [await newBatch(), await newBatch(), await newBatch()];
    const between = await createStudent(testDb(), { batchId: one.id, fromDate: BEGAN, toDate: "2020-03-02" });
    await testDb().insert(enrolment).values({ studentId: between.studentId, batchId: two.id, fromDate: MOVE_DAY });
    const left = await createStudent(testDb(), { batchId: one.id, fromDate: BEGAN, toDate: "2020-03-02" });
    const paused = await createStudent(testDb(), { batchId: one.id, fromDate: BEGAN, status: "paused" });
    const guest = await moving(two, other);
    const nobody = await createStudent(testDb());
    for (const { studentId } of [between, left, paused, guest, nobody]) await newWork(studentId, one.id);
    expect(await due(new Date("2020-04-01T00:00:00Z"))).toBe(0);
    expect(await due(MIDNIGHT_IN_AUCKLAND)).toBe(1);
    const open = await testDb().select().from(assignment).where(eq(assignment.status, "active"));
    expect(open.map((row) => row.studentId)).toEqual([left, paused, guest, nobody].map(({ studentId }) => studentId));
  });

  it("ends as by hand where the student drops out or graduates on a day to come", async () => {
    const here = await newBatch();
    const expected: [EnrolmentStatus, AssignmentStatus, AssignmentStatus][] = [
      ["dropped", "active", "dropped"],
      ["graduated", "active", "completed"],
      ["graduated", "assigned", "dropped"],
    ];
    const works: number[] = [];
    for (const [status, before] of expected) {
      const { studentId } = await createStudent(testDb(), { batchId: here.id, fromDate: BEGAN, toDate: MOVE_DAY });
      await testDb().insert(enrolment).values({ studentId, batchId: here.id, status, fromDate: MOVE_DAY });
      works.push(await newWork(studentId, here.id, before));
    }
    expect(await due(new Date(MIDNIGHT_IN_AUCKLAND.getTime() - 1))).toBe(0);
    expect(await due(MIDNIGHT_IN_AUCKLAND)).toBe(3);
    expect(await Promise.all(works.map(statusOf))).toEqual(expected.map(([, , after]) => after));
  });

  it("is what `moveStudent` and `changeEnrolmentStatus` leave when their day is still to come", async () => {
    const [from, to] = [await newBatch(), await newBatch()];
    const soon = addDays(localDate(new Date(), from.timeZone), 10);
    const students = [1, 2].map(() => createStudent(testDb(), { batchId: from.id, fromDate: BEGAN }));
    const [mover, leaver] = await Promise.all(students);
    if (!mover || !leaver) throw new Error("nobody was made");
    const works = [await newWork(mover.studentId, from.id), await newWork(leaver.studentId, from.id)];
    await moveStudent(testDb(), SYSTEM, { studentId: mover.studentId, batchId: to.id, from: soon });
    await changeEnrolmentStatus(testDb(), SYSTEM, { studentId: leaver.studentId, status: "graduated", from: soon });
    expect(await due(new Date())).toBe(0);
    expect(await due(new Date(`${addDays(soon, 1)}T00:00:00Z`))).toBe(2);
    expect(await Promise.all(works.map(statusOf))).toEqual(["dropped", "completed"]);
  });

  it("of somebody who is being moved back at that moment is left to the next time", async () => {
    const [from, to] = [await newBatch(), await newBatch()];
    const { studentId } = await moving(from, to);
    const work = await newWork(studentId, from.id);
    await testDb().transaction(async (tx) => {
      await tx.delete(enrolment).where(and(eq(enrolment.studentId, studentId), eq(enrolment.batchId, to.id)));
      expect(await due(LONG_AFTER)).toBe(0);
    });
    expect(await due(LONG_AFTER)).toBe(0);
    expect(await statusOf(work)).toBe("active");
    await testDb().delete(batch).where(eq(batch.id, to.id));
  });
});
