import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEvent, demoSession, demoSignup, enrolment, outbox } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createFarSession, namesOf, sessionById, signupById, signupsOf, toldOf } from "@/db/testing/demo-sessions";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import {
  type Cancellation,
  cancelDemoSession,
  type Deletion,
  deleteDemoSession,
  restoreDemoSession,
} from "./demo-session-end";
import { signUp, withdrawSignup } from "./signup";

const NOW = new Date("2026-11-23T12:00:00Z");
const SYSTEM: Actor = { type: "system", job: "test" };

let batchId: number;
let staff: Actor;
beforeAll(async () => {
  batchId = (await createBatch(testDb())).id;
  staff = { type: "user", id: (await createUser(testDb(), { name: "Ines" })).id, role: "instructor" };
});

const newStudent = (name: string) => createStudent(testDb(), { batchId, name });
const join = ({ studentId }: { studentId: number }, sessionId: number) =>
  signUp(testDb(), SYSTEM, { sessionId, studentId, demoId: null, notes: "mine" }, NOW);

/** A session with as many places, and people who came in this order. */
async function newSession(places: number | null, names: string[] = [], values = {}) {
  const session = await createFarSession(testDb(), { maxScheduled: places, ...values });
  const people: Record<string, Awaited<ReturnType<typeof newStudent>>> = {};
  for (const name of names) {
    const person = await newStudent(name);
    people[name] = person;
    await join(person, session.id);
  }
  return { ...session, people };
}

const versionOf = async (id: number) => (await sessionById(testDb(), id)).version;
const cancel = async (id: number, how: Partial<Cancellation> = {}, actor = staff, now = NOW) =>
  cancelDemoSession(
    testDb(),
    actor,
    id,
    { version: await versionOf(id), reason: "Storm", tell: true, signups: "keep", ...how },
    now,
  );
const remove = async (id: number, how: Partial<Deletion> = {}, actor = staff) =>
  deleteDemoSession(testDb(), actor, id, { version: await versionOf(id), signups: "delete", tell: true, ...how }, NOW);
const restore = async (id: number) => restoreDemoSession(testDb(), staff, id, await versionOf(id), NOW);
const send = () => testDb().execute(sql`update outbox set sent_at = now() where sent_at is null`);
const exists = async (id: number) => (await testDb().$count(demoSession, eq(demoSession.id, id))) === 1;
const eventOf = async (action: string, id: number) =>
  (
    await testDb()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.action, action), eq(auditEvent.subjectId, id)))
  )[0];

describe("cancelling a session", () => {
  it("tells everybody why, keeps their sign-ups, and frees the day", async () => {
    const session = await newSession(1, ["A", "B"]);
    expect(await cancel(session.id)).toEqual({ ok: true, data: { moved: 0, waitlisted: 0, told: 2 } });
    expect(await sessionById(testDb(), session.id)).toMatchObject({ isCancelled: true, cancelReason: "Storm" });
    expect(await namesOf(testDb(), session.id, "scheduled")).toEqual(["A"]);
    expect(await toldOf(testDb(), session.id)).toEqual(["demo-cancelled A", "demo-cancelled B"]);
    const [notice] = await testDb().select().from(outbox).where(eq(outbox.kind, "demo-cancelled"));
    expect(notice?.payload).toMatchObject({ reason: "Storm", session: { date: session.sessionDate, time: "15:00" } });
    expect(await eventOf("demo-session.cancel", session.id)).toMatchObject({ after: { reason: "Storm", told: true } });
    await expect(createFarSession(testDb(), { sessionDate: session.sessionDate })).resolves.toBeDefined();
    expect(await cancel(session.id)).toMatchObject({ code: "conflict", message: /already/ });
  });

  it("tells nobody when nobody is to be told", async () => {
    const { id } = await newSession(1, ["A", "B"]);
    expect(await cancel(id, { tell: false })).toMatchObject({ data: { told: 0 } });
    expect(await toldOf(testDb(), id)).toEqual([]);
  });

  it("promotes nobody in it afterwards", async () => {
    const { id } = await newSession(1, ["A", "B"]);
    await cancel(id);
    const [a] = await signupsOf(testDb(), id);
    expect(await withdrawSignup(testDb(), SYSTEM, a?.id ?? 0, NOW)).toMatchObject({ data: { promoted: 0 } });
  });

  it("is refused to the second of two, once somebody has presented, and to students", async () => {
    const { id } = await newSession(2, ["A"]);
    expect(await cancel(id, { version: 9 })).toMatchObject({ code: "conflict", current: { version: 1 } });
    expect(await cancel(id, {}, { type: "user", id: 1, role: "student" })).toMatchObject({ code: "forbidden" });
    await testDb().update(demoSignup).set({ status: "presented" }).where(eq(demoSignup.sessionId, id));
    expect(await cancel(id)).toMatchObject({ code: "conflict", message: /presented/ });
    expect((await sessionById(testDb(), id)).isCancelled).toBe(false);
  });
});

