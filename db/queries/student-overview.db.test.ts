import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { type CodingNameKind, type GoalKind, type GoalPeriod, overviewPeriods } from "@/db/enums";
import {
  assignment,
  codingName,
  dailySummary,
  dailySummaryItem,
  demo,
  enrolment,
  goal,
  holiday,
  project,
  setting,
  user,
} from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createConnection,
  createDemoSession,
  createSignup,
  createStudent,
} from "@/db/testing/factories";
import { minutesOf, workedExample } from "@/db/testing/worked-example";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { mostActiveDay } from "@/lib/analytics/most-active-day";
import { shares } from "@/lib/analytics/shares";
import { formatDuration } from "@/lib/format";
import { getStudentOverview } from "./student-overview";

// 10 June 2026, 03:30 UTC: still Tuesday the 9th in Chicago.
const NOW = new Date("2026-06-10T03:30:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const DETAILS = { TypeScript: "language", Python: "language", Shop: "project", Blog: "project" } as const;

async function nameIds(tx: Db, names: { kind: CodingNameKind; name: string }[]) {
  await tx.insert(codingName).values(names).onConflictDoNothing();
  const rows = await tx.select().from(codingName);
  return (kind: CodingNameKind, name: string) => rows.find((row) => row.kind === kind && row.name === name)?.id ?? 0;
}

async function addDay(tx: Db, userId: number, date: string, totalMs: number, items: [nameId: number, ms: number][]) {
  const [day] = await tx
    .insert(dailySummary)
    .values({ userId, date, totalMs, timeZone: "America/Chicago" })
    .returning({ id: dailySummary.id });
  const rows = items.map(([nameId, ms]) => ({ summaryId: day?.id ?? 0, nameId, ms }));
  if (rows.length > 0) await tx.insert(dailySummaryItem).values(rows);
}

/** The student of docs/metrics/overview.md, with the days that stand there, and somebody else with the same details. */
async function createAda(tx: Db) {
  await tx.insert(setting).values({ key: "academy_time_zone", value: "Europe/Lisbon" });
  await tx.insert(holiday).values({ date: "2026-05-25", name: "Memorial Day" });
  const batch = await createBatch(tx, { timeZone: "America/Chicago", startDate: "2026-03-02" });
  const ada = await createStudent(tx, { batchId: batch.id, fromDate: "2026-04-06" });
  const other = await createStudent(tx, { batchId: batch.id });
  const idOf = await nameIds(
    tx,
    Object.entries(DETAILS).map(([name, kind]) => ({ kind, name })),
  );
  for (const row of workedExample("overview", "Days")) {
    const total = minutesOf(row.All);
    if (total === null) continue;
    const items = Object.entries(DETAILS).flatMap(([name, kind]): [number, number][] => {
      const ms = minutesOf(row[name]);
      return ms === null ? [] : [[idOf(kind, name), ms]];
    });
    await addDay(tx, ada.id, row.Date ?? "", total, items);
  }
  await addDay(tx, other.id, "2026-06-09", 10 * HOUR, [[idOf("language", "Python"), 10 * HOUR]]);
  return { ada, batch };
}

const periodOf = (words: string | undefined) => {
  const found = overviewPeriods.find((period) => words === (period === "batch" ? "batch" : `${period} days`));
  if (!found) throw new Error(`no period "${words}"`);
  return found;
};

describe("the worked example of docs/metrics/overview.md", () => {
  it("has the totals, averages, days and most active day of each period", async () => {
    await withRollback(testDb(), async (tx) => {
      const { ada } = await createAda(tx);
      const rows = workedExample("overview", "Periods");
      expect(rows).toHaveLength(overviewPeriods.length);
      for (const row of rows) {
        const { period, zone, zoneOf, today } = await getStudentOverview(tx, ada.id, periodOf(row.Period), NOW);
        expect({ zone, zoneOf, today }).toEqual({ zone: "America/Chicago", zoneOf: "batch", today: "2026-06-09" });
        expect(period.instead).toBeNull();
        expect({
          Period: row.Period,
          From: period.from,
          To: period.to,
          Total: formatDuration(period.totalMs ?? -1),
          "Days with a row": String(period.daysWithRow),
          Average: formatDuration(dailyAverageMs(period.totalMs, period.daysWithRow) ?? -1),
          "Days with coding": String(period.daysWithCoding),
          "With details": String(period.daysWithItems),
          "Most active day": mostActiveDay(period.days)?.date,
        }).toEqual(row);
      }
    });
  });

  it("has shares that add up", async () => {
    await withRollback(testDb(), async (tx) => {
      const { ada } = await createAda(tx);
      const rows = workedExample("overview", "Shares");
      for (const words of new Set(rows.map((row) => row.Period))) {
        const { items } = await getStudentOverview(tx, ada.id, periodOf(words), NOW);
        for (const kind of ["language", "project"] as const) {
          const expected = rows.filter((row) => row.Period === words && row.Kind === kind);
          if (expected.length === 0) continue;
          const { top, restCount, totalMs } = items[kind];
          const percents = shares(top, totalMs);
          expect(
            top.map(({ name, ms }, index) => ({ Name: name, Time: formatDuration(ms), Share: `${percents[index]} %` })),
          ).toEqual(expected.map(({ Name, Time, Share }) => ({ Name, Time, Share })));
          expect(restCount).toBe(0);
        }
        expect(items.editor).toEqual({ top: [], restMs: 0, restCount: 0, totalMs: 0 });
      }
    });
  });

  it("has today, the week, the streak with its rest days and holiday, and the heat map from her first day", async () => {
    await withRollback(testDb(), async (tx) => {
      const { ada } = await createAda(tx);
      const own = await getStudentOverview(tx, ada.id, 7, NOW);
      expect(own.todayMs).toBe(45 * MINUTE);
      expect(own.week).toEqual({ totalMs: 330 * MINUTE, days: 6, from: "2026-06-03" });
      expect(own.streak).toMatchObject({ days: 11, since: "2026-05-26", todayCounts: true, atLeast: false });
      expect(own.restDays).toEqual([6, 7]);
      expect(own.heat.firstDay).toBe("2026-04-06");
      expect(own.heat.days).toHaveLength(workedExample("overview", "Days").filter(({ All }) => All !== "–").length);
      // One minute more on the Friday before Memorial Day, and only that holiday lies between.
      await tx
        .update(dailySummary)
        .set({ totalMs: 15 * MINUTE })
        .where(and(eq(dailySummary.userId, ada.id), eq(dailySummary.date, "2026-05-22")));
      expect((await getStudentOverview(tx, ada.id, 7, NOW)).streak).toMatchObject({ days: 13, since: "2026-05-21" });
      // Sunday's zero is no absence because Sunday is a rest day, until the academy says otherwise.
      await tx.insert(setting).values({ key: "rest_days", value: [6] });
      const stricter = await getStudentOverview(tx, ada.id, 7, NOW);
      expect([stricter.restDays, stricter.streak.days]).toEqual([[6], 2]);
    });
  });

  it("follows her to other zones", async () => {
    await withRollback(testDb(), async (tx) => {
      const { ada } = await createAda(tx);
      const [east, home, west] = workedExample("overview", "When the zone changes").map(({ Then: _, ...row }) => row);
      const told = async (now: Date) => {
        const { today, week, streak } = await getStudentOverview(tx, ada.id, 14, now);
        const total = formatDuration(week.totalMs ?? -1);
        return { Today: today, "7 days from": week.from, Total: total, Streak: `${streak.days} days` };
      };
      const moveTo = (timeZone: string | null) => tx.update(user).set({ timeZone }).where(eq(user.id, ada.id));

      await moveTo("Europe/Lisbon");
      expect(await told(NOW)).toEqual(east);
      expect((await getStudentOverview(tx, ada.id, 14, NOW)).todayMs).toBeNull();

      await moveTo(null);
      await addCodingDays(tx, ada.id, { "2026-06-10": 60 });
      const later = new Date("2026-06-10T07:00:00Z");
      expect(await told(later)).toEqual(home);

      await moveTo("Pacific/Honolulu");
      expect(await told(later)).toEqual(west);
      expect((await getStudentOverview(tx, ada.id, 14, later)).todayMs).toBe(45 * MINUTE);
      // Once it is the 10th there, too.
      expect(await told(new Date("2026-06-10T10:00:00Z"))).toEqual(home);
    });
  });

  it("has the progress of goals", async () => {
    await withRollback(testDb(), async (tx) => {
      const { ada } = await createAda(tx);
      const rows = workedExample("goals", "Worked example");
      const values = rows.map((row, index) => {
        const [kind, name] = row.Of === "all coding" ? [null, null] : (row.Of ?? "").split(" ");
        return {
          studentId: ada.studentId,
          slot: index + 1,
          period: row.Every as GoalPeriod,
          kind: (kind ?? null) as GoalKind | null,
          name: name ?? null,
          targetMs: Number.parseInt(row.Target ?? "", 10) * HOUR,
        };
      });
      // Put in backwards: they come by slot.
      await tx.insert(goal).values(values.reverse());
      const { goals } = await getStudentOverview(tx, ada.id, 90, NOW);
      expect(
        goals.map((each) => ({
          Every: each.period,
          Of: each.kind ? `${each.kind} ${each.name}` : "all coding",
          Target: formatDuration(each.targetMs),
          Done: formatDuration(each.doneMs ?? -1),
          "Days with data": String(each.daysWithRow),
        })),
      ).toEqual(rows);
      expect(goals.map(({ from, to }) => `${from} ${to}`)).toEqual([
        "2026-06-09 2026-06-09",
        "2026-06-08 2026-06-14",
        "2026-06-01 2026-06-30",
        "2026-06-08 2026-06-14",
        "2026-06-01 2026-06-30",
      ]);
      // The morning after: no row yet, so nothing is known of the day. A language nobody ever used is known to be zero.
      await tx.update(goal).set({ kind: "language", name: "Zig" }).where(eq(goal.slot, 4));
      const morning = (await getStudentOverview(tx, ada.id, 7, new Date("2026-06-10T12:00:00Z"))).goals;
      expect(morning[0]).toMatchObject({ doneMs: null, daysWithRow: 0, from: "2026-06-10" });
      expect(morning[3]).toMatchObject({ name: "Zig", doneMs: 0, daysWithRow: 2 });
      // Typed before there was any data: 80 + 45 min of TypeScript, and 5 of what another editor calls Typescript.
      await tx.update(goal).set({ name: "typescript" }).where(eq(goal.slot, 4));
      const idOf = await nameIds(tx, [{ kind: "language", name: "Typescript" }]);
      await tx.execute(sql`
        insert into daily_summary_item (summary_id, name_id, ms)
        select id, ${idOf("language", "Typescript")}, ${5 * MINUTE} from daily_summary
        where user_id = ${ada.id} and date = '2026-06-09'`);
      const typed = (await getStudentOverview(tx, ada.id, 7, NOW)).goals;
      expect(typed[3]).toMatchObject({ name: "typescript", doneMs: 130 * MINUTE, daysWithRow: 2 });
    });
  });
});

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
