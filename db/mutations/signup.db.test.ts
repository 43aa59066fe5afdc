import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEvent, batchInstructor, demo, demoSession, demoSignup, enrolment, user } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createFarSession, namesOf, sessionById, signupById, toldOf } from "@/db/testing/demo-sessions";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { editSignup, signUp, withdrawSignup } from "./signup";

const NOW = new Date("2026-11-23T12:00:00Z");

let batchId: number;
let otherBatchId: number;
beforeAll(async () => {
  batchId = (await createBatch(testDb(), { name: "Ducks" })).id;
  otherBatchId = (await createBatch(testDb(), { name: "Geese" })).id;
});

type Person = { id: number; studentId: number; name: string };
const newStudent = (name: string, values: Parameters<typeof createStudent>[1] = {}) =>
  createStudent(testDb(), { batchId, name, ...values });
const as = ({ id }: { id: number }): Actor => ({ type: "user", id, role: "student" });

const join = (person: Person, sessionId: number, more: { demoId?: number; notes?: string } = {}, now = NOW) =>
  signUp(
    testDb(),
    as(person),
    { sessionId, studentId: person.studentId, demoId: more.demoId ?? null, notes: more.notes ?? null },
    now,
  );

const joined = async (person: Person, sessionId: number) => {
  const result = await join(person, sessionId);
  if (!result.ok) throw new Error(result.message);
  return result.data;
};

const newDemo = async (studentId: number) => {
  const [row] = await testDb().insert(demo).values({ studentId, title: "A demo" }).returning();
  if (!row) throw new Error("the insert returned no row");
  return row.id;
};

const eventsOf = async (id: number) =>
  (
    await testDb()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.subjectType, "demo_signup"), eq(auditEvent.subjectId, id)))
      .orderBy(auditEvent.id)
  ).map(({ action, before, after }) => ({ action, before, after }));