describe("moving sign-ups to another session", () => {
  it("takes those with a place first, then those who waited, behind who waits there, and tells each what they have", async () => {
    const from = await newSession(2, ["A", "B", "C"]);
    const to = await newSession(3, ["X", "Y"]);
    expect(await cancel(from.id, { signups: "move", targetId: to.id })).toEqual({
      ok: true,
      data: { moved: 3, waitlisted: 2, told: 3 },
    });
    expect(await namesOf(testDb(), to.id, "scheduled")).toEqual(["X", "Y", "A"]);
    expect(await namesOf(testDb(), to.id, "waitlisted")).toEqual(["B", "C"]);
    expect(await signupsOf(testDb(), from.id)).toEqual([]);
    expect(await toldOf(testDb(), to.id)).toEqual(["demo-moved A", "demo-moved B", "demo-moved C"]);
    const notices = await testDb().select().from(outbox).where(eq(outbox.kind, "demo-moved")).orderBy(outbox.id);
    expect(notices.map(({ payload }) => payload)).toMatchObject([
      { status: "scheduled", was: { id: from.id }, session: { id: to.id } },
      { status: "waitlisted" },
      { status: "waitlisted" },
    ]);
    const [moved] = (await signupsOf(testDb(), to.id)).filter(({ name }) => name === "A");
    expect(await signupById(testDb(), moved?.id ?? 0)).toMatchObject({ signupNotes: "mine", sessionId: to.id });
    expect(await eventOf("signup.move", moved?.id ?? 0)).toMatchObject({ after: { status: "scheduled" } });
  });

  it("leaves who is there already, or not of its batch, and tells them that the session is cancelled", async () => {
    const other = await createBatch(testDb());
    const from = await newSession(null, ["Both", "Goes"]);
    const goose = await createStudent(testDb(), { batchId: other.id, name: "Goose" });
    await join(goose, from.id);
    const to = await newSession(5, [], { batchId });
    await join(from.people.Both as { studentId: number }, to.id);
    expect(await cancel(from.id, { signups: "move", targetId: to.id })).toMatchObject({ data: { moved: 1, told: 3 } });
    expect(await namesOf(testDb(), to.id, "scheduled")).toEqual(["Both", "Goes"]);
    expect(await toldOf(testDb(), from.id)).toEqual(["demo-cancelled Both", "demo-cancelled Goose"]);
  });

  it("uses the sign-up that somebody withdrew there before, and leaves the history of both", async () => {
    const from = await newSession(null, ["A"]);
    const to = await newSession(5);
    const person = from.people.A as { studentId: number };
    const there = await join(person, to.id);
    if (!there.ok) throw new Error(there.message);
    await withdrawSignup(testDb(), SYSTEM, there.data.signupId, NOW);
    expect(await cancel(from.id, { signups: "move", targetId: to.id })).toMatchObject({ data: { moved: 1 } });
    expect(await signupById(testDb(), there.data.signupId)).toMatchObject({ status: "scheduled", signupNotes: "mine" });
    expect((await signupsOf(testDb(), from.id)).map(({ status }) => status)).toEqual(["cancelled"]);
  });

  it("keeps the turns of those who had been there before and of those who had not", async () => {
    const to = await newSession(1, ["Holder"]);
    const from = await newSession(null, ["First", "Back"]);
    const back = await join(from.people.Back as { studentId: number }, to.id);
    if (!back.ok) throw new Error(back.message);
    await withdrawSignup(testDb(), SYSTEM, back.data.signupId, NOW);
    await cancel(from.id, { signups: "move", targetId: to.id });
    expect(await namesOf(testDb(), to.id, "waitlisted")).toEqual(["First", "Back"]);
  });

  it("gives a paused student a turn, not a place; who dropped out stays behind", async () => {
    const from = await newSession(null, ["Paused", "Gone", "Fine"]);
    const to = await newSession(1);
    for (const [name, status] of [
      ["Paused", "paused"],
      ["Gone", "dropped"],
    ] as const) {
      const { studentId } = from.people[name] as { studentId: number };
      await testDb().update(enrolment).set({ status }).where(eq(enrolment.studentId, studentId));
    }
    await cancel(from.id, { signups: "move", targetId: to.id });
    expect(await namesOf(testDb(), to.id, "scheduled")).toEqual(["Fine"]);
    expect(await namesOf(testDb(), to.id, "waitlisted")).toEqual(["Paused"]);
    expect((await signupsOf(testDb(), from.id)).map(({ name }) => name)).toEqual(["Gone"]);
  });

  it("needs a session that is open and to come", async () => {
    const from = await newSession(null, ["A"]);
    const targets = [
      from.id,
      2_000_000_000,
      undefined,
      (await newSession(1, [], { isActive: false })).id,
      (await newSession(1, [], { isCancelled: true })).id,
      (await newSession(1, [], { sessionDate: "2026-11-20" })).id,
    ];
    for (const targetId of targets) {
      for (const refused of [
        await cancel(from.id, { signups: "move", targetId }),
        await remove(from.id, { signups: "move", targetId }),
      ]) {
        expect(refused).toMatchObject({ code: "invalid", fields: { targetId: /./ } });
      }
    }
    expect(await namesOf(testDb(), from.id, "scheduled")).toEqual(["A"]);
  });
});

