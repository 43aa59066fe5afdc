import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import {
  assignment,
  batchInstructor,
  certificate,
  codingName,
  dailySummary,
  dailySummaryItem,
  demo,
  enrolment,
  project,
  setting,
} from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createDemoSession,
  createSignup,
  createStudent,
  createUser,
} from "@/db/testing/factories";
import { getStudentPage, type StudentPage } from "./student-page";

const ADMIN = { id: 0, role: "admin" } as const;
// Wednesday 10 June 2026, 03:30 UTC: still Tuesday the 9th in Chicago, Wednesday the 10th in Lisbon.
const NOW = new Date("2026-06-10T03:30:00Z");
const MINUTE = 60_000;

async function pageOf(tx: Db, studentId: number, looker: Parameters<typeof getStudentPage>[3] = ADMIN) {
  const page = await getStudentPage(tx, studentId, { days: 28 }, looker, NOW);
  if (!page) throw new Error("the student is there");
  return page;
}

describe("whose zone holds", () => {
  it("is the student's own, else the batch's, else the academy's, and it decides which day is today", async () => {
    await withRollback(testDb(), async (tx) => {
      await tx.insert(setting).values({ key: "academy_time_zone", value: "Europe/Lisbon" });
      const chicago = await createBatch(tx, { timeZone: "America/Chicago" });
      const facts = ({ zone, zoneOf, otherZone, today }: StudentPage) => ({ zone, zoneOf, otherZone, today });
      const own = await createStudent(tx, { batchId: chicago.id, timeZone: "Europe/Lisbon" });
      expect(facts(await pageOf(tx, own.studentId))).toEqual({
        zone: "Europe/Lisbon",
        zoneOf: "student",
        otherZone: "America/Chicago",
        today: "2026-06-10",
      });
      const ofBatch = await createStudent(tx, { batchId: chicago.id });
      expect(facts(await pageOf(tx, ofBatch.studentId))).toMatchObject({ zoneOf: "batch", today: "2026-06-09" });
      const ofAcademy = await createStudent(tx);
      expect(facts(await pageOf(tx, ofAcademy.studentId))).toMatchObject({ zoneOf: "academy", today: "2026-06-10" });
    });
  });

  it("decides which seven days the week has, as everywhere", async () => {
    await withRollback(testDb(), async (tx) => {
      const chicago = await createBatch(tx, { timeZone: "America/Chicago" });
      const ada = await createStudent(tx, { batchId: chicago.id });
      // 120 + 90 + 0 + 45 = 255 min over 4 days with a row; the 2nd is an eighth date, the 10th is tomorrow for her.
      await addCodingDays(tx, ada.id, {
        "2026-06-02": 500,
        "2026-06-03": 120,
        "2026-06-05": 90,
        "2026-06-07": 0,
        "2026-06-09": 45,
        "2026-06-10": 300,
      });
      const page = await pageOf(tx, ada.studentId);
      expect(page.week).toEqual({ totalMs: 255 * MINUTE, days: 4 });
      expect(page.from).toBe("2026-05-13");
      expect(page.daysWithRow).toBe(5);
      expect(page.days.map(({ date }) => date)).not.toContain("2026-06-10");
      const none = await createStudent(tx, { batchId: chicago.id });
      expect((await pageOf(tx, none.studentId)).week).toEqual({ totalMs: null, days: 0 });
    });
  });

  it("gives whole weeks from Monday for the report", async () => {
    await withRollback(testDb(), async (tx) => {
      const student = await createStudent(tx, { timeZone: "America/Chicago" });
      const report = await getStudentPage(tx, student.studentId, { weeks: 12 }, ADMIN, NOW);
      expect(report).toMatchObject({ today: "2026-06-09", from: "2026-03-23" });
    });
  });
});

describe("languages and projects", () => {
  it("count what is stored for the days of the period, other kinds and other people apart", async () => {
    await withRollback(testDb(), async (tx) => {
      const [one, other] = [await createStudent(tx, { timeZone: "UTC" }), await createStudent(tx, { timeZone: "UTC" })];
      const named = await tx
        .insert(codingName)
        .values([
          { kind: "language", name: "Elm of this test" },
          { kind: "language", name: "Zig of this test" },
          { kind: "project", name: "Elm of this test" },
          { kind: "editor", name: "Ed of this test" },
        ])
        .returning({ id: codingName.id });
      const [elm = 0, zig = 0, project = 0, editor = 0] = named.map(({ id }) => id);
      const day = async (userId: number, date: string, items: [number, number][]) => {
        const [summary] = await tx
          .insert(dailySummary)
          .values({ userId, date, totalMs: 10 * MINUTE, timeZone: "UTC" })
          .returning({ id: dailySummary.id });
        const rows = items.map(([nameId, minutes]) => ({ summaryId: summary?.id ?? 0, nameId, ms: minutes * MINUTE }));
        if (rows.length > 0) await tx.insert(dailySummaryItem).values(rows);
      };
      await day(one.id, "2026-06-10", [
        [elm, 5],
        [project, 9],
      ]);
      await day(one.id, "2026-05-14", [
        [elm, 2],
        [zig, 30],
        [editor, 40],
      ]);
      // The day before the period of 28 days, and a day with a total but no details.
      await day(one.id, "2026-05-13", [[elm, 100]]);
      await day(one.id, "2026-06-01", []);
      await day(other.id, "2026-06-09", [[zig, 1000]]);

      const page = await pageOf(tx, one.studentId);
      expect(page.from).toBe("2026-05-14");
      expect(page.languages).toEqual([
        { name: "Zig of this test", ms: 30 * MINUTE },
        { name: "Elm of this test", ms: 7 * MINUTE },
      ]);
      expect(page.projects).toEqual([{ name: "Elm of this test", ms: 9 * MINUTE }]);
      expect([page.daysWithRow, page.daysWithItems]).toEqual([3, 2]);
    });
  });
});

