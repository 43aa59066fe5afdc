import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { ProjectContent } from "@/db/queries/project-detail";
import { assignment, auditEvent, batchInstructor, project } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { assignStudents } from "./assignment";
import { cancelProject, createProject, deleteProject, editProject } from "./project";

const ROUNDS = 10;
const CONTENT: ProjectContent = {
  name: "Weather dashboard",
  description: null,
  startDate: "2026-03-02",
  endDate: "2026-04-10",
  happyHour: null,
  status: "active",
};

const acting = ({ id, role }: Awaited<ReturnType<typeof createUser>>): Actor => ({ type: "user", id, role });

async function academy() {
  const [admin, teacher, stranger] = await Promise.all([
    createUser(testDb(), { role: "admin", name: "Ada Admin" }),
    createUser(testDb(), { role: "instructor", name: "Theo Teacher" }),
    createUser(testDb(), { role: "instructor", name: "Sam Stranger" }),
  ]);
  const batch = await createBatch(testDb(), { name: "Spring" });
  await testDb().insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
  return { admin: acting(admin), teacher: acting(teacher), stranger: acting(stranger), batch };
}

async function newProject(actor: Actor, batchId: number, content: Partial<ProjectContent> = {}): Promise<number> {
  const made = await createProject(testDb(), actor, batchId, { ...CONTENT, ...content });
  if (!made.ok) throw new Error(made.message);
  return made.data.id;
}

const rowOf = async (id: number) => (await testDb().select().from(project).where(eq(project.id, id)))[0];
const eventsOf = (id: number) => testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, id));
const statusesOn = async (id: number) =>
  (await testDb().select().from(assignment).where(eq(assignment.projectId, id))).map(({ status }) => status).sort();

describe("a project", () => {
  it("is created by an admin or the batch's own instructor, nobody else, and written down", async () => {
    const { admin, teacher, stranger, batch } = await academy();
    const id = await newProject(teacher, batch.id);
    expect(await rowOf(id)).toMatchObject({ ...CONTENT, batchId: batch.id, version: 1 });
    expect(await eventsOf(id)).toMatchObject([
      { action: "project.create", label: "Weather dashboard", after: { batch: "Spring", status: "active" } },
    ]);
    await newProject(admin, batch.id);
    const student = await createStudent(testDb(), { batchId: batch.id });
    for (const actor of [stranger, acting(student)]) {
      expect(await createProject(testDb(), actor, batch.id, CONTENT)).toMatchObject({ code: "forbidden" });
      expect(await editProject(testDb(), actor, id, { ...CONTENT, version: 1, closeOpen: true })).toMatchObject({
        code: "forbidden",
      });
      expect(await deleteProject(testDb(), actor, id, 0)).toMatchObject({ code: "forbidden" });
      expect(await cancelProject(testDb(), actor, id)).toMatchObject({ code: "forbidden" });
    }
    expect(await rowOf(id)).toMatchObject({ version: 1, status: "active" });
  });

  it("does not end before it begins, but may have no end", async () => {
    const { admin, batch } = await academy();
    const backwards = { ...CONTENT, endDate: "2026-03-01" };
    expect(await createProject(testDb(), admin, batch.id, backwards)).toMatchObject({
      code: "invalid",
      fields: { endDate: "The last day is before the first one." },
    });
    const id = await newProject(admin, batch.id, { endDate: null });
    expect(await editProject(testDb(), admin, id, { ...backwards, version: 1, closeOpen: false })).toMatchObject({
      code: "invalid",
    });
    expect(await rowOf(id)).toMatchObject({ endDate: null, version: 1 });
  });

  it("edited by two at once keeps the first's change and tells the second who and what", async () => {
    const { admin, teacher, batch } = await academy();
    const id = await newProject(admin, batch.id);
    const edit = (actor: Actor, name: string) =>
      editProject(testDb(), actor, id, { ...CONTENT, name, version: 1, closeOpen: false });
    const results = await Promise.all([edit(admin, "By Ada"), edit(teacher, "By Theo")]);
    const [by, name] = results[0].ok ? ["Ada Admin", "By Ada"] : ["Theo Teacher", "By Theo"];
    expect(results.filter((each) => each.ok)).toHaveLength(1);
    expect(results.find((each) => !each.ok)).toMatchObject({
      code: "conflict",
      current: { version: 2, by, values: { name, startDate: "2026-03-02", status: "active" } },
    });
    expect(await rowOf(id)).toMatchObject({ name, version: 2 });
    expect(
      await editProject(testDb(), teacher, id, { ...CONTENT, name: "Mine over it", version: 2, closeOpen: false }),
    ).toMatchObject({ ok: true });
  });

  it("that ends takes its open assignments along when asked to, and else leaves them", async () => {
    const { admin, batch } = await academy();
    for (const [status, expected] of [
      ["completed", "completed"],
      ["cancelled", "dropped"],
    ] as const) {
      const id = await newProject(admin, batch.id);
      const students = await Promise.all([1, 2].map(() => createStudent(testDb(), { batchId: batch.id })));
      await assignStudents(
        testDb(),
        admin,
        id,
        students.map((each) => each.studentId),
      );
      const edit = { ...CONTENT, status, closeOpen: false };
      expect(await editProject(testDb(), admin, id, { ...edit, version: 1 })).toMatchObject({ data: { closed: 0 } });
      expect(await statusesOn(id)).toEqual(["assigned", "assigned"]);
      expect(await editProject(testDb(), admin, id, { ...edit, version: 2, closeOpen: true })).toMatchObject({
        data: { closed: 2 },
      });
      expect(await statusesOn(id)).toEqual([expected, expected]);
    }
  });
});

