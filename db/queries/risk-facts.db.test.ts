import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { connection, enrolment, goal, holiday } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createConnection,
  createDemoSession,
  createSignup,
  createStudent,
} from "@/db/testing/factories";
import { assessBatch, DEFAULT_THRESHOLDS } from "@/lib/analytics/early-warning";
import { addDays, type DateString, eachDay, localDate } from "@/lib/dates";
import { getRiskFacts, getRiskPlan } from "./risk-facts";

/** Wednesday 17 June, six in the morning in Chicago. */
const NOW = new Date("2026-06-17T11:00:00Z");
const FRESH_HOURS = 26;
const HOUR_MS = 3_600_000;
const inRollback = (run: (db: Db) => Promise<void>) => withRollback(testDb(), run);

const isWeekend = (date: DateString) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/** Rows for every date of a range: `minutes` on its working days, none on the others. */
const week = (from: DateString, minutes: number, off: DateString[] = []) =>
  Object.fromEntries(
    eachDay(from, addDays(from, 6)).map((date) => [date, isWeekend(date) || off.includes(date) ? 0 : minutes]),
  );

const read = async (db: Db, userId: number) =>
  createConnection(db, userId, {
    lastSyncedAt: new Date(NOW.getTime() - HOUR_MS),
    createdAt: new Date("2026-01-05T12:00:00Z"),
  });

async function member(db: Db, batchId: number, days: Record<string, number>, values = {}) {
  const made = await createStudent(db, { batchId, ...values });
  await read(db, made.id);
  await addCodingDays(db, made.id, days, "America/Chicago");
  return made;
}

/** The academy of docs/early-warning.md. */
async function academy(db: Db) {
  await db.insert(holiday).values({ date: "2026-06-01", name: "A holiday" });
  const batch = await createBatch(db);
  const ada = await member(db, batch.id, {
    ...week("2026-06-10", 0),
    ...{ "2026-06-10": 60, "2026-06-11": 30 },
    ...week("2026-06-03", 60),
    ...week("2026-05-27", 50, ["2026-06-01"]),
    ...week("2026-05-20", 70),
    ...week("2026-05-13", 50),
  });
  const others: [last: number, before: number][] = [
    [40, 20],
    [60, 40],
    [80, 80],
    [100, 100],
  ];
  for (const [last, before] of others) {
    await member(db, batch.id, { ...week("2026-06-10", last), ...week("2026-06-03", before) });
  }
  for (const [date, status] of [
    ["2026-05-01", "presented"],
    ["2026-06-05", "no_show"],
  ] as const) {
    const session = await createDemoSession(db, { sessionDate: date });
    await createSignup(db, session.id, ada.studentId, status);
  }
  await db.insert(goal).values({
    ...{ studentId: ada.studentId, slot: 1, period: "week" as const, targetMs: 5 * HOUR_MS },
    ...{ createdAt: new Date("2026-06-01T12:00:00Z"), updatedAt: new Date("2026-06-01T12:00:00Z") },
  });
  return { batch, ada };
}

async function standing(db: Db, batchId: number) {
  const { students, calendar } = await getRiskFacts(db, batchId, DEFAULT_THRESHOLDS, NOW, FRESH_HOURS);
  return assessBatch(students, calendar, DEFAULT_THRESHOLDS);
}

const byKind = (found: Awaited<ReturnType<typeof standing>>, studentId: number) => {
  const own = found.find((each) => each.studentId === studentId);
  if (!own) throw new Error("the student is not among those who were judged");
  const { state, points } = own;
  return { state, points, of: Object.fromEntries(own.signals.map((signal) => [signal.kind, signal])) };
};

