import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { assignment, dailySummary, demo, enrolment, goal, project, user } from "@/db/schema";
import { addDay, nameIds } from "@/db/testing/coding-details";
import { testDb, withRollback } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createConnection,
  createDemoSession,
  createSignup,
  createStudent,
} from "@/db/testing/factories";
import { mostActiveDay } from "@/lib/analytics/most-active-day";
import { getStudentOverview } from "./student-overview";

// 10 June 2026, 03:30 UTC: still Tuesday the 9th in Chicago.
const NOW = new Date("2026-06-10T03:30:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("between two syncs", () => {
  it("today is what WakaTime told since, in every number but the details, unless more is stored", async () => {
    await withRollback(testDb(), async (tx) => {
      const ada = await createStudent(tx, { timeZone: "UTC" });
      await addCodingDays(tx, ada.id, { "2026-06-08": 60, "2026-06-09": 120, "2026-06-10": 10 });
      await createConnection(tx, ada.id, {
        lastSyncedAt: new Date("2026-06-10T01:00:00Z"),
        todayDate: "2026-06-10",
        todayMs: 180 * MINUTE,
        todayFetchedAt: new Date("2026-06-10T03:00:00Z"),
      });
      await tx.insert(goal).values({ studentId: ada.studentId, slot: 1, period: "day", targetMs: 3 * HOUR });
      const told = async () => {
        const { todayMs, todayLive, week, period, heat, streak, goals } = await getStudentOverview(tx, ada.id, 14, NOW);
        return {
          minutes: [todayMs, week.totalMs, period.totalMs, goals[0]?.doneMs].map((ms) => (ms ?? Number.NaN) / MINUTE),
          days: [week.days, period.daysWithRow, heat.days.length, streak.days],
          most: mostActiveDay(period.days)?.date,
          todayCounts: streak.todayCounts,
          live: todayLive !== null,
        };
      };
      const live = {
        minutes: [180, 360, 360, 180],
        days: [3, 3, 3, 3],
        most: "2026-06-10",
        todayCounts: true,
        live: true,
      };
      expect(await told()).toEqual(live);
      const today = and(eq(dailySummary.userId, ada.id), eq(dailySummary.date, "2026-06-10"));
      // Without a row of its own today has one now, however old the figure is.
      await tx.delete(dailySummary).where(today);
      await tx.execute(sql`update connection set last_synced_at = ${NOW.toISOString()} where user_id = ${ada.id}`);
      expect(await told()).toEqual(live);
      await addCodingDays(tx, ada.id, { "2026-06-10": 181 });
      expect(await told()).toEqual({ ...live, minutes: [181, 361, 361, 181], live: false });
    });
  });
});

describe("the next demo session", () => {
  it("is one that is to come: neither what nobody can join any more nor what is behind one stands before it", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      const ada = await createStudent(tx, { batchId: batch.id });
      const at = (sessionDate: string, sessionTime: string) => createDemoSession(tx, { sessionDate, sessionTime });
      // 22:30 in Chicago.
      const begun = await at("2026-06-09", "22:00");
      const friday = await at("2026-06-12", "15:00");
      const next = async () => {
        const { nextSession, steps } = await getStudentOverview(tx, ada.id, 7, NOW);
        return [nextSession?.id, nextSession?.signup?.status ?? null, steps.hasPlace, steps.canSignUp];
      };
      expect(await next()).toEqual([friday.id, null, false, true]);
      const own = await createSignup(tx, begun.id, ada.studentId);
      // While it goes on it is one's own next one, but no place to come.
      expect(await next()).toEqual([begun.id, "scheduled", false, false]);
      await tx.execute(sql`update demo_signup set status = 'presented' where id = ${own.id}`);
      expect(await next()).toEqual([friday.id, null, false, true]);
      await createSignup(tx, friday.id, ada.studentId, "waitlisted");
      expect(await next()).toEqual([friday.id, "waitlisted", true, false]);
      await tx.execute(sql`update demo_session set is_cancelled = true where id = ${friday.id}`);
      expect(await next()).toEqual([begun.id, "presented", false, false]);
    });
  });
});

describe("days that are not 24 hours long", () => {
  it("are one date each, which lasts until its own midnight", async () => {
    await withRollback(testDb(), async (tx) => {
      const ada = await createStudent(tx, { timeZone: "America/Chicago" });
      await addCodingDays(tx, ada.id, {
        "2026-03-07": 20,
        "2026-03-08": 23 * 60,
        "2026-10-31": 20,
        "2026-11-01": 25 * 60,
      });
      const at = async (now: string) => {
        const own = await getStudentOverview(tx, ada.id, 7, new Date(now));
        return [own.today, own.todayMs, own.week.from, own.streak.days, mostActiveDay(own.period.days)?.date];
      };
      // Standard time would have it 00:30 an hour later or 23:30 an hour earlier, and be a day off.
      expect(await at("2026-03-09T04:59:59Z")).toEqual(["2026-03-08", 23 * HOUR, "2026-03-02", 2, "2026-03-08"]);
      expect(await at("2026-03-09T05:00:00Z")).toEqual(["2026-03-09", null, "2026-03-03", 2, "2026-03-08"]);
      expect(await at("2026-11-02T05:59:59Z")).toEqual(["2026-11-01", 25 * HOUR, "2026-10-26", 2, "2026-11-01"]);
      expect(await at("2026-11-02T06:00:00Z")).toEqual(["2026-11-02", null, "2026-10-27", 2, "2026-11-01"]);
    });
  });
});

