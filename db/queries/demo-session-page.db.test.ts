import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { batchInstructor, demo, demoSignup } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent, createUser } from "@/db/testing/factories";
import { getDemoSessionPage, getRunningSession, getSessionOfSignup } from "./demo-session-page";
import { findSignupCandidates } from "./signup-candidates";

const NOW = new Date("2026-06-10T12:00:00Z");
const ADMIN = { id: 0, role: "admin" } as const;

const set = (tx: Db, id: number, values: Partial<typeof demoSignup.$inferInsert>) =>
  tx.update(demoSignup).set(values).where(eq(demoSignup.id, id));

async function teacherOf(tx: Db, batchId: number) {
  const teacher = await createUser(tx, { role: "instructor" });
  await tx.insert(batchInstructor).values({ batchId, userId: teacher.id });
  return { id: teacher.id, role: "instructor" } as const;
}

describe("a session with its sign-ups", () => {
  it("has those with a place in running order, then who waits by who is next, then who withdrew", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { name: "Spring" });
      const session = await createDemoSession(tx, { maxScheduled: 4, title: "Demos" });
      const put = async (name: string, status: Parameters<typeof createSignup>[3], values = {}) => {
        const { studentId } = await createStudent(tx, { batchId: batch.id, name });
        const { id } = await createSignup(tx, session.id, studentId, status);
        await set(tx, id, values);
        return studentId;
      };
      await put("Third, new", "scheduled", { queuedAt: new Date("2026-06-01T10:00:00Z") });
      await put("Second", "no_show", { runningOrder: 2 });
      const first = await put("First", "presented", { runningOrder: 1, rating: 4, presentationNotes: "Clear." });
      await put("Gone", "cancelled", { queuedAt: new Date("2026-05-01T10:00:00Z") });
      await put("Waits last", "waitlisted", { queuedAt: new Date("2026-06-03T10:00:00Z") });
      await put("Waits first", "waitlisted", { queuedAt: new Date("2026-06-02T10:00:00Z") });
      const [built] = await tx
        .insert(demo)
        .values({ studentId: first, title: "Tide tables", githubUrl: "https://example.org/tides" })
        .returning();
      await tx
        .update(demoSignup)
        .set({ demoId: built?.id ?? null })
        .where(eq(demoSignup.studentId, first));

      const running = await getRunningSession(tx, session.id, NOW);
      expect(running?.signups.map(({ name }) => name)).toEqual([
        "First",
        "Second",
        "Third, new",
        "Waits first",
        "Waits last",
        "Gone",
      ]);
      expect(running?.signups[0]).toMatchObject({
        ...{ batchName: "Spring", standing: null, status: "presented", rating: 4, notes: "Clear." },
        demo: { title: "Tide tables", url: "https://example.org/tides" },
      });
      // 15:00 in Chicago in summer.
      expect(running).toMatchObject({ title: "Demos", sessionTime: "15:00", state: "open", hasBegun: false });
      expect(new Date(running?.startsAt ?? "").toISOString()).toBe("2026-06-12T20:00:00.000Z");
    });
  });

  it("says of each why they cannot get a place, as of the day in their batch's zone", async () => {
    await withRollback(testDb(), async (tx) => {
      const [own, other] = [await createBatch(tx), await createBatch(tx)];
      const session = await createDemoSession(tx, { batchId: own.id, maxScheduled: null });
      const people = {
        fine: { batchId: own.id },
        disabled: { batchId: own.id, disabledAt: NOW },
        paused: { batchId: own.id, status: "paused" },
        elsewhere: { batchId: other.id },
        left: { batchId: own.id, toDate: "2026-06-10" },
        stays: { batchId: own.id, toDate: "2026-06-11" },
        upcoming: { batchId: own.id, fromDate: "2026-06-11" },
        nowhere: {},
      } as const;
      for (const [name, values] of Object.entries(people)) {
        const { studentId } = await createStudent(tx, { ...values, name });
        await createSignup(tx, session.id, studentId, "waitlisted");
      }
      const running = await getRunningSession(tx, session.id, NOW);
      expect(Object.fromEntries(running?.signups.map(({ name, standing }) => [name, standing]) ?? [])).toEqual({
        fine: null,
        disabled: "disabled",
        paused: "paused",
        elsewhere: "elsewhere",
        left: "left",
        stays: null,
        upcoming: "upcoming",
        nowhere: "left",
      });
    });
  });

  it.each([
    ["open", {}],
    ["full", { maxScheduled: 1 }],
    ["closed", { isActive: false }],
    ["cancelled", { isActive: false, isCancelled: true, cancelReason: "Storm" }],
    ["past", { sessionDate: "2026-06-09" }],
    // Its own day is not over yet where it is held.
    ["open", { sessionDate: "2026-06-10", sessionTime: "00:30" }],
  ] as const)("is %s when it is %o", async (state, values) => {
    await withRollback(testDb(), async (tx) => {
      const session = await createDemoSession(tx, values);
      const { studentId } = await createStudent(tx);
      await createSignup(tx, session.id, studentId, "no_show");
      expect(await getRunningSession(tx, session.id, NOW)).toMatchObject({ state });
    });
  });

  it("offers to move to sessions that are open and to come, with the places left", async () => {
    await withRollback(testDb(), async (tx) => {
      const session = await createDemoSession(tx, { sessionDate: "2026-06-12" });
      const { studentId } = await createStudent(tx);
      const one = await createDemoSession(tx, { sessionDate: "2026-06-26", maxScheduled: 3 });
      const any = await createDemoSession(tx, { sessionDate: "2026-06-19" });
      await createDemoSession(tx, { sessionDate: "2026-07-03", isActive: false });
      await createDemoSession(tx, { sessionDate: "2026-07-10", isCancelled: true });
      await createDemoSession(tx, { sessionDate: "2026-06-09" });
      // Today, and begun.
      await createDemoSession(tx, { sessionDate: "2026-06-10", sessionTime: "06:30" });
      await createSignup(tx, one.id, studentId, "scheduled");
      const teacher = await createUser(tx, { role: "instructor" });
      const page = await getDemoSessionPage(tx, session.id, { id: teacher.id, role: "instructor" }, NOW);
      expect(page?.targets.map(({ id, left }) => [id, left])).toEqual([
        [any.id, null],
        [one.id, 2],
      ]);
      expect(page?.canSignUp).toBe(false);
      expect((await getDemoSessionPage(tx, session.id, ADMIN, NOW))?.canSignUp).toBe(true);
      expect(await getDemoSessionPage(tx, 0, ADMIN, NOW)).toBeNull();
    });
  });

  it("knows who teaches the batch that a student is in today", async () => {
    await withRollback(testDb(), async (tx) => {
      const [batch, before] = [await createBatch(tx), await createBatch(tx)];
      const [teacher, former] = [await teacherOf(tx, batch.id), await teacherOf(tx, before.id)];
      const session = await createDemoSession(tx);
      const here = await createStudent(tx, { batchId: batch.id });
      const left = await createStudent(tx, { batchId: before.id, toDate: "2026-06-01" });
      for (const { studentId } of [here, left]) await createSignup(tx, session.id, studentId);
      const page = await getDemoSessionPage(tx, session.id, teacher, NOW);
      expect(page?.canSignUp).toBe(true);
      expect(page?.signups.map(({ studentId, instructorIds }) => [studentId, instructorIds])).toEqual([
        [here.studentId, [teacher.id]],
        [left.studentId, []],
      ]);
      expect(former.id).not.toBe(teacher.id);
      const id = page?.signups[0]?.id ?? 0;
      expect(await getSessionOfSignup(tx, id)).toBe(session.id);
      expect(await getSessionOfSignup(tx, 0)).toBeNull();
    });
  });
});

