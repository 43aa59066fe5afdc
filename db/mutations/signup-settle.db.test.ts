import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getBatchHoldings } from "@/db/queries/batch-deletion";
import { auditEvent, enrolment } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createFarSession, namesOf, sessionById, toldOf } from "@/db/testing/demo-sessions";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { apply, dryRun } from "@/db/testing/roster";
import type { Actor } from "@/lib/auth/permissions";
import { addDays, localDate } from "@/lib/dates";
import { deleteBatch } from "./batch-delete";
import { changeEnrolmentStatus, moveStudent } from "./enrolment";
import { signUp } from "./signup";
import { settleUpcomingSessions } from "./signup-settle";
import { changeUserRole } from "./user";
import { disableUser } from "./user-access";

const SYSTEM: Actor = { type: "system", job: "test" };
const NOW = new Date();
const TODAY = localDate(NOW, "America/Chicago");

let batchId: number;
let otherId: number;
beforeAll(async () => {
  batchId = (await createBatch(testDb())).id;
  otherId = (await createBatch(testDb())).id;
});

type Person = Awaited<ReturnType<typeof createStudent>>;
const newStudent = (name: string) => createStudent(testDb(), { batchId, name });

/** A has the only place, B waits. */
async function pair(values = {}) {
  const session = await createFarSession(testDb(), { maxScheduled: 1, ...values });
  const people = [await newStudent("A"), await newStudent("B")] as const;
  for (const { studentId } of people) {
    await signUp(testDb(), SYSTEM, { sessionId: session.id, studentId, demoId: null, notes: null }, NOW);
  }
  return { id: session.id, a: people[0], b: people[1] };
}

const become = (person: Person, status: "dropped" | "graduated" | "paused" | "active", from?: string) =>
  changeEnrolmentStatus(testDb(), SYSTEM, { studentId: person.studentId, status, from });
const scheduled = (id: number) => namesOf(testDb(), id, "scheduled");

