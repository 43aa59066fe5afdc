import { and, desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { BatchContent } from "@/db/queries/batch-page";
import { auditEvent, batch, batchInstructor, enrolment } from "@/db/schema";
import { atOnce } from "@/db/testing/at-once";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { archiveBatch, createBatch as create, editBatch } from "./batch";
import { addBatchInstructor, removeBatchInstructor } from "./batch-instructor";
import { limitRegistrationKey, rotateRegistrationKey, switchRegistrationKey } from "./batch-key";
import { moveStudent } from "./enrolment";

const CONTENT: BatchContent = {
  name: "Autumn evenings",
  description: null,
  startDate: "2026-09-07",
  endDate: "2026-12-18",
  timeZone: "Europe/Lisbon",
  capacity: 30,
  slackChannel: "#autumn",
  curriculum: null,
};

async function person(role: "admin" | "instructor", name: string = role) {
  const { id } = await createUser(testDb(), { role, name });
  return { type: "user", id, role, name } as const;
}

const stored = async (id: number) => {
  const [row] = await testDb().select().from(batch).where(eq(batch.id, id));
  if (!row) throw new Error("the batch is gone");
  return row;
};

const eventsOf = (id: number) =>
  testDb()
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.subjectType, "batch"), eq(auditEvent.subjectId, id)))
    .orderBy(desc(auditEvent.id));

/** A batch that an instructor teaches, an admin, and an instructor of another one. */
async function taughtBatch(values: Partial<typeof batch.$inferInsert> = {}) {
  const row = await createBatch(testDb(), values);
  const [admin, teacher, other] = [await person("admin"), await person("instructor"), await person("instructor")];
  await testDb().insert(batchInstructor).values({ batchId: row.id, userId: teacher.id });
  return { ...row, admin, teacher, other };
}

describe("creating a batch", () => {
  it("gives it a key of its own that is open, and writes down who did it, without the key", async () => {
    const admin = await person("admin");
    const made = await create(testDb(), admin, CONTENT);
    if (!made.ok) throw new Error(made.message);
    const row = await stored(made.data.id);
    expect(row).toMatchObject({ ...CONTENT, keyActive: true, version: 1 });
    expect(row.registrationKey).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/);
    const events = await eventsOf(row.id);
    expect(events).toMatchObject([{ action: "batch.create", actorUserId: admin.id, after: CONTENT }]);
    expect(JSON.stringify(events)).not.toContain(row.registrationKey);
    const second = await create(testDb(), admin, CONTENT);
    expect(second.ok && (await stored(second.data.id)).registrationKey).not.toBe(row.registrationKey);
  });

  it("is refused with dates the wrong way round, without a known zone, and to instructors", async () => {
    const admin = await person("admin");
    const backwards = await create(testDb(), admin, { ...CONTENT, endDate: "2026-09-06" });
    expect(backwards).toMatchObject({ code: "invalid", fields: { endDate: expect.any(String) } });
    const nowhere = await create(testDb(), admin, { ...CONTENT, timeZone: "Mars/Olympus" });
    expect(nowhere).toMatchObject({ code: "invalid", fields: { timeZone: expect.any(String) } });
    expect(await create(testDb(), await person("instructor"), CONTENT)).toMatchObject({ code: "forbidden" });
  });
});

