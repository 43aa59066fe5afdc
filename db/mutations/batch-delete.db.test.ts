import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getBatchHoldings } from "@/db/queries/batch-deletion";
import { assignment, auditEvent, batch, demoSession, enrolment, project, syncRun } from "@/db/schema";
import { atOnce } from "@/db/testing/at-once";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { newLink } from "@/lib/notify/link-token";
import { signUpStudent } from "./account";
import { deleteBatch } from "./batch-delete";
import { moveStudent } from "./enrolment";

const OPEN = { startDate: "2020-01-06", endDate: "2099-12-18", timeZone: "UTC" };
const PAST = { fromDate: "2020-02-03" };

const admin = async (): Promise<Actor> => ({
  type: "user",
  id: (await createUser(testDb(), { role: "admin" })).id,
  role: "admin",
});

async function holdingsOf(batchId: number) {
  const found = await getBatchHoldings(testDb(), batchId);
  if (!found) throw new Error("there is no such batch");
  return found;
}

/** Deletes it, agreeing to what hangs on it now. */
const agreeAndDelete = async (batchId: number, moveTo?: number) =>
  deleteBatch(testDb(), await admin(), { batchId, moveTo, agreed: await holdingsOf(batchId) });

const exists = async (batchId: number) => (await testDb().$count(batch, eq(batch.id, batchId))) === 1;

/** Of every student: the batches they are in, from when to when. */
const periodsOf = (studentId: number) =>
  testDb()
    .select({ batchId: enrolment.batchId, status: enrolment.status, from: enrolment.fromDate, to: enrolment.toDate })
    .from(enrolment)
    .where(eq(enrolment.studentId, studentId))
    .orderBy(enrolment.fromDate);

const today = async () => {
  const [row] = await testSql()`select (now() at time zone 'UTC')::date::text as today`;
  return String(row?.today);
};

