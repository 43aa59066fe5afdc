import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { batchInstructor, enrolment, keyUse } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent, createUser } from "@/db/testing/factories";
import { listBatches } from "./batch-list";
import { getBatchPage } from "./batch-page";
import { getDashboard } from "./dashboard";
import type { Looker } from "./user-list";

// Wednesday 10 June 2026, 03:30 UTC: still Tuesday the 9th in Chicago, Wednesday the 10th in Lisbon.
const NOW = new Date("2026-06-10T03:30:00Z");
const ADMIN: Looker = { id: 0, role: "admin" };
const STALE_HOURS = 26;
const MINUTE_MS = 60_000;

async function pageOf(tx: Db, batchId: number, looker: Looker = ADMIN) {
  const page = await getBatchPage(tx, batchId, looker, NOW, STALE_HOURS);
  if (!page) throw new Error("there is no such batch");
  return page;
}

const inMinutes = (ms: number | null) => (ms === null ? null : ms / MINUTE_MS);

/** A student who joined on a day, with these minutes on these days. */
async function coder(tx: Db, batchId: number, minutes: Record<string, number>, values: object = {}) {
  const student = await createStudent(tx, { batchId, ...values });
  if (Object.keys(minutes).length > 0) await addCodingDays(tx, student.id, minutes);
  return student;
}

describe("the median and the quartiles of a batch", () => {
  it("are the hand-worked ones, each student in their own seven days, and no data is no zero", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id } = await createBatch(tx, { timeZone: "America/Chicago" });
      // Seven days are 3 … 9 June in Chicago, 4 … 10 June in Lisbon. In minutes: 60, 120, 240, 600.
      await coder(tx, id, { "2026-06-02": 999, "2026-06-03": 20, "2026-06-09": 40, "2026-06-10": 999 });
      await coder(tx, id, { "2026-06-05": 120 });
      await coder(tx, id, { "2026-06-04": 100, "2026-06-10": 140, "2026-06-03": 999 }, { timeZone: "Europe/Lisbon" });
      await coder(tx, id, { "2026-06-06": 600 });
      await coder(tx, id, { "2026-06-02": 77 });
      await coder(tx, id, { "2026-06-06": 900 }, { status: "paused" });
      const { hours } = await pageOf(tx, id);
      const week = hours.weeks.at(-1);
      // Of four, the quarter lies 0.75 of the way from the first to the second: 60 + 0.75 × 60 = 105. Halfway between
      // 120 and 240 is 180. Three quarters lie 0.25 of the way from the third to the fourth: 240 + 0.25 × 360 = 330.
      expect(week).toMatchObject({ endDate: "2026-06-09", students: 5, withData: 4 });
      expect(
        [week?.lowest, week?.quarter, week?.median, week?.threeQuarters, week?.highest].map((ms) =>
          inMinutes(ms ?? null),
        ),
      ).toEqual([60, 105, 180, 330, 600]);
      // The list and the dashboard say the same.
      const list = await listBatches(
        tx,
        { q: "", sort: { key: "name", descending: false }, page: 1, size: 20 },
        ADMIN,
        NOW,
      );
      expect(list.rows[0]).toMatchObject({ students: 5, studentsWithData: 4, medianWeekMs: 180 * MINUTE_MS });
      expect((await getDashboard(tx, NOW)).activeBatches[0]?.medianWeekMs).toBe(180 * MINUTE_MS);
    });
  });

  it("are none without anybody's data, and a row of zero is data", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id } = await createBatch(tx);
      expect((await pageOf(tx, id)).hours.weeks).toHaveLength(8);
      expect((await pageOf(tx, id)).hours.weeks.at(-1)).toMatchObject({ students: 0, median: null, quarter: null });
      await coder(tx, id, {});
      expect((await pageOf(tx, id)).hours.weeks.at(-1)).toMatchObject({ students: 1, withData: 0, median: null });
      await coder(tx, id, { "2026-06-08": 0 });
      expect((await pageOf(tx, id)).hours.weeks.at(-1)).toMatchObject({
        students: 2,
        withData: 1,
        median: 0,
        highest: 0,
      });
    });
  });

  it("tell who has no data apart, and whose numbers may be too low", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id } = await createBatch(tx);
      const recent = new Date(NOW.getTime() - 3_600_000);
      const old = new Date(NOW.getTime() - 27 * 3_600_000);
      const connected = async (minutes: Record<string, number>, values: Parameters<typeof createConnection>[2]) => {
        const { id: userId } = await coder(tx, id, minutes);
        await createConnection(tx, userId, values);
      };
      await coder(tx, id, {});
      await connected({}, { status: "needs_reconnect", lastSyncedAt: old });
      await connected({}, { lastSyncedAt: recent });
      await connected({ "2026-06-08": 30 }, { lastSyncedAt: recent });
      await connected({ "2026-06-08": 30 }, { lastSyncedAt: old });
      await connected({ "2026-06-08": 30 }, { status: "scope_missing", lastSyncedAt: recent });
      const { hours } = await pageOf(tx, id);
      expect(hours.weeks.at(-1)).toMatchObject({ students: 6, withData: 3 });
      expect(hours).toMatchObject({ unconnected: 1, broken: 1, stale: 2 });
    });
  });

  it("are followed over eight weeks, for those who were there by the end of each", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id } = await createBatch(tx, { timeZone: "UTC" });
      // Weeks end on 10 June, 3 June, … back to 22 April.
      await coder(tx, id, {
        "2026-06-10": 10,
        "2026-06-04": 20,
        "2026-06-03": 300,
        "2026-04-16": 50,
        "2026-04-15": 999,
      });
      await coder(tx, id, { "2026-06-10": 90, "2026-06-03": 999 }, { fromDate: "2026-06-04" });
      // Back from a pause: a new period, but in the batch all along.
      const back = await coder(
        tx,
        id,
        { "2026-06-03": 100 },
        { fromDate: "2026-01-05", toDate: "2026-06-09", status: "paused" },
      );
      await tx.insert(enrolment).values({ studentId: back.studentId, batchId: id, fromDate: "2026-06-09" });
      const { weeks } = (await pageOf(tx, id)).hours;
      expect(weeks.map((week) => week.endDate)).toEqual([
        "2026-04-22",
        "2026-04-29",
        "2026-05-06",
        "2026-05-13",
        "2026-05-20",
        "2026-05-27",
        "2026-06-03",
        "2026-06-10",
      ]);
      expect(weeks.map((week) => [week.students, week.withData, inMinutes(week.median)])).toEqual([
        [2, 1, 50],
        [2, 0, null],
        [2, 0, null],
        [2, 0, null],
        [2, 0, null],
        [2, 0, null],
        [2, 2, 200],
        [3, 2, 60],
      ]);
    });
  });
});