describe("editing a batch", () => {
  it("tells the second of two editors what the first saved, and loses nothing", async () => {
    const { id, admin } = await taughtBatch();
    const second = await person("admin", "Second Admin");
    const edits = await Promise.all([
      editBatch(testDb(), admin, id, { ...CONTENT, name: "First", version: 1 }),
      editBatch(testDb(), second, id, { ...CONTENT, name: "Second", version: 1 }),
    ]);
    const winner = edits[0]?.ok ? "First" : "Second";
    expect(edits.filter((each) => each.ok)).toHaveLength(1);
    expect(edits.find((each) => !each.ok)).toMatchObject({
      code: "conflict",
      current: { version: 2, by: edits[0]?.ok ? admin.name : second.name, values: { name: winner, capacity: "30" } },
    });
    expect(await stored(id)).toMatchObject({ name: winner, version: 2 });
    // Whoever then saves theirs over it names the version they have seen.
    expect(await editBatch(testDb(), second, id, { ...CONTENT, name: "Third", version: 2 })).toMatchObject({
      ok: true,
    });
  });

  it("writes down what changed, before and after, and nothing when nothing did", async () => {
    const { id, admin } = await taughtBatch(CONTENT);
    await editBatch(testDb(), admin, id, { ...CONTENT, capacity: 12, version: 1 });
    await editBatch(testDb(), admin, id, { ...CONTENT, capacity: 12, version: 2 });
    expect(await eventsOf(id)).toMatchObject([
      { action: "batch.edit", before: { capacity: 30 }, after: { capacity: 12 }, label: CONTENT.name },
    ]);
    expect((await stored(id)).version).toBe(2);
  });

  it("is the admins' alone, and so is the archive", async () => {
    const { id, teacher, admin } = await taughtBatch();
    expect(await editBatch(testDb(), teacher, id, { ...CONTENT, version: 1 })).toMatchObject({ code: "forbidden" });
    expect(await archiveBatch(testDb(), teacher, id, true)).toMatchObject({ code: "forbidden" });
    expect(await archiveBatch(testDb(), admin, id, true)).toMatchObject({ ok: true });
    expect((await stored(id)).archivedAt).not.toBeNull();
    await archiveBatch(testDb(), admin, id, true);
    await archiveBatch(testDb(), admin, id, false);
    expect((await stored(id)).archivedAt).toBeNull();
    expect((await eventsOf(id)).map(({ action }) => action)).toEqual(["batch.unarchive", "batch.archive"]);
    expect(await archiveBatch(testDb(), admin, 2_000_000_000, true)).toMatchObject({ code: "not_found" });
  });
});

describe("the registration key", () => {
  it("is changed by admins and the batch's own instructors, by nobody else", async () => {
    const { id, admin, teacher, other } = await taughtBatch();
    for (const actor of [other, { type: "user", id: other.id, role: "student" } as const]) {
      expect(await rotateRegistrationKey(testDb(), actor, id, 1)).toMatchObject({ code: "forbidden" });
      expect(await switchRegistrationKey(testDb(), actor, id, false)).toMatchObject({ code: "forbidden" });
      const limits = { version: 1, lastDay: null, maxUses: 1 };
      expect(await limitRegistrationKey(testDb(), actor, id, limits)).toMatchObject({ code: "forbidden" });
    }
    expect(await switchRegistrationKey(testDb(), teacher, id, false)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ keyActive: false, version: 2 });
    expect(await switchRegistrationKey(testDb(), admin, id, true)).toMatchObject({ ok: true });
  });

  it("is made anew once when two press at the same moment, and stands in no record", async () => {
    const { id, registrationKey, admin, teacher } = await taughtBatch({ keyActive: false });
    const both = await Promise.all([
      rotateRegistrationKey(testDb(), admin, id, 1),
      rotateRegistrationKey(testDb(), teacher, id, 1),
    ]);
    expect(both.filter((each) => each.ok)).toHaveLength(1);
    expect(both.find((each) => !each.ok)).toMatchObject({ code: "conflict", current: { version: 2 } });
    const row = await stored(id);
    expect(row).toMatchObject({ keyActive: true, version: 2 });
    expect(row.registrationKey).not.toBe(registrationKey);
    const [log] = await testSql()`select string_agg(e::text, ' ') as text from audit_event e`;
    expect(log?.text).toContain("batch.rotate-key");
    expect(log?.text).not.toContain(row.registrationKey);
    expect(log?.text).not.toContain(registrationKey);
  });

  it("is limited to the end of a day in the batch's zone", async () => {
    const { id, teacher } = await taughtBatch({ timeZone: "America/Chicago" });
    const limit = (version: number, lastDay: string | null, maxUses: number | null) =>
      limitRegistrationKey(testDb(), teacher, id, { version, lastDay, maxUses });
    await limit(1, "2026-06-12", 5);
    expect(await stored(id)).toMatchObject({
      keyMaxUses: 5,
      keyExpiresAt: new Date("2026-06-13T05:00:00Z"),
      version: 2,
    });
    expect(await limit(1, null, null)).toMatchObject({
      code: "conflict",
      current: { values: { lastDay: "2026-06-12", maxUses: "5" } },
    });
    await limit(2, null, null);
    expect(await stored(id)).toMatchObject({ keyMaxUses: null, keyExpiresAt: null });
    expect(await eventsOf(id)).toMatchObject([
      { before: { lastDay: "2026-06-12", maxUses: 5 }, after: { lastDay: null, maxUses: null } },
      { before: { lastDay: null, maxUses: null }, after: { lastDay: "2026-06-12", maxUses: 5 } },
    ]);
  });

  it("keeps an end within a day when another limit is changed", async () => {
    const keyExpiresAt = new Date("2026-06-12T15:30:00Z");
    const { id, admin } = await taughtBatch({ timeZone: "America/Chicago", keyExpiresAt });
    await limitRegistrationKey(testDb(), admin, id, { version: 1, lastDay: "2026-06-12", maxUses: 3 });
    expect(await stored(id)).toMatchObject({ keyMaxUses: 3, keyExpiresAt });
  });
});

