import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { calendarToken, demo, demoSession, demoSignup } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { getPortalSessions } from "./portal-sessions";
import { getStudentOverview } from "./student-overview";

// Wednesday; 07:00 in Chicago, noon in UTC, 02:00 of the next day in Kiritimati.
const NOW = new Date("2026-06-10T12:00:00Z");

const titlesAt = async (tx: Db, userId: number, now = NOW) =>
  (await getPortalSessions(tx, userId, now)).sessions.map(({ title }) => title);

describe("what a student sees of the sessions to come", () => {
  it("is every active one whoever signed up (old defect 12), and those they have a place in", async () => {
    await withRollback(testDb(), async (tx) => {
      const [own, other] = [await createBatch(tx), await createBatch(tx, { name: "Batch of others" })];
      const me = await createStudent(tx, { batchId: own.id });
      const stranger = await createStudent(tx, { batchId: other.id });
      const titled = (title: string, sessionDate: string, more: object = {}) =>
        createDemoSession(tx, { title, sessionDate, ...more });
      const theirs = await titled("Only others signed up", "2026-06-12");
      await titled("Of another batch", "2026-06-13", { batchId: other.id });
      await titled("Cancelled", "2026-06-14", { isCancelled: true });
      const lost = await titled("Cancelled, with my place", "2026-06-15", { isCancelled: true, cancelReason: "Snow" });
      await titled("Switched off", "2026-06-16", { isActive: false });
      const kept = await titled("Switched off, with my place", "2026-06-17", { isActive: false });
      const left = await titled("Switched off, withdrawn", "2026-06-18", { isActive: false });
      await titled("Yesterday", "2026-06-09");
      await createSignup(tx, theirs.id, stranger.studentId);
      await createSignup(tx, lost.id, me.studentId);
      await createSignup(tx, kept.id, me.studentId, "waitlisted");
      await createSignup(tx, left.id, me.studentId, "cancelled");

      const { sessions } = await getPortalSessions(tx, me.id, NOW);
      expect(sessions.map(({ title, state }) => [title, state])).toEqual([
        ["Only others signed up", "open"],
        ["Of another batch", "open"],
        ["Cancelled, with my place", "cancelled"],
        ["Switched off, with my place", "closed"],
      ]);
      expect(sessions[1]).toMatchObject({ batchId: other.id, batchName: "Batch of others", signup: null });
      expect(sessions[2]).toMatchObject({ cancelReason: "Snow", signup: { status: "scheduled" } });
    });
  });

  it("tells of a withdrawn sign-up at its session, where that can be seen, else in the history: never nowhere", async () => {
    await withRollback(testDb(), async (tx) => {
      const [me, other] = [await createStudent(tx), await createStudent(tx)];
      const dated = (sessionDate: string, more: object = {}) => createDemoSession(tx, { sessionDate, ...more });
      const never = await dated("2026-06-11");
      const again = await dated("2026-06-12");
      const both = [
        await dated("2026-06-05"),
        await dated("2026-06-15", { isActive: false }),
        await dated("2026-06-16", { isCancelled: true }),
        await dated("2026-06-17", { maxScheduled: 1 }),
      ];
      for (const { id } of both) await createSignup(tx, id, me.studentId, "cancelled");
      await createSignup(tx, again.id, me.studentId);
      await createSignup(tx, never.id, other.studentId, "cancelled");
      await createSignup(tx, both[3]?.id ?? 0, other.studentId);

      // Also beyond the first one, which is all that is asked for.
      const { sessions, history, total } = await getPortalSessions(tx, me.id, NOW, 1);
      expect(sessions.map(({ sessionDate, ...each }) => [sessionDate, each.signup?.status, each.wasWithdrawn])).toEqual(
        [
          ["2026-06-11", undefined, false],
          ["2026-06-12", "scheduled", false],
          ["2026-06-17", undefined, true],
        ],
      );
      expect(sessions[2]).toMatchObject({ state: "full", signup: null });
      expect(total).toBe(3);
      expect(history.map(({ sessionDate, signup, isCancelled }) => [sessionDate, signup.status, isCancelled])).toEqual([
        ["2026-06-16", "cancelled", true],
        ["2026-06-15", "cancelled", false],
        ["2026-06-05", "cancelled", false],
      ]);
    });
  });

  it("is there until its own day is over, and cannot be joined from its hour on", async () => {
    await withRollback(testDb(), async (tx) => {
      const me = await createStudent(tx);
      await createDemoSession(tx, { sessionDate: "2026-06-10", timeZone: "Pacific/Kiritimati", title: "East" });
      await createDemoSession(tx, { sessionDate: "2026-06-11", timeZone: "Pacific/Kiritimati", title: "East, next" });
      await createDemoSession(tx, { sessionDate: "2026-06-09", timeZone: "Pacific/Pago_Pago", title: "West" });
      // 12:00 UTC is 02:00 of the 11th in Kiritimati and 01:00 of the 10th in Pago Pago.
      expect(await titlesAt(tx, me.id)).toEqual(["East, next"]);
      // An hour and a half before, it is the 9th still in Pago Pago, and the 11th already in Kiritimati.
      expect(await titlesAt(tx, me.id, new Date("2026-06-10T10:30:00Z"))).toEqual(["West", "East, next"]);

      await createDemoSession(tx, { sessionDate: "2026-06-12", timeZone: "America/Chicago", sessionTime: "15:00" });
      const at = async (instant: string) => (await getPortalSessions(tx, me.id, new Date(instant))).sessions.at(-1);
      expect(await at("2026-06-12T19:59:59Z")).toMatchObject({ hasBegun: false, today: "2026-06-12" });
      expect(await at("2026-06-12T20:00:00Z")).toMatchObject({ hasBegun: true, sessionTime: "15:00" });
      expect(new Date((await at("2026-06-13T04:59:59Z"))?.startsAt ?? "")).toEqual(new Date("2026-06-12T20:00:00Z"));
      expect(await titlesAt(tx, me.id, new Date("2026-06-13T05:00:00Z"))).toEqual([]);
    });
  });

  it("counts places and the line: full at the limit, never without one (old defect 11)", async () => {
    await withRollback(testDb(), async (tx) => {
      const people = [];
      for (let each = 0; each < 5; each++) people.push(await createStudent(tx));
      const [me, ...others] = people as [(typeof people)[0], ...typeof people];
      const limited = await createDemoSession(tx, { sessionDate: "2026-06-12", maxScheduled: 2 });
      const endless = await createDemoSession(tx, { sessionDate: "2026-06-19", maxScheduled: null });
      const [a, b, c, d] = others.map(({ studentId }) => studentId) as [number, number, number, number];
      await createSignup(tx, limited.id, a);
      await createSignup(tx, limited.id, b, "presented");
      const queue = [c, me.studentId, d];
      for (const [minute, studentId] of queue.entries()) {
        const queuedAt = new Date(Date.UTC(2026, 5, 1, 9, minute));
        await tx.insert(demoSignup).values({ sessionId: limited.id, studentId, status: "waitlisted", queuedAt });
      }
      for (const studentId of [a, b, c, d]) await createSignup(tx, endless.id, studentId);
      const { sessions } = await getPortalSessions(tx, me.id, NOW);
      expect(sessions[0]).toMatchObject({ state: "full", maxScheduled: 2, taken: 2, waiting: 3, signup: { place: 2 } });
      expect(sessions[1]).toMatchObject({ state: "open", maxScheduled: null, taken: 4, waiting: 0, signup: null });
      // A no-show keeps the place it took; a withdrawn one gives it back.
      await tx.update(demoSignup).set({ status: "cancelled" }).where(eq(demoSignup.studentId, a));
      const [after] = (await getPortalSessions(tx, me.id, NOW)).sessions;
      expect(after).toMatchObject({ state: "open", taken: 1 });
    });
  });
});

