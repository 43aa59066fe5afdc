import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { batchInstructor, demoSession, enrolment, holiday, note, setting } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createConnection,
  createDemoSession,
  createSignup,
  createStudent,
  createUser,
} from "@/db/testing/factories";
import { DEFAULT_THRESHOLDS } from "@/lib/analytics/early-warning";
import { getTodayPage } from "./today-page";

const rolledBack = (test: (tx: Db) => Promise<void>) => () => withRollback(testDb(), test);

// A Wednesday, 18:00 in Lisbon: the three working days before it are Tuesday, Monday, and Friday the 13th.
const NOW = new Date("2026-11-18T18:00:00Z");
const FRESH = new Date("2026-11-18T01:00:00Z");
const FRESH_HOURS = 26;

async function teacher(tx: Db) {
  const person = await createUser(tx, { role: "instructor" });
  const batch = await createBatch(tx, { name: "Own", timeZone: "Europe/Lisbon" });
  await tx.insert(batchInstructor).values({ batchId: batch.id, userId: person.id });
  return { viewer: { id: person.id, role: "instructor" as const, timeZone: null }, batchId: batch.id };
}

/** A student whose link was read last night, with minutes by date. */
async function coder(tx: Db, batchId: number, name: string, days: Record<string, number>, more = {}) {
  const student = await createStudent(tx, { name, batchId, ...more });
  await createConnection(tx, student.id, { lastSyncedAt: FRESH });
  if (Object.keys(days).length > 0) await addCodingDays(tx, student.id, days);
  return student;
}

const names = (list: { rows: { name: string }[] }) => list.rows.map(({ name }) => name);