describe("whom staff can sign up", () => {
  it("finds those who can get a place and have none, an instructor those of their own batches", async () => {
    await withRollback(testDb(), async (tx) => {
      const [own, other] = [await createBatch(tx, { name: "Own" }), await createBatch(tx, { name: "Other" })];
      const teacher = await teacherOf(tx, own.id);
      const session = await createDemoSession(tx);
      const add = (name: string, values: Parameters<typeof createStudent>[1] = {}) =>
        createStudent(tx, { batchId: own.id, ...values, name });
      const ana = await add("Ana 100%");
      const built = await tx
        .insert(demo)
        .values([
          { studentId: ana.studentId, title: "Older" },
          { studentId: ana.studentId, title: "Newer" },
        ])
        .returning();
      await add("Ana elsewhere", { batchId: other.id });
      await add("Ana paused", { status: "paused" });
      await add("Ana disabled", { disabledAt: NOW });
      await add("Ana to come", { fromDate: "2026-06-11" });
      await add("Ana left", { toDate: "2026-06-10" });
      await createSignup(tx, session.id, (await add("Ana here")).studentId, "waitlisted");
      await createSignup(tx, session.id, (await add("Ana withdrew")).studentId, "cancelled");
      const names = async (q: string, looker: Parameters<typeof findSignupCandidates>[3], id = session.id) =>
        (await findSignupCandidates(tx, id, q, looker, NOW)).map(({ name }) => name);
      expect(await names("ana", ADMIN)).toEqual(["Ana 100%", "Ana elsewhere", "Ana withdrew"]);
      expect(await names("ana", teacher)).toEqual(["Ana 100%", "Ana withdrew"]);
      expect(await names("100%", ADMIN)).toEqual(["Ana 100%"]);
      expect(await names("a%a", ADMIN)).toEqual([]);
      const ofBatch = await createDemoSession(tx, { sessionDate: "2026-06-19", batchId: other.id });
      expect(await names("ana", ADMIN, ofBatch.id)).toEqual(["Ana elsewhere"]);
      const [found] = await findSignupCandidates(tx, session.id, "100%", ADMIN, NOW);
      expect(found).toEqual({
        studentId: ana.studentId,
        name: "Ana 100%",
        batchName: "Own",
        demos: built.map(({ id, title }) => ({ id, title })).reverse(),
      });
    });
  });
});