describe("who came and went", () => {
  it("names the other batch, and leaves changes within the batch out", async () => {
    await withRollback(testDb(), async (tx) => {
      const here = await createBatch(tx, { name: "here", timeZone: "UTC" });
      const there = await createBatch(tx, { name: "there", timeZone: "UTC" });
      const add = (studentId: number, batchId: number, fromDate: string, values: object = {}) =>
        tx.insert(enrolment).values({ studentId, batchId, fromDate, ...values });
      const came = await createStudent(tx, { name: "Came", batchId: there.id, toDate: "2026-06-01" });
      await add(came.studentId, here.id, "2026-06-01");
      const went = await createStudent(tx, { name: "Went", batchId: here.id, toDate: "2026-06-02" });
      await add(went.studentId, there.id, "2026-06-02");
      const dropped = await createStudent(tx, { name: "Dropped", batchId: here.id, toDate: "2026-06-03" });
      await add(dropped.studentId, here.id, "2026-06-03", { status: "dropped" });
      const paused = await createStudent(tx, { name: "Paused", batchId: here.id, toDate: "2026-06-04" });
      await add(paused.studentId, here.id, "2026-06-04", { status: "paused" });
      await createStudent(tx, { name: "Done", batchId: here.id, toDate: "2026-06-05", status: "graduated" });
      await createStudent(tx, { name: "Planned", batchId: here.id, fromDate: "2026-06-11" });
      const moves = (await pageOf(tx, here.id)).moves.map(({ name, date, kind, status, other }) =>
        [date, name, kind, status, other].join(" "),
      );
      expect(moves.slice(0, 4)).toEqual([
        "2026-06-05 Done left graduated ",
        "2026-06-03 Dropped left dropped ",
        "2026-06-02 Went left active there",
        "2026-06-01 Came joined active there",
      ]);
      expect(moves).toHaveLength(8);
      expect(moves.slice(4).every((move) => move.startsWith("2026-01-05") && move.includes("joined"))).toBe(true);
    });
  });
});

describe("old defect 4: the key on a batch's page", () => {
  it("is there for admins and its instructors, with who used it, and for no other instructor", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, {
        timeZone: "America/Chicago",
        registrationKey: "SECRET-KEY-1",
        keyMaxUses: 9,
        // Midnight after 12 June in Chicago.
        keyExpiresAt: new Date("2026-06-13T05:00:00Z"),
      });
      const teacher = await createUser(tx, { role: "instructor", name: "Teacher" });
      const other = await createUser(tx, { role: "instructor", name: "Other" });
      await tx.insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
      const user = await createStudent(tx, { name: "Used It", batchId: batch.id });
      await tx.insert(keyUse).values({ batchId: batch.id, userId: user.id });
      const seen = {
        key: "SECRET-KEY-1",
        active: true,
        lastDay: "2026-06-12",
        maxUses: 9,
        uses: 1,
        usedBy: [{ name: "Used It", studentId: user.studentId }],
      };
      expect((await pageOf(tx, batch.id)).registration).toMatchObject(seen);
      const own = await pageOf(tx, batch.id, { id: teacher.id, role: "instructor" });
      expect(own).toMatchObject({ registration: seen, admin: null });
      const page = await pageOf(tx, batch.id, { id: other.id, role: "instructor" });
      expect(page).toMatchObject({ registration: null, keyState: "open", admin: null });
      expect(JSON.stringify(page)).not.toMatch(/SECRET-KEY|@/);
      await tx.delete(batchInstructor).where(eq(batchInstructor.userId, teacher.id));
      expect(await pageOf(tx, batch.id, { id: teacher.id, role: "instructor" })).toMatchObject({ registration: null });
    });
  });
});
