import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, batchInstructor, user, userToken } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { hashToken } from "@/lib/auth/session-token";
import { changeUserRole } from "./user";
import { sendPasswordReset } from "./user-access";
import { editUser } from "./user-edit";

type Person = Awaited<ReturnType<typeof createUser>>;
const acting = ({ id, role }: Person): Actor => ({ type: "user", id, role });
const admin = (name = "Ada Admin") => createUser(testDb(), { role: "admin", name });
const rowOf = async (id: number) => (await testDb().select().from(user).where(eq(user.id, id)))[0];
const eventsAbout = (id: number) =>
  testDb()
    .select({ action: auditEvent.action, before: auditEvent.before, after: auditEvent.after })
    .from(auditEvent)
    .where(sql`subject_type = 'user' and subject_id = ${id}`)
    .orderBy(auditEvent.id);

describe("editing a user", () => {
  it("writes down what changed and only that, and nothing when nothing did", async () => {
    const [boss, person] = [await admin(), await createUser(testDb(), { name: "Old", phone: "+1 2" })];
    const same = { name: "Old", phone: "+1 2", email: person.email };
    expect(await editUser(testDb(), acting(boss), { userId: person.id }, same, 1)).toMatchObject({ ok: true });
    expect(await rowOf(person.id)).toMatchObject({ version: 1 });
    expect(
      await editUser(testDb(), acting(boss), { userId: person.id }, { ...same, name: "New", phone: null }, 1),
    ).toMatchObject({
      ok: true,
    });
    expect(await rowOf(person.id)).toMatchObject({ name: "New", phone: null, version: 2 });
    expect(await eventsAbout(person.id)).toEqual([
      { action: "user.edit", before: { name: "Old", phone: "+1 2" }, after: { name: "New", phone: null } },
    ]);
  });

  it("of two who began with the same version tells the second what the first saved, and loses nothing", async () => {
    const [first, second] = [await admin("Ana"), await admin("Ben")];
    const person = await createUser(testDb(), { name: "Old" });
    const edit = (boss: Person, name: string, version: number) =>
      editUser(testDb(), acting(boss), { userId: person.id }, { name, phone: null, email: person.email }, version);
    const outcomes = await Promise.all([edit(first, "One", 1), edit(second, "Two", 1)]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const saved = await rowOf(person.id);
    const winner = outcomes[0]?.ok ? first : second;
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      code: "conflict",
      message: `${winner.name} saved changes while you were editing.`,
      current: { version: 2, by: winner.name, values: { name: saved?.name, email: person.email } },
    });
    expect(await edit(second, "Two after all", 2)).toMatchObject({ ok: true });
    expect(await rowOf(person.id)).toMatchObject({ name: "Two after all", version: 3 });
  });

  it("a change of role from an old form is told, too", async () => {
    const [boss, person] = [await admin(), await createUser(testDb())];
    await editUser(testDb(), acting(boss), { userId: person.id }, { name: "Else", phone: null }, 1);
    expect(await changeUserRole(testDb(), acting(boss), person.id, "instructor", { version: 1 })).toMatchObject({
      code: "conflict",
      current: { version: 2, by: "Ada Admin", values: { role: "user" } },
    });
    expect(await rowOf(person.id)).toMatchObject({ role: "user" });
  });

  it("with another address makes it unconfirmed and closes links mailed to the old one", async () => {
    const boss = await admin();
    const person = await createUser(testDb(), { emailVerifiedAt: new Date(), pendingEmail: "soon@example.test" });
    await sendPasswordReset(testDb(), acting(boss), person.id, { nonce: "n", tokenHash: hashToken(person.email) });
    const email = `moved-${person.id}@example.test`;
    await editUser(testDb(), acting(boss), { userId: person.id }, { name: person.name, phone: null, email }, 1);
    expect(await rowOf(person.id)).toMatchObject({ email, emailVerifiedAt: null, pendingEmail: null });
    expect(await testDb().$count(userToken, sql`user_id = ${person.id} and expires_at > now()`)).toBe(0);
  });

  it("refuses an address that somebody has, beside its field", async () => {
    const [boss, person, other] = [await admin(), await createUser(testDb()), await createUser(testDb())];
    const edit = { name: person.name, phone: null, email: other.email };
    expect(await editUser(testDb(), acting(boss), { userId: person.id }, edit)).toMatchObject({
      code: "conflict",
      fields: { email: expect.any(String) },
    });
    expect(await eventsAbout(person.id)).toEqual([]);
  });

  it("is an instructor's for own students of today, the address excepted, and for nobody else", async () => {
    const teacher = await createUser(testDb(), { role: "instructor" });
    const [own, other] = [await createBatch(testDb()), await createBatch(testDb())];
    await testDb().insert(batchInstructor).values({ batchId: own.id, userId: teacher.id });
    const mine = await createStudent(testDb(), { batchId: own.id });
    const former = await createStudent(testDb(), { batchId: own.id, toDate: "2026-02-01" });
    const theirs = await createStudent(testDb(), { batchId: other.id });
    const edit = { name: "Edited", phone: "+1", email: "stolen@example.test" };
    expect(await editUser(testDb(), acting(teacher), { userId: mine.id }, edit, 1)).toMatchObject({ ok: true });
    expect(await rowOf(mine.id)).toMatchObject({ name: "Edited", phone: "+1", email: mine.email });
    for (const { id } of [former, theirs, teacher]) {
      expect(await editUser(testDb(), acting(teacher), { userId: id }, edit)).toMatchObject({ code: "forbidden" });
      expect((await rowOf(id))?.name).not.toBe("Edited");
    }
    const student = { id: mine.id, role: "student" as const };
    expect(await editUser(testDb(), { type: "user", ...student }, { userId: mine.id }, edit)).toMatchObject({
      code: "forbidden",
    });
  });

  it("of a student by that id takes the time zone along; who does not name one leaves it", async () => {
    const [boss, person] = [await admin(), await createStudent(testDb(), { name: "Ada" })];
    const { studentId, id } = person;
    const edit = { name: "Ada", phone: null };
    const edited = (more: object, version: number) =>
      editUser(testDb(), acting(boss), { studentId }, { ...edit, ...more }, version);
    expect(await edited({ timeZone: "Europe/Lisbon" }, 1)).toMatchObject({ ok: true });
    expect(await edited({ name: "Ada L." }, 2)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ name: "Ada L.", timeZone: "Europe/Lisbon", version: 3 });
    expect(await edited({ timeZone: null }, 1)).toMatchObject({ current: { values: { timeZone: "Europe/Lisbon" } } });
    expect(await edited({ name: "Ada L.", timeZone: null }, 3)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ timeZone: null });
    expect(await eventsAbout(id)).toEqual([
      { action: "user.edit", before: { timeZone: null }, after: { timeZone: "Europe/Lisbon" } },
      { action: "user.edit", before: { name: "Ada" }, after: { name: "Ada L." } },
      { action: "user.edit", before: { timeZone: "Europe/Lisbon" }, after: { timeZone: null } },
    ]);
    expect(await editUser(testDb(), acting(boss), { studentId: 2_000_000_000 }, edit)).toMatchObject({
      code: "not_found",
    });
  });
});
