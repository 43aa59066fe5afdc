import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Role } from "@/db/enums";
import { auditEvent, batchInstructor, note } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { changeNote, deleteNote, setNoteDone, writeNote } from "./note";

const db = testDb();

async function people() {
  const [mia, theo, admin] = [
    await createUser(db, { role: "instructor", name: "Mia" }),
    await createUser(db, { role: "instructor", name: "Theo" }),
    await createUser(db, { role: "admin", name: "Root" }),
  ];
  const batch = await createBatch(db);
  await db.insert(batchInstructor).values({ batchId: batch.id, userId: mia.id });
  const student = await createStudent(db, { batchId: batch.id, name: "Ada" });
  const actor = ({ id, role }: { id: number; role: Role }): Actor => ({ type: "user", id, role });
  return { mia: actor(mia), theo: actor(theo), admin: actor(admin), studentId: student.studentId };
}

const SECRET = { body: "Only for my eyes", isShared: false, followUpOn: null };
const SHARED = { body: "For all of us", isShared: true, followUpOn: "2026-06-12" };

const noteOf = async (id: number) => (await db.select().from(note).where(eq(note.id, id)))[0];
const eventsOf = (id: number) =>
  db
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.subjectType, "note"), eq(auditEvent.subjectId, id)))
    .orderBy(auditEvent.id);

async function written(result: Awaited<ReturnType<typeof writeNote>>): Promise<number> {
  if (!result.ok) throw new Error(result.message);
  return result.data.id;
}

describe("writing a note", () => {
  it("is for those who teach the student and for admins; the log has no word of a private one", async () => {
    const { mia, theo, admin, studentId } = await people();
    expect(await writeNote(db, theo, { studentId, ...SHARED })).toMatchObject({ ok: false, code: "forbidden" });
    expect(await writeNote(db, mia, { studentId: 2_000_000_000, ...SHARED })).toMatchObject({ code: "not_found" });
    const secret = await written(await writeNote(db, mia, { studentId, ...SECRET }));
    await changeNote(db, mia, secret, { ...SECRET, body: "Other words, as secret" }, 1);
    await deleteNote(db, mia, secret);
    const events = await eventsOf(secret);
    expect(events.map(({ action }) => action)).toEqual(["note.write", "note.change", "note.delete"]);
    expect(events.every(({ label }) => label === "Ada")).toBe(true);
    expect(JSON.stringify(events)).not.toMatch(/eyes|secret"/);
    const shared = await written(await writeNote(db, admin, { studentId, ...SHARED }));
    expect((await eventsOf(shared))[0]?.after).toEqual(SHARED);
  });

  it("leaves the words of a note out of the log from when it is private on", async () => {
    const { mia, studentId } = await people();
    const id = await written(await writeNote(db, mia, { studentId, ...SHARED }));
    expect(await changeNote(db, mia, id, { ...SHARED, body: "Now hidden", isShared: false })).toMatchObject({
      ok: true,
    });
    const [, change] = await eventsOf(id);
    expect(change?.before).toMatchObject({ body: SHARED.body, isShared: true });
    expect(change?.after).toEqual({ isShared: false, followUpOn: SHARED.followUpOn });
  });
});

describe("changing a note", () => {
  it("is its author's; an admin changes shared ones, and for everybody else a private one is not there", async () => {
    const { mia, theo, admin, studentId } = await people();
    const secret = await written(await writeNote(db, mia, { studentId, ...SECRET }));
    const shared = await written(await writeNote(db, mia, { studentId, ...SHARED }));
    for (const who of [theo, admin]) {
      expect(await changeNote(db, who, secret, SHARED)).toMatchObject({ code: "not_found" });
      expect(await deleteNote(db, who, secret)).toMatchObject({ code: "not_found" });
      expect(await setNoteDone(db, who, secret, true)).toMatchObject({ code: "not_found" });
    }
    expect(await changeNote(db, theo, shared, { ...SHARED, body: "Mine" })).toMatchObject({ code: "forbidden" });
    expect(await deleteNote(db, theo, shared)).toMatchObject({ code: "forbidden" });
    expect(await changeNote(db, admin, shared, { ...SHARED, body: "Corrected" }, 1)).toMatchObject({ ok: true });
    expect(await changeNote(db, admin, shared, { ...SHARED, isShared: false }, 2)).toMatchObject({ code: "forbidden" });
    expect(await noteOf(shared)).toMatchObject({ body: "Corrected", isShared: true, version: 2 });
    expect(await noteOf(secret)).toMatchObject({ body: SECRET.body, version: 1 });
  });

  it("tells the second of two editors what the first saved, by name, and loses nothing", async () => {
    const { mia, admin, studentId } = await people();
    const id = await written(await writeNote(db, mia, { studentId, ...SHARED }));
    const both = await Promise.all([
      changeNote(db, mia, id, { ...SHARED, body: "From Mia" }, 1),
      changeNote(db, admin, id, { ...SHARED, body: "From Root" }, 1),
    ]);
    const won = both.findIndex(({ ok }) => ok);
    const lost = both.find(({ ok }) => !ok);
    const winner = won === 0 ? "Mia" : "Root";
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(lost).toMatchObject({
      code: "conflict",
      current: {
        version: 2,
        by: winner,
        values: { body: `From ${winner}`, visibility: "shared", followUpOn: SHARED.followUpOn },
      },
    });
    expect(await noteOf(id)).toMatchObject({ body: `From ${winner}`, version: 2 });
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it("writes nothing where nothing changes, and a new day opens the follow-up again", async () => {
    const { mia, studentId } = await people();
    const id = await written(await writeNote(db, mia, { studentId, ...SHARED }));
    expect(await changeNote(db, mia, id, SHARED, 1)).toMatchObject({ ok: true });
    expect(await eventsOf(id)).toHaveLength(1);
    await setNoteDone(db, mia, id, true);
    await setNoteDone(db, mia, id, true);
    expect(await noteOf(id)).toMatchObject({ version: 2, doneAt: expect.any(Date) });
    await changeNote(db, mia, id, { ...SHARED, body: "Same day" }, 2);
    expect((await noteOf(id))?.doneAt).not.toBeNull();
    await changeNote(db, mia, id, { ...SHARED, followUpOn: "2026-07-01" }, 3);
    expect((await noteOf(id))?.doneAt).toBeNull();
    await setNoteDone(db, mia, id, true);
    await changeNote(db, mia, id, { ...SHARED, followUpOn: null }, 5);
    expect(await noteOf(id)).toMatchObject({ followUpOn: null, doneAt: null });
    expect(await setNoteDone(db, mia, id, true)).toMatchObject({ code: "conflict" });
  });
});