describe("the period of the batch", () => {
  it("ends where the batch or the enrolment does, and is thirty days without one or before it begins", async () => {
    await withRollback(testDb(), async (tx) => {
      const span = async (userId: number) => {
        const { period } = await getStudentOverview(tx, userId, "batch", NOW);
        return [period.from, period.to, period.instead];
      };
      const over = await createBatch(tx, { startDate: "2026-01-05", endDate: "2026-05-29" });
      const graduate = await createStudent(tx, { batchId: over.id, fromDate: "2026-01-01", status: "graduated" });
      expect(await span(graduate.id)).toEqual(["2026-01-05", "2026-05-29", null]);
      const running = await createBatch(tx, { startDate: "2026-03-02" });
      const left = await createStudent(tx, { batchId: running.id, fromDate: "2026-03-09", toDate: "2026-04-01" });
      expect(await span(left.id)).toEqual(["2026-03-09", "2026-03-31", null]);
      // Of several enrolments in one batch, the first.
      await tx.insert(enrolment).values({ studentId: left.studentId, batchId: running.id, fromDate: "2026-05-01" });
      expect(await span(left.id)).toEqual(["2026-03-09", "2026-06-09", null]);
      const nobody = await createStudent(tx, { timeZone: "America/Chicago" });
      expect(await span(nobody.id)).toEqual(["2026-05-11", "2026-06-09", "no_batch"]);
      const coming = await createBatch(tx, { startDate: "2026-06-10" });
      const early = await createStudent(tx, { batchId: coming.id, fromDate: "2026-06-10" });
      expect(await span(early.id)).toEqual(["2026-05-11", "2026-06-09", "not_begun"]);
    });
  });
});

describe("what a period was spent on", () => {
  it("names the ten largest of a kind and sums up the rest; machines are not told", async () => {
    await withRollback(testDb(), async (tx) => {
      const ada = await createStudent(tx, { timeZone: "UTC" });
      const names = Array.from({ length: 13 }, (_, index) => `package-${String(index).padStart(2, "0")}`);
      const idOf = await nameIds(tx, [
        ...names.map((name) => ({ kind: "dependency" as const, name })),
        { kind: "machine", name: "machine of a test" },
      ]);
      // 13, 12, … 1 minutes: the last three are the rest.
      const items = names.map((name, index): [number, number] => [idOf("dependency", name), (13 - index) * MINUTE]);
      await addDay(tx, ada.id, "2026-06-10", HOUR, [...items, [idOf("machine", "machine of a test"), HOUR]]);
      // A day without coding has nothing to give details of.
      await addDay(tx, ada.id, "2026-06-09", 0, [[idOf("dependency", names[0] ?? ""), 0]]);
      const { items: found, period } = await getStudentOverview(tx, ada.id, 7, NOW);
      expect(period.daysWithItems).toBe(1);
      expect(found.dependency.top.map(({ name }) => name)).toEqual(names.slice(0, 10));
      expect(found.dependency).toMatchObject({ restMs: 6 * MINUTE, restCount: 3, totalMs: 91 * MINUTE });
      expect(JSON.stringify(found)).not.toContain("machine");
    });
  });
});

describe("the batch's median", () => {
  it("is of five or more active students with data, each by their own seven days, and otherwise says only why not", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      const minutes = [77_777, 0, 120, 255, 60];
      const people = [];
      for (const [index, each] of minutes.entries()) {
        const person = await createStudent(tx, { batchId: batch.id });
        if (index > 0) await addCodingDays(tx, person.id, { "2026-06-03": each });
        people.push(person);
      }
      const [me] = people;
      const medianOf = async (userId = me?.id ?? 0) => {
        const own = await getStudentOverview(tx, userId, 7, NOW);
        return { median: own.batchMedian, why: own.noMedian, text: JSON.stringify(own) };
      };
      // Four with data: in Lisbon the 3rd is the eighth day. Paused and former students are nobody's peers.
      const lisbon = await createStudent(tx, { batchId: batch.id, timeZone: "Europe/Lisbon" });
      const paused = await createStudent(tx, { batchId: batch.id, status: "paused" });
      const left = await createStudent(tx, { batchId: batch.id, toDate: "2026-06-01" });
      for (const { id } of [lisbon, paused, left]) await addCodingDays(tx, id, { "2026-06-03": 777 });
      const few = await medianOf();
      expect([few.median, few.why]).toEqual([null, "too_few"]);
      for (const number of [60, 90, 120, 255, 187.5]) expect(few.text).not.toContain(String(number * MINUTE));

      await addCodingDays(tx, lisbon.id, { "2026-06-10": 300 });
      expect(await medianOf()).toMatchObject({ median: { ms: 120 * MINUTE, students: 5 }, why: null });
      // With six it is halfway between the two in the middle; one's own is among them.
      await addCodingDays(tx, me?.id ?? 0, { "2026-06-09": 240 });
      expect(await medianOf()).toMatchObject({ median: { ms: 180 * MINUTE, students: 6 }, why: null });

      expect(await medianOf(paused.id)).toMatchObject({ median: null, why: "not_in_class" });
      expect(await medianOf(left.id)).toMatchObject({ median: null, why: "not_in_class" });
      const nobody = await createStudent(tx);
      expect(await medianOf(nobody.id)).toMatchObject({ median: null, why: "no_batch" });
    });
  });
});

