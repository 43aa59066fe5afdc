import { describe, expect, it } from "vitest";
import { batchInstructor, demo, demoSignup } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent, createUser } from "@/db/testing/factories";
import { getV1Session, listOpenV1Sessions, listTakenDates, listV1Sessions } from "./demo-session-api";
import { getV1Signup, listOwnV1Signups, listV1SessionSignups } from "./demo-signup-api";

const db = testDb();
const NOW = new Date("2026-06-12T18:00:00Z");

async function scene(tx: typeof db) {
  const [mine, other] = [await createBatch(tx), await createBatch(tx)];
  const teacher = await createUser(tx, { role: "instructor" });
  await tx.insert(batchInstructor).values({ batchId: mine.id, userId: teacher.id });
  const ana = await createStudent(tx, { batchId: mine.id, name: "Ana" });
  const ben = await createStudent(tx, { batchId: other.id, name: "Ben" });
  return { mine, other, teacher, ana, ben };
}

const inScene = (test: (tx: typeof db, made: Awaited<ReturnType<typeof scene>>) => Promise<void>) =>
  withRollback(db, async (tx) => test(tx as typeof db, await scene(tx as typeof db)));

describe("GET /api/demo-sessions", () => {
  it("old defect 12: lists a session whose sign-ups are all from another batch, and counts them", () =>
    inScene(async (tx, { ana, ben }) => {
      const session = await createDemoSession(tx, { sessionDate: "2026-06-19", maxScheduled: 1 });
      await createSignup(tx, session.id, ben.studentId);
      const [listed, ...more] = await listOpenV1Sessions(tx, ana.id, NOW);
      expect(more).toEqual([]);
      expect(listed).toMatchObject({ id: session.id, signup_count: 1, user_scheduled: false, state: "full" });
      expect(await listOpenV1Sessions(tx, ben.id, NOW)).toMatchObject([{ user_scheduled: true, user_signed_up: true }]);
    }));

  it("lists what is active, not cancelled and not over on its own calendar, the newest first", () =>
    inScene(async (tx, { ana }) => {
      // At 18:00 UTC it is the 13th already in Auckland, and still the 12th in Honolulu.
      await createDemoSession(tx, { sessionDate: "2026-06-12", timeZone: "Pacific/Auckland", title: "Over" });
      await createDemoSession(tx, { sessionDate: "2026-06-26", isActive: false, title: "Closed" });
      await createDemoSession(tx, { sessionDate: "2026-06-27", isCancelled: true, title: "Cancelled" });
      await createDemoSession(tx, { sessionDate: "2026-07-03", title: "Later" });
      await createDemoSession(tx, { sessionDate: "2026-06-13", timeZone: "Pacific/Honolulu", title: "Tomorrow" });
      const titles = (await listOpenV1Sessions(tx, ana.id, NOW)).map(({ title }) => title);
      expect(titles).toEqual(["Later", "Tomorrow"]);
    }));

  it("carries time, zone, instant, link and description, which v1 left out", () =>
    inScene(async (tx, { ana }) => {
      const meetingUrl = "https://zoom.us/j/1";
      await createDemoSession(tx, { sessionDate: "2026-11-06", sessionTime: "09:30", meetingUrl, description: "Come" });
      const [session] = await listOpenV1Sessions(tx, ana.id, NOW);
      expect(session).toMatchObject({
        session_time: "09:30:00",
        time_zone: "America/Chicago",
        starts_at: "2026-11-06T15:30:00+00:00",
        zoom_link: meetingUrl,
        description: "Come",
      });
    }));

  it("tells a withdrawn sign-up from a place, and one who waits from one who presents", () =>
    inScene(async (tx, { ana, ben }) => {
      const session = await createDemoSession(tx, { sessionDate: "2026-06-19" });
      await createSignup(tx, session.id, ana.studentId, "cancelled");
      await createSignup(tx, session.id, ben.studentId, "waitlisted");
      const seenBy = async (id: number) => (await listOpenV1Sessions(tx, id, NOW))[0];
      const counts = { signup_count: 0, waiting_count: 1, user_scheduled: false };
      expect(await seenBy(ana.id)).toMatchObject({ ...counts, user_signed_up: false, user_status: "cancelled" });
      expect(await seenBy(ben.id)).toMatchObject({ ...counts, user_signed_up: true, user_status: "waitlisted" });
    }));
});