describe("signing up", () => {
  it("gives places while there are any, then a turn in the waiting list, and keeps what was said with it", async () => {
    const [ana, ben, cy] = [await newStudent("Ana"), await newStudent("Ben"), await newStudent("Cy")];
    const session = await createFarSession(testDb(), { maxScheduled: 1, title: "Friday" });
    const demoId = await newDemo(ana.studentId);
    const first = await join(ana, session.id, { demoId, notes: "  a game \n" });
    expect(first).toMatchObject({ ok: true, data: { status: "scheduled", place: null } });
    expect(await join(ben, session.id)).toMatchObject({ data: { status: "waitlisted", place: 1 } });
    expect(await join(cy, session.id)).toMatchObject({ data: { status: "waitlisted", place: 2 } });
    const { signupId } = (first as { data: { signupId: number } }).data;
    expect(await signupById(testDb(), signupId)).toMatchObject({ demoId, signupNotes: "a game", status: "scheduled" });
    expect(await eventsOf(signupId)).toEqual([
      { action: "signup.create", before: null, after: { status: "scheduled", demoId, notes: "a game" } },
    ]);
  });

  it("is possible without limit (old defect 11: an unlimited session read as full)", async () => {
    const session = await createFarSession(testDb(), { maxScheduled: null });
    for (const name of ["Ana", "Ben", "Cy"]) {
      expect(await join(await newStudent(name), session.id)).toMatchObject({ data: { status: "scheduled" } });
    }
  });

  it("does not look at whose batch the others are (old defect 12: a session vanished by its sign-ups)", async () => {
    const session = await createFarSession(testDb(), { maxScheduled: 2 });
    expect(await join(await newStudent("Goose", { batchId: otherBatchId }), session.id)).toMatchObject({ ok: true });
    expect(await join(await newStudent("Duck"), session.id)).toMatchObject({ data: { status: "scheduled" } });
    // Places are counted over all batches.
    expect(await join(await newStudent("Late"), session.id)).toMatchObject({ data: { status: "waitlisted" } });
  });

  it("happens once; a second time is refused, also for who waits", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const session = await createFarSession(testDb(), { maxScheduled: 1 });
    for (const person of [ana, ben]) {
      await joined(person, session.id);
      expect(await join(person, session.id)).toMatchObject({ code: "conflict", message: /signed up .* already/ });
    }
    expect(await testDb().select().from(demoSignup).where(eq(demoSignup.sessionId, session.id))).toHaveLength(2);
  });

  it.each([
    ["closed", { isActive: false }, /closed/],
    ["cancelled", { isCancelled: true }, /cancelled/],
    ["past (the old system let people in)", { sessionDate: "2026-11-20" }, /begun/],
  ])("is refused where the session is %s", async (_, values, message) => {
    const session = await createFarSession(testDb(), values);
    expect(await join(await newStudent("Ana"), session.id)).toMatchObject({ code: "conflict", message });
    await testDb().delete(demoSession).where(eq(demoSession.id, session.id));
  });

  it("goes on until the minute in which the session begins, by its own clock", async () => {
    // 15:00 in Chicago is 21:00 UTC in winter.
    const session = await createFarSession(testDb(), { sessionDate: "2034-12-01", sessionTime: "15:00" });
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    expect(await join(ana, session.id, {}, new Date("2034-12-01T20:59:59Z"))).toMatchObject({ ok: true });
    expect(await join(ben, session.id, {}, new Date("2034-12-01T21:00:00Z"))).toMatchObject({ code: "conflict" });
  });

  it("is for students in class: everybody else hears why not", async () => {
    const session = await createFarSession(testDb());
    const cases: [Person, RegExp][] = [
      [await newStudent("Paused", { status: "paused" }), /paused/],
      [await newStudent("Dropped", { status: "dropped" }), /not in a batch any more/],
      [await newStudent("Graduated", { status: "graduated" }), /graduated/],
      [await newStudent("Invited", { status: "invited" }), /not begun/],
      [await newStudent("Left", { toDate: "2026-11-23" }), /not enrolled/],
      [await newStudent("Soon", { fromDate: "2026-11-24" }), /not enrolled/],
      [await createStudent(testDb(), { name: "Nowhere" }), /not enrolled/],
      [await newStudent("Off", { disabledAt: NOW }), /disabled/],
    ];
    for (const [person, message] of cases) {
      expect(await join(person, session.id), person.name).toMatchObject({ code: "conflict", message });
    }
    expect(await namesOf(testDb(), session.id, "scheduled")).toEqual([]);
  });

  it("to a batch's own session is for that batch", async () => {
    const session = await createFarSession(testDb(), { batchId });
    expect(await join(await newStudent("Goose", { batchId: otherBatchId }), session.id)).toMatchObject({
      code: "conflict",
      message: "This session is for Ducks only.",
    });
    expect(await join(await newStudent("Duck"), session.id)).toMatchObject({ ok: true });
  });

  it("takes a demo of one's own only", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const session = await createFarSession(testDb());
    const demoId = await newDemo(ben.studentId);
    expect(await join(ana, session.id, { demoId })).toMatchObject({ code: "invalid", fields: { demoId: /./ } });
    expect(await join(ana, session.id, { demoId: 2_000_000_000 })).toMatchObject({ code: "invalid" });
    expect(await join(ben, session.id, { demoId })).toMatchObject({ ok: true });
  });

  it("is done by oneself, or by an admin and the instructors of one's batch", async () => {
    const ana = await newStudent("Ana");
    const ben = await newStudent("Ben");
    const teacher = await createUser(testDb(), { role: "instructor" });
    await testDb().insert(batchInstructor).values({ batchId, userId: teacher.id });
    const session = await createFarSession(testDb());
    const input = { sessionId: session.id, studentId: ana.studentId, demoId: null, notes: null };
    const stranger: Actor = { type: "user", id: (await createUser(testDb())).id, role: "instructor" };
    expect(await signUp(testDb(), stranger, input, NOW)).toMatchObject({ code: "forbidden" });
    // A student learns nothing of ids that are not theirs.
    const nobody = await signUp(testDb(), as(ben), { ...input, studentId: 2_000_000_000 }, NOW);
    expect(nobody).toMatchObject({ code: "not_found" });
    expect(await signUp(testDb(), as(ben), input, NOW)).toEqual(nobody);
    expect(await signUp(testDb(), { type: "user", id: teacher.id, role: "instructor" }, input, NOW)).toMatchObject({
      ok: true,
    });
    const admin: Actor = { type: "user", id: teacher.id, role: "admin" };
    expect(await signUp(testDb(), admin, { ...input, studentId: ben.studentId }, NOW)).toMatchObject({ ok: true });
  });

  it("says when session or student are none", async () => {
    const ana = await newStudent("Ana");
    expect(await join(ana, 2_000_000_000)).toMatchObject({ code: "not_found" });
    expect(await join({ ...ana, studentId: 2_000_000_000 }, 1)).toMatchObject({ code: "not_found" });
  });
});