describe("the place of a student in a session to come", () => {
  it.each<[string, (person: Person) => Promise<{ ok: boolean }>]>([
    ["drops out", (a) => become(a, "dropped")],
    ["graduates", (a) => become(a, "graduated")],
    ["is disabled", (a) => disableUser(testDb(), SYSTEM, a.id, "left")],
    ["becomes an instructor", (a) => changeUserRole(testDb(), SYSTEM, a.id, "instructor")],
  ])("goes to the next, who is told, when they %s", async (_, leave) => {
    const { id, a, b } = await pair();
    expect(await leave(a)).toMatchObject({ ok: true });
    expect(await scheduled(id)).toEqual(["B"]);
    expect(await namesOf(testDb(), id, "cancelled")).toEqual(["A"]);
    expect(await toldOf(testDb(), id)).toEqual(["demo-promoted B"]);
    const events = await testDb()
      .select()
      .from(auditEvent)
      .where(
        and(
          eq(auditEvent.subjectType, "demo_signup"),
          eq(auditEvent.label, `A · Friday demo session, ${(await sessionById(testDb(), id)).sessionDate}`),
        ),
      )
      .orderBy(auditEvent.id);
    expect(events.map(({ action }) => action)).toEqual(["signup.create", "signup.withdraw"]);
    expect(events[1]).toMatchObject({ before: { status: "scheduled" }, after: { because: "no longer in class" } });
    // Their turn in a waiting list goes as well.
    await leave(b);
    expect(await scheduled(id)).toEqual([]);
  });

  it("stays theirs while they are paused, and when they change to another batch", async () => {
    const { id, a } = await pair();
    await become(a, "paused");
    expect(await scheduled(id)).toEqual(["A"]);
    await become(a, "active");
    await moveStudent(testDb(), SYSTEM, { studentId: a.studentId, batchId: otherId });
    expect(await scheduled(id)).toEqual(["A"]);
  });

  it("goes when they leave the batch that the session is for", async () => {
    const { id, a } = await pair({ batchId });
    await moveStudent(testDb(), SYSTEM, { studentId: a.studentId, batchId: otherId });
    expect(await scheduled(id)).toEqual(["B"]);
  });

  it("is kept as history when the session has begun", async () => {
    const { id, a } = await pair();
    const { sessionDate } = await sessionById(testDb(), id);
    await testDb().execute(`update demo_session set session_date = '2026-01-09' where id = ${id}`);
    await become(a, "dropped");
    expect(await scheduled(id)).toEqual(["A"]);
    await testDb().execute(`update demo_session set session_date = '${sessionDate}' where id = ${id}`);
  });

  it("goes on the day for which it was planned, by the job", async () => {
    const { id, a } = await pair();
    await become(a, "dropped", addDays(TODAY, 10));
    await settleUpcomingSessions(testDb(), SYSTEM, NOW);
    expect(await scheduled(id)).toEqual(["A"]);
    const later = new Date(NOW.getTime() + 11 * 86_400_000);
    expect(await settleUpcomingSessions(testDb(), SYSTEM, later)).toEqual({ withdrawn: 1, promoted: 1 });
    expect(await scheduled(id)).toEqual(["B"]);
    expect(await settleUpcomingSessions(testDb(), SYSTEM, later)).toEqual({ withdrawn: 0, promoted: 0 });
  });

  it("that is free goes to who waits and comes back to class", async () => {
    const { id, a, b } = await pair();
    await become(b, "paused");
    await become(a, "dropped");
    expect([await scheduled(id), await namesOf(testDb(), id, "waitlisted")]).toEqual([[], ["B"]]);
    await become(b, "active");
    expect(await scheduled(id)).toEqual(["B"]);
    expect(await toldOf(testDb(), id)).toEqual(["demo-promoted B"]);
  });

  it("that is free goes to who waits when their next enrolment begins, by the job", async () => {
    const { id, a, b } = await pair();
    const ofB = eq(enrolment.studentId, b.studentId);
    // Between two batches: the turn is kept, the place is not had.
    await testDb()
      .update(enrolment)
      .set({ fromDate: addDays(TODAY, 10) })
      .where(ofB);
    await become(a, "dropped");
    const soon = new Date(NOW.getTime() + 9 * 86_400_000);
    expect(await settleUpcomingSessions(testDb(), SYSTEM, soon)).toEqual({ withdrawn: 0, promoted: 0 });
    const then = new Date(NOW.getTime() + 11 * 86_400_000);
    expect(await settleUpcomingSessions(testDb(), SYSTEM, then)).toEqual({ withdrawn: 0, promoted: 1 });
    expect(await scheduled(id)).toEqual(["B"]);
  });

  it("that is free goes to who waits before anybody who comes now", async () => {
    const { id, a, b } = await pair();
    await become(b, "paused");
    await become(a, "dropped");
    // By another way than ours, so that nobody has been promoted.
    await testDb().update(enrolment).set({ status: "active" }).where(eq(enrolment.studentId, b.studentId));
    const { studentId } = await newStudent("C");
    const joined = await signUp(testDb(), SYSTEM, { sessionId: id, studentId, demoId: null, notes: null }, NOW);
    expect(joined).toMatchObject({ data: { status: "waitlisted", place: 1 } });
    expect(await scheduled(id)).toEqual(["B"]);
  });

  it("goes with an import that lets them go", async () => {
    const { id, a } = await pair();
    const shown = await dryRun(`email,name,status\n${a.email},A,dropped`);
    expect(await apply(shown)).toMatchObject({ counts: { changed: 1, error: 0 } });
    expect(await scheduled(id)).toEqual(["B"]);
  });

  it("stays with who is moved because their batch is deleted, whose sessions become everybody's", async () => {
    const short = await createBatch(testDb());
    const people = [
      await createStudent(testDb(), { batchId: short.id, name: "A", fromDate: "2026-01-05" }),
      await createStudent(testDb(), { batchId: short.id, name: "B", fromDate: "2026-01-05" }),
    ];
    const own = await createFarSession(testDb(), { batchId: short.id, maxScheduled: 1 });
    for (const { studentId } of people) {
      await signUp(testDb(), SYSTEM, { sessionId: own.id, studentId, demoId: null, notes: null }, NOW);
    }
    const agreed = await getBatchHoldings(testDb(), short.id);
    if (!agreed) throw new Error("there is no such batch");
    const admin: Actor = { type: "user", id: (await createUser(testDb())).id, role: "admin" };
    expect(await deleteBatch(testDb(), admin, { batchId: short.id, moveTo: otherId, agreed })).toMatchObject({
      ok: true,
    });
    expect(await sessionById(testDb(), own.id)).toMatchObject({ batchId: null });
    expect(await scheduled(own.id)).toEqual(["A"]);
    expect(await namesOf(testDb(), own.id, "waitlisted")).toEqual(["B"]);
  });
});