describe("the instructors of a batch", () => {
  it("are decided by admins, and what an instructor may do changes at once", async () => {
    const { id, admin, teacher, other } = await taughtBatch();
    expect(await addBatchInstructor(testDb(), teacher, id, other.id)).toMatchObject({ code: "forbidden" });
    expect(await removeBatchInstructor(testDb(), other, id, teacher.id)).toMatchObject({ code: "forbidden" });

    expect(await addBatchInstructor(testDb(), admin, id, other.id)).toMatchObject({ ok: true });
    expect(await addBatchInstructor(testDb(), admin, id, other.id)).toMatchObject({ ok: true });
    expect(await switchRegistrationKey(testDb(), other, id, false)).toMatchObject({ ok: true });
    expect(await removeBatchInstructor(testDb(), admin, id, other.id)).toMatchObject({ ok: true });
    expect(await switchRegistrationKey(testDb(), other, id, true)).toMatchObject({ code: "forbidden" });
    expect((await eventsOf(id)).map(({ action }) => action)).toEqual([
      "batch.remove-instructor",
      "batch.switch-key",
      "batch.add-instructor",
    ]);
  });

  it("have the role of one, and an account that is open", async () => {
    const { id, admin } = await taughtBatch();
    const student = await createUser(testDb(), { role: "student" });
    const gone = await createUser(testDb(), { role: "instructor", disabledAt: new Date() });
    for (const userId of [student.id, gone.id, 2_000_000_000]) {
      const refused = await addBatchInstructor(testDb(), admin, id, userId);
      expect(refused).toMatchObject({ code: "invalid", fields: { userId: expect.any(String) } });
    }
  });
});

describe("another time zone of a batch", () => {
  it("and a move of somebody back into it: both happen, neither waits for ever", async () => {
    const [row, other] = [await createBatch(testDb(), { capacity: 9 }), await createBatch(testDb())];
    const { studentId } = await createStudent(testDb(), { batchId: row.id, toDate: "2026-02-02" });
    await testDb().insert(enrolment).values({ studentId, batchId: other.id, fromDate: "2026-02-02" });
    const admin = await person("admin");
    const [edited, moved] = await atOnce(
      (sql) => sql`select from batch where id = ${row.id} for no key update`,
      () => editBatch(testDb(), admin, row.id, { ...row, timeZone: "Asia/Tokyo", version: 1 }),
      () => moveStudent(testDb(), admin, { studentId, batchId: row.id, from: "2026-03-02" }),
    );
    expect([edited, moved]).toMatchObject([{ ok: true }, { ok: true }]);
    const periods = await testDb().select().from(enrolment).where(eq(enrolment.studentId, studentId));
    expect(
      periods
        .map((period) => new Date(period.shownFrom).getTime())
        .sort((a, b) => a - b)
        .at(-1),
    ).toBe(Date.parse("2026-03-02T00:00:00+09:00"));
  });
});