describe("withdrawing", () => {
  it("hands the place to the first on the list, who is told; signing up again goes last", async () => {
    const [ana, ben, cy] = [await newStudent("Ana"), await newStudent("Ben"), await newStudent("Cy")];
    const session = await createFarSession(testDb(), { maxScheduled: 1 });
    const a = await joined(ana, session.id);
    const b = await joined(ben, session.id);
    await joined(cy, session.id);
    expect(await withdrawSignup(testDb(), as(ana), a.signupId, NOW)).toEqual({ ok: true, data: { promoted: 1 } });
    expect(await namesOf(testDb(), session.id, "scheduled")).toEqual(["Ben"]);
    expect(await toldOf(testDb(), session.id)).toEqual(["demo-promoted Ben"]);
    expect(await eventsOf(b.signupId)).toMatchObject([
      { action: "signup.create" },
      { action: "signup.promote", before: { status: "waitlisted" }, after: { status: "scheduled" } },
    ]);
    // The row stays as history, and is used again.
    expect(await signupById(testDb(), a.signupId)).toMatchObject({ status: "cancelled" });
    const again = await joined(ana, session.id);
    expect(again).toEqual({ signupId: a.signupId, status: "waitlisted", place: 2, promoted: 0 });
    expect(await namesOf(testDb(), session.id, "waitlisted")).toEqual(["Cy", "Ana"]);
  });

  it("passes over who is paused, disabled or out of class, and they keep their turn", async () => {
    const session = await createFarSession(testDb(), { maxScheduled: 1 });
    const first = await newStudent("First");
    const { signupId } = await joined(first, session.id);
    const [paused, disabled, dropped, fine] = [
      await newStudent("Paused"),
      await newStudent("Disabled"),
      await newStudent("Dropped"),
      await newStudent("Fine"),
    ];
    for (const person of [paused, disabled, dropped, fine]) await joined(person, session.id);
    await testDb().update(enrolment).set({ status: "paused" }).where(eq(enrolment.studentId, paused.studentId));
    await testDb().update(enrolment).set({ status: "dropped" }).where(eq(enrolment.studentId, dropped.studentId));
    await testDb().update(user).set({ disabledAt: NOW }).where(eq(user.id, disabled.id));
    await withdrawSignup(testDb(), as(first), signupId, NOW);
    expect(await namesOf(testDb(), session.id, "scheduled")).toEqual(["Fine"]);
    expect(await namesOf(testDb(), session.id, "waitlisted")).toEqual(["Paused", "Disabled", "Dropped"]);
  });

  it("tells whoever gets a place a second time again", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const session = await createFarSession(testDb(), { maxScheduled: 1 });
    const a = await joined(ana, session.id);
    const b = await joined(ben, session.id);
    await withdrawSignup(testDb(), as(ana), a.signupId, NOW);
    await joined(ana, session.id);
    await withdrawSignup(testDb(), as(ben), b.signupId, NOW);
    await joined(ben, session.id);
    await withdrawSignup(testDb(), as(ana), a.signupId, NOW);
    expect(await toldOf(testDb(), session.id)).toEqual(["demo-promoted Ben", "demo-promoted Ana", "demo-promoted Ben"]);
  });

  it("twice is as good as once", async () => {
    const ana = await newStudent("Ana");
    const session = await createFarSession(testDb());
    const { signupId } = await joined(ana, session.id);
    for (let round = 0; round < 2; round++) {
      expect(await withdrawSignup(testDb(), as(ana), signupId, NOW)).toMatchObject({ data: { promoted: 0 } });
    }
    expect(await eventsOf(signupId)).toHaveLength(2);
  });

  it.each(["presented", "no_show"] as const)("is over once somebody is marked: %s", async (status) => {
    const ana = await newStudent("Ana");
    const session = await createFarSession(testDb());
    const { signupId } = await joined(ana, session.id);
    await testDb().update(demoSignup).set({ status }).where(eq(demoSignup.id, signupId));
    expect(await withdrawSignup(testDb(), as(ana), signupId, NOW)).toMatchObject({ code: "conflict" });
    const edit = { demoId: null, notes: "x", version: 1 };
    expect(await editSignup(testDb(), as(ana), signupId, edit, NOW)).toMatchObject({ code: "conflict" });
    expect(await signupById(testDb(), signupId)).toMatchObject({ status, signupNotes: null });
  });

  it("after the beginning promotes nobody any more", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const session = await createFarSession(testDb(), { maxScheduled: 1 });
    const { signupId } = await joined(ana, session.id);
    await joined(ben, session.id);
    const late = new Date("2040-01-01T00:00:00Z");
    expect(await withdrawSignup(testDb(), as(ana), signupId, late)).toMatchObject({ data: { promoted: 0 } });
    expect(await namesOf(testDb(), session.id, "waitlisted")).toEqual(["Ben"]);
  });

  it("is one's own business, and that of one's teachers", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const session = await createFarSession(testDb());
    const { signupId } = await joined(ana, session.id);
    const nothing = await withdrawSignup(testDb(), as(ben), 2_000_000_000, NOW);
    expect(nothing).toMatchObject({ code: "not_found" });
    expect(await withdrawSignup(testDb(), as(ben), signupId, NOW)).toEqual(nothing);
    expect(await withdrawSignup(testDb(), { type: "user", id: ben.id, role: "admin" }, signupId, NOW)).toMatchObject({
      ok: true,
    });
  });

  it("from a closed session still hands the place on: closed takes nobody new", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const session = await createFarSession(testDb(), { maxScheduled: 1 });
    const { signupId } = await joined(ana, session.id);
    await joined(ben, session.id);
    await testDb().update(demoSession).set({ isActive: false }).where(eq(demoSession.id, session.id));
    expect(await withdrawSignup(testDb(), as(ana), signupId, NOW)).toMatchObject({ data: { promoted: 1 } });
    expect((await sessionById(testDb(), session.id)).isActive).toBe(false);
  });
});

describe("changing a sign-up", () => {
  it("changes demo and notes, and tells the second of two who edit", async () => {
    const ana = await newStudent("Ana");
    const session = await createFarSession(testDb());
    const { signupId } = await joined(ana, session.id);
    const demoId = await newDemo(ana.studentId);
    const edit = { demoId, notes: " mine ", version: 1 };
    expect(await editSignup(testDb(), as(ana), signupId, edit, NOW)).toEqual({ ok: true, data: undefined });
    expect(await signupById(testDb(), signupId)).toMatchObject({ demoId, signupNotes: "mine", version: 2 });
    expect(await editSignup(testDb(), as(ana), signupId, { ...edit, notes: "other" }, NOW)).toMatchObject({
      code: "conflict",
      current: { version: 2, by: "Ana", values: { demoId: String(demoId), notes: "mine" } },
    });
    const foreign = await newDemo((await newStudent("Ben")).studentId);
    expect(
      await editSignup(testDb(), as(ana), signupId, { demoId: foreign, notes: null, version: 2 }, NOW),
    ).toMatchObject({ code: "invalid", fields: { demoId: /./ } });
    expect((await eventsOf(signupId)).map(({ action }) => action)).toEqual(["signup.create", "signup.edit"]);
  });
});