describe("old defect 14: deleting a batch with students answered 500", () => {
  it("asks where they go, and does nothing without an answer", async () => {
    const { id } = await createBatch(testDb(), OPEN);
    const { studentId } = await createStudent(testDb(), { batchId: id, ...PAST });
    const result = await agreeAndDelete(id);
    expect(result).toMatchObject({
      code: "invalid",
      fields: { moveTo: expect.stringContaining("archive it instead") },
    });
    expect(await agreeAndDelete(id, id)).toMatchObject({ code: "invalid" });
    expect(await exists(id)).toBe(true);
    expect(await periodsOf(studentId)).toHaveLength(1);
  });

  it("moves those who are in it, keeps everybody, and takes along only what hangs on it", async () => {
    const [from, to] = [await createBatch(testDb(), OPEN), await createBatch(testDb(), OPEN)];
    const active = await createStudent(testDb(), { batchId: from.id, ...PAST });
    const paused = await createStudent(testDb(), { batchId: from.id, ...PAST, status: "paused" });
    const invited = await createStudent(testDb(), { batchId: from.id, fromDate: "2098-01-06", status: "invited" });
    const graduated = await createStudent(testDb(), { batchId: from.id, ...PAST, status: "graduated" });
    const elsewhere = await createStudent(testDb(), { batchId: from.id, ...PAST, toDate: "2020-03-02" });
    await testDb().insert(enrolment).values({ studentId: elsewhere.studentId, batchId: to.id, fromDate: "2020-03-02" });
    const [work] = await testDb()
      .insert(project)
      .values({ batchId: from.id, name: "Weather map", startDate: "2020-02-03" })
      .returning();
    await testDb()
      .insert(assignment)
      .values({ studentId: active.studentId, projectId: work?.id ?? 0 });
    const [session] = await testDb()
      .insert(demoSession)
      .values({ sessionDate: "2097-02-01", timeZone: "UTC", batchId: from.id })
      .returning();
    const run = { actorJob: "test", windowDays: 14, scopeBatchId: from.id, status: "completed" } as const;
    await testDb()
      .insert(syncRun)
      .values({ key: `of-${from.id}`, ...run });
    expect(await holdingsOf(from.id)).toEqual({
      students: 3,
      planned: 0,
      enrolments: 5,
      projects: 1,
      assignments: 1,
      demoSessions: 1,
    });

    expect(await agreeAndDelete(from.id, to.id)).toMatchObject({ ok: true });
    expect(await exists(from.id)).toBe(false);
    const now = await today();
    expect(await periodsOf(active.studentId)).toEqual([{ batchId: to.id, status: "active", from: now, to: null }]);
    expect(await periodsOf(paused.studentId)).toEqual([{ batchId: to.id, status: "paused", from: now, to: null }]);
    expect(await periodsOf(invited.studentId)).toEqual([
      { batchId: to.id, status: "invited", from: "2098-01-06", to: null },
    ]);
    expect(await periodsOf(graduated.studentId)).toEqual([]);
    expect(await periodsOf(elsewhere.studentId)).toMatchObject([{ batchId: to.id, from: "2020-03-02" }]);
    expect(await testDb().$count(project, eq(project.batchId, from.id))).toBe(0);
    const [left] = await testDb()
      .select()
      .from(demoSession)
      .where(eq(demoSession.id, session?.id ?? 0));
    expect(left?.batchId).toBeNull();
    // Its syncs do not turn into syncs of everybody.
    expect(await testDb().$count(syncRun, and(eq(syncRun.key, `of-${from.id}`), isNull(syncRun.scopeBatchId)))).toBe(0);

    const ofBatch = and(eq(auditEvent.subjectType, "batch"), eq(auditEvent.subjectId, from.id));
    expect(await testDb().select().from(auditEvent).where(ofBatch)).toMatchObject([
      {
        action: "batch.delete",
        label: from.name,
        before: { enrolments: 5, projects: ["Weather map"], assignments: 1, demoSessions: 1 },
        after: { moved: 3, movedTo: to.id },
      },
    ]);
    expect(
      await testDb().$count(
        auditEvent,
        and(eq(auditEvent.action, "student.move"), eq(auditEvent.subjectId, active.studentId)),
      ),
    ).toBe(1);
  });

  it("moves all or none: a batch that is too small takes nobody, and nothing is deleted", async () => {
    const [from, to] = [await createBatch(testDb(), OPEN), await createBatch(testDb(), { ...OPEN, capacity: 1 })];
    const students = [1, 2].map(() => createStudent(testDb(), { batchId: from.id, ...PAST }));
    const ids = (await Promise.all(students)).map(({ studentId }) => studentId);
    const result = await agreeAndDelete(from.id, to.id);
    expect(result).toMatchObject({ ok: false, fields: { moveTo: expect.stringMatching(/Nobody was moved.*full/) } });
    expect(await exists(from.id)).toBe(true);
    for (const id of ids) expect(await periodsOf(id)).toMatchObject([{ batchId: from.id, to: null }]);
    const archived = await createBatch(testDb(), { ...OPEN, archivedAt: new Date() });
    expect(await agreeAndDelete(from.id, archived.id)).toMatchObject({ ok: false });
    expect(await exists(from.id)).toBe(true);
  });

  it("deletes nothing that was not agreed to", async () => {
    const { id } = await createBatch(testDb(), OPEN);
    const agreed = await holdingsOf(id);
    await testDb().insert(project).values({ batchId: id, name: "Came meanwhile", startDate: "2026-01-05" });
    const result = await deleteBatch(testDb(), await admin(), { batchId: id, agreed });
    expect(result).toMatchObject({ code: "conflict", message: expect.stringContaining("1 projects") });
    expect(await exists(id)).toBe(true);
  });

  it("is the admins' alone, and waits for a sync that is under way", async () => {
    const { id } = await createBatch(testDb(), OPEN);
    const teacher = await createUser(testDb(), { role: "instructor" });
    const actor: Actor = { type: "user", id: teacher.id, role: "instructor" };
    const agreed = await holdingsOf(id);
    expect(await deleteBatch(testDb(), actor, { batchId: id, agreed })).toMatchObject({ code: "forbidden" });
    await testDb()
      .insert(syncRun)
      .values({ key: `now-${id}`, actorJob: "test", windowDays: 14, scopeBatchId: id });
    expect(await agreeAndDelete(id)).toMatchObject({ code: "conflict" });
    await testDb().update(syncRun).set({ status: "completed" }).where(eq(syncRun.scopeBatchId, id));
    expect(await agreeAndDelete(id)).toMatchObject({ ok: true });
    expect(await exists(id)).toBe(false);
  });

  it("leaves nobody behind who signs up at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, registrationKey } = await createBatch(testDb(), OPEN);
      const account = {
        name: "New Person",
        email: `at-once-${id}@example.test`,
        passwordHash: "x",
        verifyLink: newLink("verify"),
      };
      const agreed = await holdingsOf(id);
      const [deleted, joined] = await Promise.all([
        deleteBatch(testDb(), await admin(), { batchId: id, agreed }),
        signUpStudent(testDb(), account, registrationKey, { ip: null, userAgent: "a test" }),
      ]);
      // One of the two: the batch is gone, and the key opens nothing; or somebody is in it, and it stays.
      expect([deleted.ok, joined.ok].filter(Boolean)).toHaveLength(1);
      expect(await exists(id)).toBe(joined.ok);
    }
  });

  it("lets two empty into each other without waiting for ever: one is gone, the other one stays", async () => {
    const [one, two] = [await createBatch(testDb(), OPEN), await createBatch(testDb(), OPEN)];
    await createStudent(testDb(), { batchId: one.id, ...PAST });
    await createStudent(testDb(), { batchId: two.id, ...PAST });
    const results = await Promise.all([agreeAndDelete(one.id, two.id), agreeAndDelete(two.id, one.id)]);
    expect(results.filter((each) => each.ok)).toHaveLength(1);
    expect([await exists(one.id), await exists(two.id)].filter(Boolean)).toHaveLength(1);
  });
});