describe("the long and the short of it", () => {
  it("tells a streak as long as what is read as at least that long, and a pause within it as nothing", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { startDate: "2025-01-06" });
      const ada = await createStudent(tx, {
        batchId: batch.id,
        timeZone: "UTC",
        fromDate: "2025-01-06",
        toDate: "2026-02-01",
      });
      await tx.insert(enrolment).values([
        { studentId: ada.studentId, batchId: batch.id, status: "paused", fromDate: "2026-02-01", toDate: "2026-04-01" },
        { studentId: ada.studentId, batchId: batch.id, fromDate: "2026-04-01" },
      ]);
      await tx.execute(sql`
        insert into daily_summary (user_id, date, total_ms, time_zone)
        select ${ada.id}, day::date, 3600000, 'UTC' from generate_series(date '2025-05-01', date '2026-06-10', '1 day') day
        where day < '2026-02-01' or day >= '2026-04-01'`);
      const own = await getStudentOverview(tx, ada.id, "batch", NOW);
      // 53 weeks are 371 dates, from 5 June 2025 on; 59 of them paused.
      expect(own.streak).toMatchObject({ days: 371 - 59, since: "2025-06-05", atLeast: true });
      expect(own.heat.days).toHaveLength(371 - 59);
      // The batch reaches further back than the heat map.
      expect(own.period).toMatchObject({ from: "2025-01-06", daysWithRow: 371 - 59 + 35 });
    });
  });

  it("says of somebody new that nothing is there yet, and what there is to do", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      const ada = await createStudent(tx, { batchId: batch.id });
      const session = await createDemoSession(tx, { sessionDate: "2026-06-12", maxScheduled: 3 });
      const fresh = await getStudentOverview(tx, ada.id, 30, NOW);
      expect(fresh).toMatchObject({
        connection: null,
        todayMs: null,
        todayLive: null,
        week: { totalMs: null, days: 0 },
        period: { totalMs: null, daysWithRow: 0, days: [] },
        streak: { days: 0, since: null },
        goals: [],
        nextSession: { id: session.id, signup: null },
      });
      expect(fresh.steps).toEqual({
        hasOwnZone: false,
        emailConfirmed: false,
        hasData: false,
        demos: 0,
        hasPlace: false,
        canSignUp: true,
        project: null,
      });

      await tx.update(user).set({ timeZone: "America/Chicago", emailVerifiedAt: NOW }).where(eq(user.id, ada.id));
      await createConnection(tx, ada.id, {
        lastSyncedAt: new Date("2026-06-09T04:30:00Z"),
        todayDate: "2026-06-09",
        todayMs: 25 * MINUTE,
        todayFetchedAt: new Date("2026-06-10T03:00:00Z"),
      });
      await addCodingDays(tx, ada.id, { "2025-01-01": 5 });
      await tx.insert(demo).values({ studentId: ada.studentId, title: "Shop" });
      await createSignup(tx, session.id, ada.studentId, "waitlisted");
      const [shop] = await tx
        .insert(project)
        .values({ batchId: batch.id, name: "Shop", startDate: "2026-06-01" })
        .returning({ id: project.id });
      const [work] = await tx
        .insert(assignment)
        .values({ studentId: ada.studentId, projectId: shop?.id ?? 0, linkedinUrl: "https://linkedin.example/ada" })
        .returning({ id: assignment.id });
      const later = await getStudentOverview(tx, ada.id, 30, NOW);
      expect(later.zoneOf).toBe("student");
      expect(later.connection).toMatchObject({ status: "active", brokenAt: null });
      expect(later.todayLive).toMatchObject({ ms: 25 * MINUTE });
      expect(later.steps).toEqual({
        hasOwnZone: true,
        emailConfirmed: true,
        hasData: true,
        demos: 1,
        hasPlace: true,
        canSignUp: false,
        project: { assignmentId: work?.id, name: "Shop", status: "assigned", hasResume: false, hasLinkedin: true },
      });
      // A figure of yesterday is not today's.
      const tomorrow = await getStudentOverview(tx, ada.id, 30, new Date("2026-06-10T12:00:00Z"));
      expect(tomorrow.todayLive).toBeNull();
    });
  });
});