describe("the page of the day", () => {
  it(
    "names as quiet who coded nothing on three working days and today; a weekend day of coding counts, a zero does not",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      await coder(tx, batchId, "Quiet since Thursday", { "2026-11-12": 30, "2026-11-16": 0 });
      await coder(tx, batchId, "Never coded", {});
      await coder(tx, batchId, "Coded on Friday", { "2026-11-13": 1 });
      await coder(tx, batchId, "Coded on Sunday", { "2026-11-15": 1 });
      await coder(tx, batchId, "Coded today", { "2026-11-18": 1 });
      const live = await createStudent(tx, { name: "Coding right now", batchId });
      await createConnection(tx, live.id, {
        lastSyncedAt: FRESH,
        todayDate: "2026-11-18",
        todayMs: 60_000,
        todayFetchedAt: NOW,
      });
      const page = await getTodayPage(tx, viewer, NOW, FRESH_HOURS);
      expect(page.scope).toBe("own");
      expect(names(page.quiet)).toEqual(["Never coded", "Quiet since Thursday"]);
      expect(page.quiet.rows[1]).toMatchObject({ lastCoded: "2026-11-12", today: "2026-11-18", batchName: "Own" });
      expect(page.quiet.total).toBe(2);
      expect(page.noData.total).toBe(0);
    }),
  );

  it(
    "goes by the threshold of early warning",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      await coder(tx, batchId, "Coded on Thursday", { "2026-11-12": 30 });
      await coder(tx, batchId, "Coded on Wednesday", { "2026-11-11": 30 });
      await coder(tx, batchId, "Coded on Monday", { "2026-11-16": 30 });
      const quiet = async () => {
        const { quiet: found } = await getTodayPage(tx, viewer, NOW, FRESH_HOURS);
        return [found.workingDays, ...names(found)];
      };
      expect(await quiet()).toEqual([3, "Coded on Wednesday", "Coded on Thursday"]);
      const stored = { key: "early_warning", value: { ...DEFAULT_THRESHOLDS, quietWorkingDays: 4 } };
      await tx.insert(setting).values(stored);
      expect(await quiet()).toEqual([4, "Coded on Wednesday"]);
      await tx.update(setting).set({ value: { ...stored.value, quietWorkingDays: 1 } });
      expect(await quiet()).toEqual([1, "Coded on Wednesday", "Coded on Thursday", "Coded on Monday"]);
    }),
  );

  it(
    "names whoever moves between distant zones in one batch, from its own first midnight on",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      // There it is Thursday the 19th already.
      const island = await createBatch(tx, { name: "Island", timeZone: "Pacific/Kiritimati" });
      await tx.insert(batchInstructor).values({ batchId: island.id, userId: viewer.id });
      for (const [name, on] of [
        ["Moved", "2026-11-19"],
        ["Moves tomorrow", "2026-11-20"],
      ] as const) {
        const { studentId } = await coder(tx, batchId, name, {}, { toDate: on });
        await tx.insert(enrolment).values({ studentId, batchId: island.id, status: "active", fromDate: on });
      }
      const page = await getTodayPage(tx, viewer, NOW, FRESH_HOURS);
      expect(page.quiet.rows).toMatchObject([{ name: "Moves tomorrow", batchName: "Own" }]);
      expect(page.newStudents.rows).toMatchObject([{ name: "Moved", batchName: "Island" }]);
    }),
  );

  it(
    "takes a holiday for no working day",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      await coder(tx, batchId, "Coded on Thursday", { "2026-11-12": 30 });
      expect(names((await getTodayPage(tx, viewer, NOW, FRESH_HOURS)).quiet)).toEqual(["Coded on Thursday"]);
      await tx.insert(holiday).values({ date: "2026-11-16", name: "Founders' Day" });
      expect(names((await getTodayPage(tx, viewer, NOW, FRESH_HOURS)).quiet)).toEqual([]);
    }),
  );

  it(
    "lists stale, broken and absent sources apart, and judges nobody by them",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      const stale = await createStudent(tx, { name: "Stale", batchId });
      await createConnection(tx, stale.id, { lastSyncedAt: new Date("2026-11-17T15:59:00Z") });
      const broken = await createStudent(tx, { name: "Broken", batchId });
      await createConnection(tx, broken.id, { lastSyncedAt: FRESH, status: "needs_reconnect", brokenAt: FRESH });
      await createStudent(tx, { name: "Never connected", batchId });
      const page = await getTodayPage(tx, viewer, NOW, FRESH_HOURS);
      expect(page.quiet.total).toBe(0);
      expect(names(page.noData)).toEqual(["Stale", "Broken", "Never connected"]);
    }),
  );

  it(
    "judges active students of running own batches only, and nobody who joined after those days began",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      const other = await createBatch(tx, { name: "Other" });
      const over = await createBatch(tx, { name: "Over", endDate: "2026-10-01" });
      await tx.insert(batchInstructor).values({ batchId: over.id, userId: viewer.id });
      for (const status of ["paused", "dropped", "graduated", "invited"] as const) {
        await coder(tx, batchId, status, {}, { status });
      }
      await coder(tx, batchId, "Left", {}, { toDate: "2026-11-18" });
      await coder(tx, batchId, "Disabled", {}, { disabledAt: NOW });
      await coder(tx, batchId, "Joined on Saturday", {}, { fromDate: "2026-11-14" });
      await coder(tx, batchId, "Joined on Friday", {}, { fromDate: "2026-11-13" });
      await coder(tx, other.id, "Somebody else's", {});
      await coder(tx, over.id, "Of a batch that is over", {});
      const page = await getTodayPage(tx, viewer, NOW, FRESH_HOURS);
      expect(names(page.quiet)).toEqual(["Joined on Friday"]);
      expect(page.batches.map(({ name }) => name)).toEqual(["Own"]);
      expect(names(page.newStudents)).toEqual(["Joined on Saturday", "Joined on Friday"]);
    }),
  );

  it(
    "is of everybody for an admin who teaches nobody, of the own batches for one who teaches, of nobody for an instructor without",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      const other = await createBatch(tx, { name: "Other", timeZone: "Europe/Lisbon" });
      await coder(tx, batchId, "Own student", {});
      await coder(tx, other.id, "Other student", {});
      const root = await createUser(tx, { role: "admin" });
      const idle = await createUser(tx, { role: "instructor" });
      const of = async (person: { id: number; role: "admin" | "instructor" }) => {
        const page = await getTodayPage(tx, { ...person, timeZone: null }, NOW, FRESH_HOURS);
        return [page.scope, ...names(page.quiet)];
      };
      expect(await of({ id: root.id, role: "admin" })).toEqual(["everybody", "Other student", "Own student"]);
      expect(await of({ id: viewer.id, role: "admin" })).toEqual(["own", "Own student"]);
      expect(await of({ id: idle.id, role: "instructor" })).toEqual(["none"]);
    }),
  );

  it(
    "names who presents next, the own students first, in their order; only who is scheduled",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      const other = await createBatch(tx, { name: "Other" });
      const [a, b, c, d, e] = await Promise.all([
        createStudent(tx, { name: "Foreign first", batchId: other.id }),
        createStudent(tx, { name: "Own second", batchId }),
        createStudent(tx, { name: "Own third", batchId }),
        createStudent(tx, { name: "Waiting", batchId }),
        createStudent(tx, { name: "Cancelled", batchId }),
      ]);
      await createDemoSession(tx, { sessionDate: "2026-11-13", title: "Past" });
      const gone = await createDemoSession(tx, { sessionDate: "2026-11-20", title: "Cancelled" });
      await tx.update(demoSession).set({ isCancelled: true });
      const next = await createDemoSession(tx, { sessionDate: "2026-11-27", title: "Next" });
      await createDemoSession(tx, { sessionDate: "2026-12-04", title: "Later" });
      expect(gone.id).not.toBe(next.id);
      for (const student of [a, b, c]) await createSignup(tx, next.id, student.studentId);
      await createSignup(tx, next.id, d.studentId, "waitlisted");
      await createSignup(tx, next.id, e.studentId, "cancelled");
      const { nextSession } = await getTodayPage(tx, viewer, NOW, FRESH_HOURS);
      expect(nextSession).toMatchObject({ title: "Next", sessionDate: "2026-11-27", waitlisted: 1 });
      expect(nextSession?.presenting.map(({ name, isOwn }) => [name, isOwn])).toEqual([
        ["Own second", true],
        ["Own third", true],
        ["Foreign first", false],
      ]);
    }),
  );

  it(
    "holds the own notes that are due by the viewer's own date, the oldest first",
    rolledBack(async (tx) => {
      const { viewer, batchId } = await teacher(tx);
      const student = await createStudent(tx, { name: "Ada", batchId });
      const colleague = await createUser(tx, { role: "instructor" });
      const write = (body: string, followUpOn: string | null, more: Partial<typeof note.$inferInsert> = {}) =>
        tx.insert(note).values({ studentId: student.studentId, authorId: viewer.id, body, followUpOn, ...more });
      await write("today", "2026-11-18");
      await write("long ago", "2026-10-01");
      await write("tomorrow", "2026-11-19");
      await write("without a day", null);
      await write("done", "2026-11-17", { doneAt: NOW });
      await write("a colleague's", "2026-11-17", { authorId: colleague.id, isShared: true });
      const due = async (timeZone: string) => {
        const { followUps } = await getTodayPage(tx, { ...viewer, timeZone }, NOW, FRESH_HOURS);
        return followUps.rows.map(({ body }) => body);
      };
      expect(await due("Europe/Lisbon")).toEqual(["long ago", "today"]);
      expect(await due("Pacific/Kiritimati")).toEqual(["long ago", "today", "tomorrow"]);
      const page = await getTodayPage(tx, viewer, NOW, FRESH_HOURS);
      expect(page.followUps.rows[0]?.student).toEqual({ id: student.studentId, name: "Ada", batchName: "Own" });
    }),
  );
});
