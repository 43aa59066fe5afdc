import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { assignment, auditEvent, batchInstructor, project } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { assignStudents, editAssignment, removeAssignment } from "./assignment";

const ROUNDS = 10;
const acting = ({ id, role }: Awaited<ReturnType<typeof createUser>>): Actor => ({ type: "user", id, role });

async function academy() {
  const [admin, teacher, stranger] = await Promise.all([
    createUser(testDb(), { role: "admin" }),
    createUser(testDb(), { role: "instructor", name: "Theo Teacher" }),
    createUser(testDb(), { role: "instructor" }),
  ]);
  const batch = await createBatch(testDb());
  await testDb().insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
  return { admin: acting(admin), teacher: acting(teacher), stranger: acting(stranger), batchId: batch.id };
}

async function newProject(batchId: number, values: Partial<typeof project.$inferInsert> = {}): Promise<number> {
  const [row] = await testDb()
    .insert(project)
    .values({ batchId, name: "Marketplace", startDate: "2026-03-02", status: "active", ...values })
    .returning();
  if (!row) throw new Error("no project");
  return row.id;
}

const studentIn = async (batchId: number, values: Parameters<typeof createStudent>[1] = {}) =>
  (await createStudent(testDb(), { batchId, ...values })).studentId;
const rowsOn = (projectId: number) =>
  testDb().select().from(assignment).where(eq(assignment.projectId, projectId)).orderBy(assignment.studentId);
const onlyOn = async (projectId: number) => {
  const [row] = await rowsOn(projectId);
  if (!row) throw new Error("nobody is on the project");
  return row;
};
const CONTENT = { status: "active", resumeUrl: null, linkedinUrl: null, offerDate: null } as const;

describe("assigning students", () => {
  it("does all who can be, and names the others with the reason", async () => {
    const { teacher, batchId } = await academy();
    const [here, other] = [await newProject(batchId), await newProject(batchId, { name: "Capstone" })];
    const elsewhere = await createBatch(testDb());
    const names = {
      free: await studentIn(batchId, { name: "Free" }),
      busy: await studentIn(batchId, { name: "Busy" }),
      before: await studentIn(batchId, { name: "Before" }),
      stranger: await studentIn(elsewhere.id, { name: "Of another batch" }),
      paused: await studentIn(batchId, { name: "Paused", status: "paused" }),
      left: await studentIn(batchId, { name: "Left", toDate: "2026-02-01" }),
      later: await studentIn(batchId, { name: "Later", fromDate: "2099-01-01" }),
      disabled: await studentIn(batchId, { name: "Disabled", disabledAt: new Date() }),
    };
    await testDb().insert(assignment).values({ studentId: names.busy, projectId: other });
    await testDb().insert(assignment).values({ studentId: names.before, projectId: here, status: "dropped" });
    const result = await assignStudents(testDb(), teacher, here, [...Object.values(names), 2_000_000_000]);
    if (!result.ok) throw new Error(result.message);
    expect(result.data.done).toBe(1);
    const inactive = "is not an active student of this batch";
    expect(Object.fromEntries(result.data.failed.map(({ label, reason }) => [label, reason]))).toEqual({
      Busy: "works on “Capstone”",
      Before: "is or was on this project already",
      "Of another batch": inactive,
      Paused: inactive,
      Left: inactive,
      Later: inactive,
      Disabled: inactive,
      "Student 2000000000": "no longer exists",
    });
    const added = (await rowsOn(here)).filter(({ status }) => status === "assigned");
    expect(added.map(({ studentId }) => studentId)).toEqual([names.free]);
    const [event] = await testDb()
      .select()
      .from(auditEvent)
      .where(eq(auditEvent.subjectId, added[0]?.id ?? 0));
    expect(event).toMatchObject({ action: "assignment.create", label: "Free · Marketplace" });
  });

  it("is refused to instructors of other batches, and to a project that is over", async () => {
    const { admin, stranger, batchId } = await academy();
    const id = await studentIn(batchId);
    const here = await newProject(batchId);
    expect(await assignStudents(testDb(), stranger, here, [id])).toMatchObject({ code: "forbidden" });
    for (const status of ["completed", "cancelled"] as const) {
      const over = await newProject(batchId, { status });
      expect(await assignStudents(testDb(), admin, over, [id])).toMatchObject({
        code: "conflict",
        message: expect.stringContaining(status),
      });
      expect(await rowsOn(over)).toEqual([]);
    }
    expect(await assignStudents(testDb(), admin, 2_000_000_000, [id])).toMatchObject({ code: "not_found" });
  });

  it(`gives a student to one of two projects that ask at the same moment, ${ROUNDS} times, without a deadlock`, async () => {
    const { admin, teacher, batchId } = await academy();
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, other] = [await newProject(batchId), await newProject(batchId)];
      const ids = await Promise.all([1, 2, 3, 4].map(() => studentIn(batchId)));
      const results = await Promise.all([
        assignStudents(testDb(), admin, one, ids),
        assignStudents(testDb(), teacher, other, [...ids].reverse()),
      ]);
      const counts = results.map((each) => (each.ok ? [each.data.done, each.data.failed.length] : [0, 0]));
      expect((counts[0]?.[0] ?? 0) + (counts[1]?.[0] ?? 0)).toBe(ids.length);
      expect((counts[0]?.[1] ?? 0) + (counts[1]?.[1] ?? 0)).toBe(ids.length);
      const taken = [...(await rowsOn(one)), ...(await rowsOn(other))].map(({ studentId }) => studentId);
      expect(taken.sort((a, b) => a - b)).toEqual([...ids].sort((a, b) => a - b));
    }
  });
});