it("what is far away stands behind a link, unless one has a place in it", async () => {
  await withRollback(testDb(), async (tx) => {
    const me = await createStudent(tx);
    for (const day of ["11", "12", "13"]) await createDemoSession(tx, { sessionDate: `2026-06-${day}`, title: day });
    const mine = await createDemoSession(tx, { sessionDate: "2026-12-04", title: "mine" });
    await createSignup(tx, mine.id, me.studentId);
    const found = await getPortalSessions(tx, me.id, NOW, 2);
    expect(found.sessions.map(({ title }) => title)).toEqual(["11", "12", "mine"]);
    expect(found.total).toBe(4);
  });
});

it("the history has what was over on its own day, the latest first, with stars and feedback", async () => {
  await withRollback(testDb(), async (tx) => {
    const me = await createStudent(tx);
    const [work] = await tx.insert(demo).values({ studentId: me.studentId, title: "Weather" }).returning();
    const [old, newer, coming] = [
      await createDemoSession(tx, { sessionDate: "2026-05-29" }),
      await createDemoSession(tx, { sessionDate: "2026-06-05" }),
      await createDemoSession(tx, { sessionDate: "2026-06-12" }),
    ];
    const marked = { status: "presented", rating: 4, presentationNotes: "Clear.", demoId: work?.id } as const;
    await tx.insert(demoSignup).values({ sessionId: old.id, studentId: me.studentId, ...marked });
    await createSignup(tx, newer.id, me.studentId, "no_show");
    await createSignup(tx, coming.id, me.studentId);
    const { history, demos } = await getPortalSessions(tx, me.id, NOW);
    expect(history.map(({ sessionDate, signup }) => [sessionDate, signup.status])).toEqual([
      ["2026-06-05", "no_show"],
      ["2026-05-29", "presented"],
    ]);
    expect(history[1]?.signup).toMatchObject({ rating: 4, feedback: "Clear.", demoTitle: "Weather" });
    expect(demos).toEqual([{ id: work?.id, title: "Weather" }]);
  });
});