describe("restoring a session", () => {
  it("brings its people back, tells those who heard of the end, and sees to who left and who waits", async () => {
    const { id, people } = await newSession(1, ["A", "B"]);
    await cancel(id);
    await send();
    const { studentId } = people.A as { studentId: number };
    await testDb().update(enrolment).set({ status: "dropped" }).where(eq(enrolment.studentId, studentId));
    expect(await restore(id)).toEqual({ ok: true, data: undefined });
    expect(await sessionById(testDb(), id)).toMatchObject({ isCancelled: false, cancelReason: null, version: 3 });
    expect(await namesOf(testDb(), id, "scheduled")).toEqual(["B"]);
    expect((await toldOf(testDb(), id)).slice(2).sort()).toEqual(["demo-changed B", "demo-promoted B"]);
    expect(await restore(id)).toMatchObject({ code: "conflict" });
  });

  it("is silence for whom the cancellation has not reached: it waits, or was dropped", async () => {
    const { id } = await newSession(2, ["Waits", "Dropped", "Heard"]);
    await cancel(id);
    const rows = await testDb().select().from(outbox).where(eq(outbox.kind, "demo-cancelled")).orderBy(outbox.id);
    const [, dropped, heard] = rows.slice(-3);
    await testDb().execute(sql`update outbox set not_before = 'infinity' where id = ${dropped?.id}`);
    await testDb().execute(sql`update outbox set sent_at = now() where id = ${heard?.id}`);
    await restore(id);
    expect((await toldOf(testDb(), id)).slice(3)).toEqual(["demo-changed Heard"]);
  });

  it("is told once, also when it is called off and restored again without a word", async () => {
    const { id } = await newSession(2, ["A"]);
    await cancel(id);
    await send();
    await restore(id);
    await cancel(id, { tell: false });
    await restore(id);
    expect(await toldOf(testDb(), id)).toEqual(["demo-cancelled A", "demo-changed A"]);
  });

  it("tells nobody who was told nothing", async () => {
    const { id } = await newSession(1, ["A"]);
    await cancel(id, { tell: false });
    await restore(id);
    expect(await toldOf(testDb(), id)).toEqual([]);
  });

  it("needs its day to be free still", async () => {
    const { id, sessionDate } = await newSession(1);
    await cancel(id);
    await createFarSession(testDb(), { sessionDate });
    expect(await restore(id)).toMatchObject({ code: "conflict", fields: { sessionDate: /already/ } });
    expect((await sessionById(testDb(), id)).isCancelled).toBe(true);
  });
});

describe("deleting a session (old defect 14: an error as soon as somebody was signed up)", () => {
  it("takes its sign-ups with it after that was chosen, says how many, and tells who had hoped to come", async () => {
    const { id } = await newSession(1, ["A", "B", "C"]);
    const [c] = (await signupsOf(testDb(), id)).slice(2);
    await withdrawSignup(testDb(), SYSTEM, c?.id ?? 0, NOW);
    expect(await remove(id)).toEqual({ ok: true, data: { moved: 0, deleted: 3, told: 2 } });
    expect(await exists(id)).toBe(false);
    expect(await toldOf(testDb(), id)).toEqual(["demo-deleted A", "demo-deleted B"]);
    expect(await eventOf("demo-session.delete", id)).toMatchObject({ after: { deletedSignups: 3, presented: 0 } });
  });

  it("moves them to another session first, and deletes who cannot go there", async () => {
    const from = await newSession(null, ["A", "Both"]);
    const to = await newSession(null);
    await join(from.people.Both as { studentId: number }, to.id);
    expect(await remove(from.id, { signups: "move", targetId: to.id })).toEqual({
      ok: true,
      data: { moved: 1, deleted: 1, told: 2 },
    });
    expect(await namesOf(testDb(), to.id, "scheduled")).toEqual(["Both", "A"]);
    expect(await exists(from.id)).toBe(false);
  });

  it("tells nobody of one that was cancelled, and is refused to the second of two", async () => {
    const { id } = await newSession(1, ["A"]);
    await cancel(id);
    expect(await remove(id, { version: 1 })).toMatchObject({ code: "conflict", current: { version: 2 } });
    expect(await remove(id, {}, { type: "user", id: 1, role: "student" })).toMatchObject({ code: "forbidden" });
    expect(await remove(id)).toMatchObject({ data: { deleted: 1, told: 0 } });
  });
});