describe("a deletion and a move of somebody who was in that batch before", () => {
  const SYSTEM: Actor = { type: "system", job: "test" };

  /** A batch with a student who goes elsewhere when it is deleted, a project, and somebody who was in it years ago. */
  async function emptying() {
    const [from, to, other] = [
      await createBatch(testDb(), OPEN),
      await createBatch(testDb(), { ...OPEN, capacity: 9 }),
      await createBatch(testDb(), OPEN),
    ];
    await createStudent(testDb(), { batchId: from.id, ...PAST });
    const former = await createStudent(testDb(), { batchId: from.id, ...PAST, toDate: "2020-03-02" });
    await testDb().insert(enrolment).values({ studentId: former.studentId, batchId: other.id, fromDate: "2020-03-02" });
    await testDb().insert(project).values({ batchId: from.id, name: "Weather map", startDate: "2020-02-03" });
    return { from, to, studentId: former.studentId };
  }

  it("into the one that takes its students: both happen, neither waits for ever", async () => {
    const { from, to, studentId } = await emptying();
    const both = await atOnce(
      (sql) => sql`select from batch where id = ${to.id} for no key update`,
      () => agreeAndDelete(from.id, to.id),
      () => moveStudent(testDb(), SYSTEM, { studentId, batchId: to.id }),
    );
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await exists(from.id)).toBe(false);
    expect((await periodsOf(studentId)).at(-1)).toMatchObject({ batchId: to.id, to: null });
  });

  it("back into it: the deletion was first, and the move is told that there is no such batch", async () => {
    const { from, to, studentId } = await emptying();
    const both = await atOnce(
      (sql) => sql`select from project where batch_id = ${from.id} for no key update`,
      () => agreeAndDelete(from.id, to.id),
      () => moveStudent(testDb(), SYSTEM, { studentId, batchId: from.id }),
    );
    expect(both).toMatchObject([{ ok: true }, { code: "invalid", message: expect.stringContaining("no such batch") }]);
    expect(await periodsOf(studentId)).toMatchObject([{ from: "2020-03-02", to: null }]);
  });
});
