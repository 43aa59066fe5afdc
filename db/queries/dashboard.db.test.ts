import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { certificate, demo } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import {
  createBatch,
  createConnection,
  createDemoSession,
  createSignup,
  createStudent,
  createUser,
} from "@/db/testing/factories";
import { getDashboard } from "./dashboard";
import { getDashboardOverview, getTotals } from "./user-overview";

const NOW = new Date("2026-06-10T12:00:00Z");

async function smallAcademy(tx: Db) {
  await createUser(tx, { role: "admin" });
  await createUser(tx, { role: "instructor", disabledAt: NOW });
  await createUser(tx);
  const running = await createBatch(tx, { startDate: "2026-06-10", endDate: "2026-06-10", timeZone: "UTC" });
  await createBatch(tx, { endDate: "2026-06-09", timeZone: "UTC" });
  await createBatch(tx, { archivedAt: NOW });
  // Already 11 June there: over since yesterday, although UTC says today.
  await createBatch(tx, { endDate: "2026-06-10", timeZone: "Pacific/Auckland" });
  const student = await createStudent(tx, { batchId: running.id });
  await createConnection(tx, student.id, { status: "needs_reconnect" });
  await tx
    .insert(certificate)
    .values({ studentId: student.studentId, name: "C", issuer: "I", dateIssued: "2026-01-01" });
  await tx.insert(demo).values([
    { studentId: student.studentId, title: "One" },
    { studentId: student.studentId, title: "Two" },
  ]);
  return { student };
}

describe("the eight totals", () => {
  it("count rows: the disabled too, a broken link too, and only batches that run in their own zone today", async () => {
    await withRollback(testDb(), async (tx) => {
      await smallAcademy(tx);
      const expected = {
        users: 4,
        students: 1,
        instructors: 1,
        admins: 1,
        activeBatches: 1,
        certificates: 1,
        demos: 2,
        usersWithWakatime: 1,
      };
      expect((await getDashboard(tx, new Date("2026-06-10T12:30:00Z"))).totals).toEqual(expected);
      expect((await getDashboardOverview(tx, { id: 0, role: "admin" }, NOW)).totals).toEqual(expected);
      expect(await getTotals(tx, NOW)).toEqual(expected);
    });
  });
});

it("v1's recent students are the newest, without deleted accounts", () =>
  withRollback(testDb(), async (tx) => {
    for (const name of ["first", "second"]) await createStudent(tx, { name });
    await createStudent(tx, { name: "Deleted account", disabledAt: NOW, anonymisedAt: NOW });
    const { recentStudents } = await getDashboardOverview(tx, { id: 0, role: "admin" }, NOW);
    expect(recentStudents.map(({ name }) => name)).toEqual(["second", "first"]);
  }));

describe("the next demo session", () => {
  it("is the first open one from today on, with the places that are taken", async () => {
    await withRollback(testDb(), async (tx) => {
      const { student } = await smallAcademy(tx);
      await createDemoSession(tx, { sessionDate: "2026-06-05" });
      await createDemoSession(tx, { sessionDate: "2026-06-11", isCancelled: true });
      await createDemoSession(tx, { sessionDate: "2026-06-11", isActive: false });
      const session = await createDemoSession(tx, { sessionDate: "2026-06-12", maxScheduled: 2, title: "Show" });
      await createDemoSession(tx, { sessionDate: "2026-06-19" });
      await createSignup(tx, session.id, student.studentId);
      const other = await createStudent(tx);
      await createSignup(tx, session.id, other.studentId, "waitlisted");
      const third = await createStudent(tx);
      await createSignup(tx, session.id, third.studentId, "cancelled");
      expect((await getDashboard(tx, NOW)).nextSession).toMatchObject({
        title: "Show",
        scheduled: 1,
        waitlisted: 1,
        maxScheduled: 2,
      });
    });
  });
});

describe("an academy without anything", () => {
  it("has zeros for counts, and nothing where there is no data", async () => {
    await withRollback(testDb(), async (tx) => {
      await tx.execute(sql`delete from setting`);
      const dashboard = await getDashboard(tx, NOW);
      expect(dashboard).toMatchObject({
        recentStudents: [],
        activeBatches: [],
        activity: [],
        nextSession: null,
        lastSync: null,
      });
      expect(Object.values(dashboard.totals)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    });
  });
});