describe("deleting a project", () => {
  it("takes exactly the assignments that somebody agreed to lose", async () => {
    const { admin, batch } = await academy();
    const id = await newProject(admin, batch.id);
    const { studentId } = await createStudent(testDb(), { batchId: batch.id });
    await assignStudents(testDb(), admin, id, [studentId]);
    expect(await deleteProject(testDb(), admin, id, 0)).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("1 assignment"),
    });
    expect(await rowOf(id)).toBeDefined();
    expect(await deleteProject(testDb(), admin, id, 1)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toBeUndefined();
    expect(await statusesOn(id)).toEqual([]);
    expect((await eventsOf(id)).find(({ action }) => action === "project.delete")).toMatchObject({
      label: "Weather dashboard",
      before: { assignments: 1 },
    });
    expect(await deleteProject(testDb(), admin, id, 0)).toMatchObject({ code: "not_found" });
  });

  it("or cancelling it instead, which keeps them and frees the students", async () => {
    const { admin, batch } = await academy();
    const [id, next] = [await newProject(admin, batch.id), await newProject(admin, batch.id)];
    const { studentId } = await createStudent(testDb(), { batchId: batch.id });
    await assignStudents(testDb(), admin, id, [studentId]);
    expect(await cancelProject(testDb(), admin, id)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ status: "cancelled", version: 2 });
    expect(await statusesOn(id)).toEqual(["dropped"]);
    expect(await assignStudents(testDb(), admin, next, [studentId])).toMatchObject({ data: { done: 1 } });
  });

  it(`while somebody assigns to it: either it is gone or it has the student, ${ROUNDS} times`, async () => {
    const { admin, teacher, batch } = await academy();
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await newProject(admin, batch.id);
      const { studentId } = await createStudent(testDb(), { batchId: batch.id });
      const [deleted, assigned] = await Promise.all([
        deleteProject(testDb(), admin, id, 0),
        assignStudents(testDb(), teacher, id, [studentId]),
      ]);
      expect([deleted.ok, assigned.ok].filter(Boolean)).toHaveLength(1);
      expect(await statusesOn(id)).toEqual(assigned.ok ? ["assigned"] : []);
      if (assigned.ok) await cancelProject(testDb(), admin, id);
    }
  });
});