describe("an assignment", () => {
  it("keeps links, offer date and status, with what was there before in the log", async () => {
    const { teacher, batchId } = await academy();
    const here = await newProject(batchId);
    await assignStudents(testDb(), teacher, here, [await studentIn(batchId, { name: "Ana Sol" })]);
    const row = await onlyOn(here);
    const content = {
      status: "completed",
      resumeUrl: "https://example.org/ana.pdf",
      linkedinUrl: "https://www.linkedin.com/in/ana",
      offerDate: "2026-06-01",
    } as const;
    expect(await editAssignment(testDb(), teacher, row.id, { ...content, version: 1 })).toMatchObject({ ok: true });
    expect(await onlyOn(here)).toMatchObject({ ...content, version: 2 });
    const events = await testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, row.id));
    expect(events.find(({ action }) => action === "assignment.edit")).toMatchObject({
      label: "Ana Sol · Marketplace",
      before: { status: "assigned", offerDate: null },
      after: content,
    });
    expect(await editAssignment(testDb(), teacher, row.id, { ...CONTENT, version: 1 })).toMatchObject({
      code: "conflict",
      current: { version: 2, by: "Theo Teacher", values: content },
    });
  });

  it("is not opened again while its student works on another project", async () => {
    const { admin, batchId } = await academy();
    const [first, second] = [await newProject(batchId), await newProject(batchId)];
    const id = await studentIn(batchId);
    await testDb().insert(assignment).values({ studentId: id, projectId: first, status: "dropped" });
    await assignStudents(testDb(), admin, second, [id]);
    const row = await onlyOn(first);
    expect(await editAssignment(testDb(), admin, row.id, { ...CONTENT, version: 1 })).toMatchObject({
      code: "conflict",
      fields: { status: expect.stringContaining("one at a time") },
    });
    expect(await onlyOn(first)).toMatchObject({ status: "dropped", version: 1 });
  });

  it("is changed and taken away by staff of its batch only", async () => {
    const { teacher, stranger, batchId } = await academy();
    const here = await newProject(batchId);
    await assignStudents(testDb(), teacher, here, [await studentIn(batchId)]);
    const { id } = await onlyOn(here);
    expect(await editAssignment(testDb(), stranger, id, { ...CONTENT, version: 1 })).toMatchObject({
      code: "forbidden",
    });
    expect(await removeAssignment(testDb(), stranger, id)).toMatchObject({ code: "forbidden" });
    expect(await removeAssignment(testDb(), teacher, id)).toMatchObject({ ok: true });
    expect(await rowsOn(here)).toEqual([]);
    expect(await removeAssignment(testDb(), teacher, id)).toMatchObject({ code: "not_found" });
    const events = await testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, id));
    expect(events.find(({ action }) => action === "assignment.remove")).toMatchObject({
      before: { status: "assigned", project: "Marketplace" },
    });
  });
});
