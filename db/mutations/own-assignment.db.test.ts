import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AssignmentStatus } from "@/db/enums";
import { assignment, auditEvent, project } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { editAssignment } from "./assignment";
import { editOwnAssignment } from "./own-assignment";

const ROUNDS = 8;
const acting = ({ id, role }: Awaited<ReturnType<typeof createUser>>): Actor => ({ type: "user", id, role });

const FACTS = {
  resumeUrl: "https://ana.example.com/resume.pdf",
  linkedinUrl: "https://www.linkedin.com/in/ana",
  offerDate: "2026-03-29",
};

async function onProject(status: AssignmentStatus = "active") {
  const batch = await createBatch(testDb());
  const [made] = await testDb()
    .insert(project)
    .values({ batchId: batch.id, name: "Marketplace", startDate: "2026-03-02", status: "active" })
    .returning();
  const person = await createStudent(testDb(), { batchId: batch.id, name: "Ana Sol" });
  const [row] = await testDb()
    .insert(assignment)
    .values({ studentId: person.studentId, projectId: made?.id ?? 0, status })
    .returning();
  if (!row) throw new Error("no assignment");
  return { id: row.id, userId: person.id, actor: acting(person) };
}

const rowOf = async (id: number) => (await testDb().select().from(assignment).where(eq(assignment.id, id)))[0];

describe("a student's own links and offer date (M14: said to be saved, and nothing was sent)", () => {
  it("are saved to the letter and the day, taken away again, and in the log", async () => {
    const { id, userId, actor } = await onProject();
    expect(await editOwnAssignment(testDb(), actor, id, { ...FACTS, version: 1 })).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ ...FACTS, status: "active", version: 2 });
    const nothing = { resumeUrl: null, linkedinUrl: null, offerDate: null };
    expect(await editOwnAssignment(testDb(), actor, id, { ...nothing, version: 2 })).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ ...nothing, version: 3 });
    const events = await testDb()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.subjectType, "assignment"), eq(auditEvent.subjectId, id)))
      .orderBy(auditEvent.id);
    expect(events).toMatchObject([
      { action: "assignment.edit", actorUserId: userId, label: "Ana Sol · Marketplace", before: nothing, after: FACTS },
      { action: "assignment.edit", before: FACTS, after: nothing },
    ]);
  });

  it("are kept with a project that is over, whose status stays staff's word", async () => {
    for (const status of ["completed", "dropped"] as const) {
      const { id, actor } = await onProject(status);
      const smuggled = { ...FACTS, status: "active", version: 1 } as const;
      expect(await editOwnAssignment(testDb(), actor, id, smuggled)).toMatchObject({ ok: true });
      expect(await rowOf(id)).toMatchObject({ ...FACTS, status });
    }
  });

  it("are saved from a form that was open while staff changed the status, and not while they changed a link", async () => {
    const admin = acting(await createUser(testDb(), { role: "admin", name: "Ada Admin" }));
    const { id, actor } = await onProject();
    const seen = { resumeUrl: null, linkedinUrl: null, offerDate: null };
    expect(await editAssignment(testDb(), admin, id, { ...seen, status: "completed", version: 1 })).toMatchObject({
      ok: true,
    });
    const mine = { ...FACTS, version: 1 };
    expect(await editOwnAssignment(testDb(), actor, id, mine)).toMatchObject({ code: "conflict" });
    expect(await editOwnAssignment(testDb(), actor, id, { ...mine, seen })).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ ...FACTS, status: "completed", version: 3 });
    const other = { ...FACTS, resumeUrl: null };
    expect(await editOwnAssignment(testDb(), actor, id, { ...other, version: 1, seen })).toMatchObject({
      code: "conflict",
      current: { version: 3, values: { resumeUrl: FACTS.resumeUrl } },
    });
  });

  it("are nobody else's: another's are as if they were not there", async () => {
    const [mine, theirs] = [await onProject(), await onProject()];
    const before = await rowOf(theirs.id);
    const attempt = (actor: Actor, id: number) => editOwnAssignment(testDb(), actor, id, { ...FACTS, version: 1 });
    expect(await attempt(mine.actor, theirs.id)).toMatchObject({ code: "not_found" });
    expect(await attempt(mine.actor, 2_000_000_000)).toMatchObject({ code: "not_found" });
    for (const role of ["instructor", "admin", "user"] as const) {
      const person = await createUser(testDb(), { role });
      expect(await attempt(acting(person), theirs.id)).toMatchObject({ code: "forbidden" });
    }
    expect(await attempt({ type: "system", job: "test" }, theirs.id)).toMatchObject({ code: "forbidden" });
    expect(await rowOf(theirs.id)).toEqual(before);
  });

  it(`are written by one of student and staff at the same moment, ${ROUNDS} times, and the other sees what was saved`, async () => {
    const admin = acting(await createUser(testDb(), { role: "admin", name: "Ada Admin" }));
    const { id, actor } = await onProject();
    for (let version = 1; version <= ROUNDS; version += 1) {
      const [mine, staffs] = [`2026-04-0${version}`, `2026-05-0${version}`];
      const results = await Promise.all([
        editOwnAssignment(testDb(), actor, id, { ...FACTS, offerDate: mine, version }),
        editAssignment(testDb(), admin, id, { ...FACTS, offerDate: staffs, status: "active", version }),
      ]);
      const told = results.filter((each) => !each.ok);
      expect(told).toHaveLength(1);
      const [by, kept] = results[0].ok ? ["Ana Sol", mine] : ["Ada Admin", staffs];
      expect(await rowOf(id)).toMatchObject({ offerDate: kept, version: version + 1 });
      expect(told[0]).toMatchObject({
        code: "conflict",
        current: { version: version + 1, by, values: { offerDate: kept } },
      });
    }
  });
});