describe("a sign-up of v1", () => {
  it("has its student and its own demo, and who presented is spelled out", () =>
    inScene(async (tx, { ana }) => {
      const session = await createDemoSession(tx);
      const [built] = await tx
        .insert(demo)
        .values({ studentId: ana.studentId, title: "Quiz", demoDate: "2026-05-01" })
        .returning();
      const [made] = await tx
        .insert(demoSignup)
        .values({ sessionId: session.id, studentId: ana.studentId, demoId: built?.id, status: "presented", rating: 5 })
        .returning();
      expect(await getV1Signup(tx, made?.id ?? 0, { id: ana.id, role: "student" })).toMatchObject({
        session_id: session.id,
        student_id: ana.studentId,
        status: "presented",
        did_present: true,
        presentation_rating: 5,
        waiting_place: null,
        student: { id: ana.studentId, user_id: ana.id, name: "Ana", email: ana.email },
        demo: { title: "Quiz", date: "2026-05-01", status: "confirmed", student_id: ana.studentId },
        session: { id: session.id, session_date: "2026-06-12", is_cancelled: false },
      });
      expect(await listOwnV1Signups(tx, { id: ana.id, role: "student" })).toHaveLength(1);
    }));

  it("stands in the order of the day, says who waits where, and shows addresses of own students only", () =>
    inScene(async (tx, { mine, teacher, ana, ben }) => {
      const session = await createDemoSession(tx);
      const cleo = await createStudent(tx, { batchId: mine.id, name: "Cleo" });
      const dan = await createStudent(tx, { batchId: mine.id, name: "Dan" });
      const add = (studentId: number, more: Partial<typeof demoSignup.$inferInsert>) =>
        tx.insert(demoSignup).values({ sessionId: session.id, studentId, ...more });
      await add(dan.studentId, { status: "waitlisted", queuedAt: new Date("2026-06-01T10:00:00Z") });
      await add(cleo.studentId, { status: "waitlisted", queuedAt: new Date("2026-06-01T09:00:00Z") });
      await add(ana.studentId, { status: "scheduled", runningOrder: 2 });
      await add(ben.studentId, { status: "no_show", runningOrder: 1 });
      const listed = (await listV1SessionSignups(tx, session.id, { id: teacher.id, role: "instructor" })) ?? [];
      expect(
        listed.map(({ student, did_present, waiting_place }) => [student.name, did_present, waiting_place]),
      ).toEqual([
        ["Ben", false, null],
        ["Ana", null, null],
        ["Cleo", null, 1],
        ["Dan", null, 2],
      ]);
      expect(listed.map(({ student }) => student.email)).toEqual([null, ana.email, cleo.email, dan.email]);
      expect(await listV1SessionSignups(tx, session.id + 1, teacher)).toBeNull();
      const whole = await getV1Session(tx, session.id, { id: teacher.id, role: "instructor" });
      expect(whole).toMatchObject({ signup_count: 2, waiting_count: 2, signups: listed });
    }));
});

describe("GET /api/v1/admin/demo-sessions", () => {
  it("has past ones too, and the switched off and cancelled when they are asked for", () =>
    inScene(async (tx) => {
      await createDemoSession(tx, { sessionDate: "2020-01-03", title: "Past" });
      await createDemoSession(tx, { sessionDate: "2026-07-03", title: "Off", isActive: false });
      await createDemoSession(tx, { sessionDate: "2026-07-10", title: "Cancelled", isCancelled: true });
      const titles = async (inactive: boolean, cancelled: boolean) =>
        (await listV1Sessions(tx, { inactive, cancelled })).map(({ title }) => title);
      expect(await titles(false, false)).toEqual(["Past"]);
      expect(await titles(true, false)).toEqual(["Off", "Past"]);
      expect(await titles(true, true)).toEqual(["Cancelled", "Off", "Past"]);
      expect(await listTakenDates(tx, ["2026-07-10", "2026-07-03", "2026-07-04"])).toEqual(["2026-07-03"]);
      expect(await listTakenDates(tx, [])).toEqual([]);
    }));
});