describe("who is asking", () => {
  it.each([
    [{ status: "paused" as const }, { status: "paused", period: "now" }],
    [{ toDate: "2026-06-11" }, { status: "active", period: "now" }],
    [{ toDate: "2026-06-10" }, { status: "active", period: "after" }],
    [{ fromDate: "2026-06-11" }, { status: "active", period: "before", fromDate: "2026-06-11" }],
  ])("stands as the batch's own calendar says: %o", async (enrolment, expected) => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { name: "Seven", timeZone: "America/Chicago" });
      const me = await createStudent(tx, { batchId: batch.id, ...enrolment });
      const { standing, zone } = await getPortalSessions(tx, me.id, NOW);
      expect(standing).toMatchObject({ batchId: batch.id, batchName: "Seven", ...expected });
      expect(zone).toBe("America/Chicago");
    });
  });

  it("is told of nothing but their own, be they in no batch, or no student at all", async () => {
    await withRollback(testDb(), async (tx) => {
      const other = await createStudent(tx);
      await createSignup(tx, (await createDemoSession(tx)).id, other.studentId);
      await tx.insert(demo).values({ studentId: other.studentId, title: "Theirs" });
      await tx.insert(calendarToken).values({ userId: other.id, nonce: "n", tokenHash: Buffer.from("h") });
      const me = await createStudent(tx, { timeZone: "Asia/Tokyo" });
      const found = await getPortalSessions(tx, me.id, NOW);
      expect(found).toMatchObject({ zone: "Asia/Tokyo", history: [], demos: [], feed: null });
      expect(found.standing).toEqual({ batchId: null, batchName: null, status: null, period: null, fromDate: null });
      expect(found.sessions[0]).toMatchObject({ taken: 1, signup: null });
      expect((await getPortalSessions(tx, other.id, NOW)).feed).toMatchObject({ nonce: "n", lastUsedAt: null });
    });
  });
});

it("the overview names the next session one has a place in, else the next that is open to one", async () => {
  await withRollback(testDb(), async (tx) => {
    const [own, other] = [await createBatch(tx), await createBatch(tx)];
    const me = await createStudent(tx, { batchId: own.id });
    const next = async () => (await getStudentOverview(tx, me.id, 7, NOW)).nextSession;
    expect(await next()).toBeNull();
    await createDemoSession(tx, { sessionDate: "2026-06-10", isCancelled: true });
    await createDemoSession(tx, { sessionDate: "2026-06-11", batchId: other.id });
    await createDemoSession(tx, { sessionDate: "2026-06-12", title: "Open", maxScheduled: 3 });
    const later = await createDemoSession(tx, { sessionDate: "2026-06-19", title: "Mine" });
    expect(await next()).toMatchObject({ title: "Open", state: "open", taken: 0, maxScheduled: 3, signup: null });
    await createSignup(tx, later.id, me.studentId, "waitlisted");
    expect(await next()).toMatchObject({
      title: "Mine",
      waiting: 1,
      signup: { status: "waitlisted", demoTitle: null },
    });
    await tx.update(demoSession).set({ isCancelled: true }).where(eq(demoSession.id, later.id));
    expect(await next()).toMatchObject({ title: "Open" });
  });
});