describe("who sees what", () => {
  it("hides contact details from instructors of other batches, also once the student has moved on", async () => {
    await withRollback(testDb(), async (tx) => {
      const [mia, theo] = [await createUser(tx, { role: "instructor" }), await createUser(tx, { role: "instructor" })];
      const [old, current] = [await createBatch(tx, { name: "Old" }), await createBatch(tx, { name: "Current" })];
      await tx.insert(batchInstructor).values([
        { batchId: old.id, userId: mia.id },
        { batchId: current.id, userId: theo.id },
      ]);
      const moved = await createStudent(tx, { batchId: old.id, toDate: "2026-03-01", phone: "+1 555 0100" });
      await tx.insert(enrolment).values({ studentId: moved.studentId, batchId: current.id, fromDate: "2026-03-01" });
      const contactFor = async (id: number) => (await pageOf(tx, moved.studentId, { id, role: "instructor" })).contact;
      expect(await contactFor(theo.id)).toEqual({ email: moved.email, phone: "+1 555 0100" });
      expect(await contactFor(mia.id)).toBeNull();
      expect((await pageOf(tx, moved.studentId)).contact?.email).toBe(moved.email);
      // Whoever may move the student is offered the batches that they may move them to.
      const offered = async (looker: Parameters<typeof pageOf>[2]) =>
        (await pageOf(tx, moved.studentId, looker)).batches.map(({ name }) => name);
      expect(await offered({ id: theo.id, role: "instructor" })).toEqual([]);
      expect(await offered({ id: mia.id, role: "instructor" })).toEqual(["Old"]);
      expect(await offered(ADMIN)).toEqual(["Old"]);
    });
  });

  it("counts an enrolment that is over as nobody's to change", async () => {
    await withRollback(testDb(), async (tx) => {
      const mia = await createUser(tx, { role: "instructor" });
      const batch = await createBatch(tx);
      await tx.insert(batchInstructor).values({ batchId: batch.id, userId: mia.id });
      const here = await createStudent(tx, { batchId: batch.id });
      const gone = await createStudent(tx, { batchId: batch.id, toDate: "2026-02-01", status: "dropped" });
      expect(await pageOf(tx, here.studentId)).toMatchObject({ isOver: false, enrolmentInstructorIds: [mia.id] });
      expect(await pageOf(tx, gone.studentId)).toMatchObject({
        isOver: true,
        status: "dropped",
        instructorIds: [],
        enrolmentInstructorIds: [],
      });
    });
  });
});

describe("the short lists", () => {
  it("hand out the latest few with exact totals, and count only what was presented", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      const { studentId } = await createStudent(tx, { batchId: batch.id });
      const days = ["01", "02", "03", "04", "05", "06", "07", "08"].map((day) => `2026-05-${day}`);
      await tx.insert(demo).values(days.map((demoDate) => ({ studentId, title: `Demo of ${demoDate}`, demoDate })));
      await tx
        .insert(certificate)
        .values(days.map((dateIssued) => ({ studentId, name: dateIssued, issuer: "I", dateIssued })));
      const [work] = await tx
        .insert(project)
        .values({ batchId: batch.id, name: "Work", startDate: "2026-05-01" })
        .returning({ id: project.id });
      await tx.insert(assignment).values({ studentId, projectId: work?.id ?? 0, status: "active" });
      const statuses = ["presented", "presented", "no_show", "scheduled", "cancelled"] as const;
      const dates = ["2026-05-08", "2026-05-15", "2026-05-22", "2026-06-12", "2026-06-19"];
      for (const [index, status] of statuses.entries()) {
        const session = await createDemoSession(tx, { sessionDate: dates[index] ?? "" });
        const signup = await createSignup(tx, session.id, studentId, status);
        if (index < 2) await tx.execute(`update demo_signup set rating = ${index + 4} where id = ${signup.id}`);
      }
      const page = await pageOf(tx, studentId);
      expect(page.demos.total).toBe(8);
      expect(page.demos.rows.map(({ date }) => date)).toEqual(days.slice(2).reverse());
      expect(page.certificates.total).toBe(8);
      expect(page.certificates.rows[0]).toMatchObject({ name: "2026-05-08", revoked: false, expires: null });
      expect(page.assignments).toEqual({
        total: 1,
        rows: [{ projectId: work?.id, name: "Work", status: "active" }],
      });
      expect(page.signups).toEqual({ presented: 2, noShow: 1, upcoming: 1, rated: 2, averageRating: 4.5 });
    });
  });

  it("answers null for nobody", async () => {
    expect(await getStudentPage(testDb(), 2_000_000_000, { days: 7 }, ADMIN, NOW)).toBeNull();
  });
});