describe("the worked example of docs/early-warning.md", () => {
  it("gives Ada eight points, each with its number and threshold", () =>
    inRollback(async (db) => {
      const { batch, ada } = await academy(db);
      const { state, points, of } = byKind(await standing(db, batch.id), ada.studentId);
      expect({ state, points }).toEqual({ state: "act", points: 8 });
      expect(of.quiet).toMatchObject({ points: 3, value: 3, threshold: 3, of: "2026-06-11" });
      expect(of.drop).toMatchObject({ points: 2, value: 32, threshold: 50 });
      expect(of.low_quarter).toMatchObject({ points: 0, value: 18 * 60_000, threshold: 40 * 60_000 });
      expect(of.missed).toMatchObject({ points: 2, value: 1, of: "2026-06-05" });
      expect(of.interviews).toMatchObject({ points: 0, value: null, unknown: "not_there" });
      expect(of.no_demo).toMatchObject({ points: 1, value: 6, threshold: 4, of: "2026-05-01" });
      expect(of.goals).toMatchObject({ points: 0, value: 70, threshold: 50, of: "coding" });
    }));

  it("is the same whoever is paused beside her, and without her there is no quarter of four", () =>
    inRollback(async (db) => {
      const { batch, ada } = await academy(db);
      const before = await standing(db, batch.id);
      await member(db, batch.id, week("2026-06-10", 1), { status: "paused" });
      await member(db, batch.id, week("2026-06-10", 1), { disabledAt: NOW });
      await member(db, batch.id, week("2026-06-10", 1), { status: "active", toDate: "2026-06-17" });
      expect(await standing(db, batch.id)).toEqual(before);
      await db.execute(sql.raw(`update enrolment set status = 'paused' where student_id = ${ada.studentId}`));
      const without = await standing(db, batch.id);
      expect(without).toHaveLength(4);
      expect(without[0]?.signals.find(({ kind }) => kind === "low_quarter")?.unknown).toBe("too_few_students");
    }));
});

