import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { type GoalKind, type GoalPeriod, overviewPeriods } from "@/db/enums";
import { dailySummary, goal, holiday, setting, user } from "@/db/schema";
import { addDay, nameIds } from "@/db/testing/coding-details";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createStudent } from "@/db/testing/factories";
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
