import { and, desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, batchInstructor, user, userToken } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { editStudent } from "./student";

const db = testDb();

async function people() {
  const mia = await createUser(db, { role: "instructor", name: "Mia" });
  const theo = await createUser(db, { role: "instructor" });
  const root = await createUser(db, { role: "admin", name: "Root" });
  const batch = await createBatch(db);
  await db.insert(batchInstructor).values({ batchId: batch.id, userId: mia.id });
  const student = await createStudent(db, { batchId: batch.id, name: "Ada", emailVerifiedAt: new Date() });
  const own: Actor = { type: "user", id: mia.id, role: "instructor" };
  const other: Actor = { type: "user", id: theo.id, role: "instructor" };
  const admin: Actor = { type: "user", id: root.id, role: "admin" };
  return { own, other, admin, student, edit: { name: "Ada", phone: null, timeZone: null } };
}

const rowOf = async (id: number) => (await db.select().from(user).where(eq(user.id, id)))[0];
const eventsOf = (id: number) =>
  db
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.subjectType, "user"), eq(auditEvent.subjectId, id)))
    .orderBy(desc(auditEvent.id));

describe("editing a student", () => {
  it("is for those who teach them: name, phone and zone, and the log has what changed alone", async () => {
    const { own, other, student, edit } = await people();
    const next = { ...edit, name: "Ada L.", timeZone: "Europe/Lisbon", email: "stolen@example.test" };
    expect(await editStudent(db, other, student.studentId, next, 1)).toMatchObject({ code: "forbidden" });
    expect(await editStudent(db, own, student.studentId, next, 1)).toMatchObject({ ok: true });
    // The address is an admin's to change: it stays without a word.
    expect(await rowOf(student.id)).toMatchObject({
      name: "Ada L.",
      timeZone: "Europe/Lisbon",
      email: student.email,
      version: 2,
    });
    const [event] = await eventsOf(student.id);
    expect(event).toMatchObject({
      action: "student.edit",
      label: "Ada L.",
      before: { name: "Ada", timeZone: null },
      after: { name: "Ada L.", timeZone: "Europe/Lisbon" },
    });
    expect(await editStudent(db, own, 2_000_000_000, next)).toMatchObject({ code: "not_found" });
  });

  it("lets an admin give another address, which counts as not confirmed and closes links to the old one", async () => {
    const { admin, student, edit } = await people();
    await db.insert(userToken).values({
      userId: student.id,
      kind: "reset",
      email: student.email,
      tokenHash: Buffer.from(`old link ${student.id}`),
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    const email = `new-${student.id}@example.test`;
    expect(await editStudent(db, admin, student.studentId, { ...edit, email }, 1)).toMatchObject({ ok: true });
    expect(await rowOf(student.id)).toMatchObject({ email, emailVerifiedAt: null, pendingEmail: null });
    const [link] = await db.select().from(userToken).where(eq(userToken.userId, student.id));
    expect(link?.expiresAt.getTime()).toBeLessThanOrEqual(Date.now());
    const taken = await createUser(db);
    expect(await editStudent(db, admin, student.studentId, { ...edit, email: taken.email })).toMatchObject({
      code: "conflict",
      fields: { email: "Another account has this e-mail address." },
    });
    expect(await rowOf(student.id)).toMatchObject({ email });
  });

  it("tells the second of two editors what the first saved", async () => {
    const { own, admin, student, edit } = await people();
    const both = await Promise.all([
      editStudent(db, own, student.studentId, { ...edit, phone: "+1 555 0101" }, 1),
      editStudent(db, admin, student.studentId, { ...edit, phone: "+1 555 0102" }, 1),
    ]);
    const first = both[0]?.ok ? { by: "Mia", phone: "+1 555 0101" } : { by: "Root", phone: "+1 555 0102" };
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      code: "conflict",
      current: { version: 2, by: first.by, values: { phone: first.phone, name: "Ada" } },
    });
    expect(await rowOf(student.id)).toMatchObject({ phone: first.phone, version: 2 });
    expect(await eventsOf(student.id)).toHaveLength(1);
  });

  it("writes nothing where nothing changes", async () => {
    const { own, student, edit } = await people();
    expect(await editStudent(db, own, student.studentId, edit, 1)).toMatchObject({ ok: true });
    expect(await rowOf(student.id)).toMatchObject({ version: 1 });
    expect(await eventsOf(student.id)).toEqual([]);
  });
});