describe("what is known", () => {
  it("a goal typed before there was any data counts its language in whatever case", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      const person = await member(db, batch.id, week("2026-06-08", 60));
      await db.insert(goal).values({
        ...{ studentId: person.studentId, slot: 1, period: "week", kind: "language", name: "zzscript" },
        ...{
          targetMs: HOUR_MS,
          createdAt: new Date("2026-06-01T12:00:00Z"),
          updatedAt: new Date("2026-06-01T12:00:00Z"),
        },
      });
      await db.execute(sql`
        with n as (insert into coding_name (kind, name) values ('language', 'ZzScript') returning id)
        insert into daily_summary_item (summary_id, name_id, ms)
        select d.id, n.id, 1800000 from daily_summary d, n where d.user_id = ${person.id} and d.date = '2026-06-10'`);
      const { students } = await getRiskFacts(db, batch.id, DEFAULT_THRESHOLDS, NOW, FRESH_HOURS);
      expect(students[0]?.goals).toMatchObject([{ label: "zzscript", doneMs: HOUR_MS / 2 }]);
    }));

  it("a link that is stale, broken or absent adds nothing and says so, and is not called on track", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      const days = { ...week("2026-06-10", 0), ...week("2026-06-03", 60) };
      const stale = await member(db, batch.id, days);
      const broken = await member(db, batch.id, days);
      const absent = await createStudent(db, { batchId: batch.id });
      await db.execute(
        sql.raw(`update connection set last_synced_at = '2026-06-16T08:59:00Z' where user_id = ${stale.id}`),
      );
      await db.execute(sql.raw(`update connection set status = 'needs_reconnect' where user_id = ${broken.id}`));
      const found = await standing(db, batch.id);
      for (const [person, why] of [
        [stale, "stale"],
        [broken, "broken"],
        [absent, "absent"],
      ] as const) {
        const { state, points, of } = byKind(found, person.studentId);
        expect({ state, points }).toEqual({ state: "no_data", points: 0 });
        for (const kind of ["quiet", "drop", "low_quarter"]) expect(of[kind]?.unknown).toBe(why);
      }
    }));

  it("today's coding counts as soon as anybody saw it", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      const person = await member(db, batch.id, week("2026-06-10", 0));
      const quietness = async () => byKind(await standing(db, batch.id), person.studentId).of.quiet;
      expect(await quietness()).toMatchObject({ value: 5, points: 3, of: null });
      await db.execute(
        `update connection set today_date = '2026-06-17', today_ms = 60000 where user_id = ${person.id}`,
      );
      expect(await quietness()).toMatchObject({ value: 0, points: 0, of: "2026-06-17" });
    }));

  it("in the first ten days somebody settles in, and a goal counts after its first whole week", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      const newcomer = await member(db, batch.id, week("2026-06-10", 0), { fromDate: "2026-06-08" });
      const tenDays = await member(db, batch.id, week("2026-06-10", 0), { fromDate: "2026-06-07" });
      await db.insert(goal).values({ studentId: tenDays.studentId, slot: 1, period: "day", targetMs: HOUR_MS });
      const found = await standing(db, batch.id);
      expect(byKind(found, newcomer.studentId)).toEqual({ state: "settling", points: 0, of: {} });
      expect(byKind(found, tenDays.studentId)).toMatchObject({ state: "watch", points: 3 });
      expect(byKind(found, tenDays.studentId).of.goals?.unknown).toBe("not_there");
    }));

  it("time that somebody was paused or only invited is no time in class: they settle in again", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      const spans = {
        back: ["paused", "2026-06-16"],
        invited: ["invited", "2026-06-10"],
        long: ["paused", "2026-06-02"],
      };
      const people: Record<string, number> = {};
      for (const [name, [status, until]] of Object.entries(spans)) {
        const made = await member(
          db,
          batch.id,
          { ...week("2026-06-10", 0), ...week("2026-06-03", 0) },
          {
            ...{ status, toDate: until },
          },
        );
        await db.insert(enrolment).values({
          ...{ studentId: made.studentId, batchId: batch.id, status: "active", fromDate: until ?? "" },
        });
        people[name] = made.studentId;
      }
      const found = await standing(db, batch.id);
      expect(byKind(found, people.back ?? 0).state).toBe("settling");
      expect(byKind(found, people.invited ?? 0).state).toBe("settling");
      // Back for fifteen days: of these, and of no day before, the working days count.
      expect(byKind(found, people.long ?? 0).of.quiet).toMatchObject({ value: 10, points: 3 });
    }));

  it("whoever moves between batches in distant zones is in one of them at any hour, from its first midnight on", () =>
    inRollback(async (db) => {
      // UTC + 14 and − 11.
      const zones = { east: "Pacific/Kiritimati", west: "Pacific/Pago_Pago" };
      const batches = {
        east: (await createBatch(db, { timeZone: zones.east })).id,
        west: (await createBatch(db, { timeZone: zones.west })).id,
      };
      const move = { fromDate: "2026-06-17" };
      const movers: [id: number, from: "east" | "west", to: "east" | "west"][] = [];
      for (const [from, to] of [
        ["east", "west"],
        ["west", "east"],
      ] as const) {
        const { studentId } = await createStudent(db, { batchId: batches[from], toDate: move.fromDate });
        await db.insert(enrolment).values({ studentId, batchId: batches[to], status: "active", ...move });
        movers.push([studentId, from, to]);
      }
      const inClass = async (batchId: number, at: Date) =>
        (await getRiskFacts(db, batchId, DEFAULT_THRESHOLDS, at, FRESH_HOURS)).students.map((each) => each.studentId);
      let moved = 0;
      for (let hour = 0; hour < 48; hour += 2) {
        const at = new Date(Date.parse("2026-06-16T00:30:00Z") + hour * HOUR_MS);
        const found = { east: await inClass(batches.east, at), west: await inClass(batches.west, at) };
        for (const [id, from, to] of movers) {
          const there = localDate(at, zones[to]) >= move.fromDate;
          if (there) moved += 1;
          expect([at, found.east.includes(id), found.west.includes(id)]).toEqual([
            ...[at, (there ? to : from) === "east", (there ? to : from) === "west"],
          ]);
        }
      }
      // East from 10:00 UTC of the 16th on, west from 11:00 of the 17th.
      expect(moved).toBe(19 + 6);
    }));

  it("a zero counts only of a day that was read to its end, and that a link could have filled", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      const zeros = { ...week("2026-06-10", 0), ...week("2026-06-03", 0) };
      const read = await member(db, batch.id, zeros);
      const early = await member(db, batch.id, zeros);
      const linked = await member(db, batch.id, zeros);
      const again = await member(db, batch.id, { ...zeros, "2026-06-04": 30 });
      // Half past eleven in the evening, and half past five in the afternoon, of Tuesday in Chicago.
      const syncedAt = (userId: number, at: string) =>
        db
          .update(connection)
          .set({ lastSyncedAt: new Date(at) })
          .where(eq(connection.userId, userId));
      await syncedAt(read.id, "2026-06-17T04:30:00Z");
      await syncedAt(early.id, "2026-06-16T22:30:00Z");
      const linkedAt = { createdAt: new Date("2026-06-12T18:00:00Z") };
      for (const { id } of [linked, again]) {
        await db.update(connection).set(linkedAt).where(eq(connection.userId, id));
      }
      const found = await standing(db, batch.id);
      const quietDays = ({ studentId }: { studentId: number }) => byKind(found, studentId).of.quiet?.value;
      expect(quietDays(read)).toBe(10);
      expect(quietDays(early)).toBe(9);
      // Friday, Monday and Tuesday since the link; with coding before it, all days after that.
      expect(quietDays(linked)).toBe(3);
      expect(quietDays(again)).toBe(8);
    }));

  it("a goal says nothing of a week with a hole in it, nor of one in which it was changed", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      const full = week("2026-06-08", 60);
      const { "2026-06-10": _hole, ...holed } = full;
      const before = { createdAt: new Date("2026-06-01T12:00:00Z"), updatedAt: new Date("2026-06-01T12:00:00Z") };
      const goalOf = async (days: Record<string, number>, values = {}) => {
        const made = await member(db, batch.id, days);
        await db.insert(goal).values({
          ...{
            studentId: made.studentId,
            slot: 1,
            period: "week" as const,
            targetMs: 20 * HOUR_MS,
            ...before,
            ...values,
          },
        });
        return made.studentId;
      };
      const [whole, hole, changed] = [
        await goalOf(full),
        await goalOf(holed),
        await goalOf(full, { updatedAt: new Date("2026-06-09T12:00:00Z") }),
      ];
      const found = await standing(db, batch.id);
      expect(byKind(found, whole).of.goals).toMatchObject({ value: 25, points: 1 });
      expect(byKind(found, hole).of.goals).toMatchObject({ unknown: "too_few_days", points: 0 });
      expect(byKind(found, changed).of.goals).toMatchObject({ unknown: "not_there", points: 0 });
    }));

  it("the academy's date, hour and thresholds come with the running batches", () =>
    inRollback(async (db) => {
      const batch = await createBatch(db);
      await createBatch(db, { startDate: "2026-06-18" });
      await db.execute(
        sql.raw(`insert into setting (key, value) values ('early_warning', '{"quietWorkingDays": 5}'),
        ('academy_time_zone', '"Pacific/Auckland"') on conflict (key) do update set value = excluded.value`),
      );
      const plan = await getRiskPlan(db, NOW);
      expect(plan).toMatchObject({ today: "2026-06-17", time: "23:00", checkedOn: null });
      expect(plan.batchIds).toContain(batch.id);
      expect(plan.batchIds).toHaveLength(1);
      expect(plan.thresholds).toEqual({ ...DEFAULT_THRESHOLDS, quietWorkingDays: 5 });
    }));
});
