import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AnalyticsPeriod } from "@/db/enums";
import { ACADEMY_NOW, type StudentName } from "@/db/testing/analytics-academy";
import { type Academy, count, minutes, part, sharedAcademy, there } from "@/db/testing/in-academy";
import { workedExample } from "@/db/testing/worked-example";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { getAnalyticsCoding } from "./analytics-coding";
import { getAnalyticsCompare } from "./analytics-compare";
import { getAnalyticsDetails } from "./analytics-details";
import { getAnalyticsHeatMap } from "./analytics-heat-map";
import { getAnalyticsInactive } from "./analytics-inactive";
import { getAnalyticsList } from "./analytics-list";
import { getAnalyticsOverview } from "./analytics-overview";
import { getAnalyticsParticipation } from "./analytics-participation";
import { getAnalyticsTrends } from "./analytics-trends";

const NOW = ACADEMY_NOW;
const MINUTE_MS = 60_000;
const ALL_28 = { batchId: null, period: 28 } as const;

const example = (heading: string) => workedExample("analytics", heading);
const idOf = ({ batchIds }: Academy, who: string | undefined) => (who === "A" || who === "B" ? batchIds[who] : null);
const periodOf = (cell: string | undefined): AnalyticsPeriod =>
  cell === "batch" ? cell : (Number(cell) as 7 | 28 | 90);
const periodColumns = { "7 days": 7, "28 days": 28, "90 days": 90 } as const;

describe("the worked example of docs/metrics/analytics.md", () => {
  const shared = sharedAcademy();

  it("has the seven numbers and their change", async () => {
    await shared(async (tx, academy) => {
      for (const row of example("Seven numbers")) {
        const scope = { batchId: idOf(academy, row.Who), period: periodOf(row.Period) };
        const found = there(await getAnalyticsOverview(tx, scope, NOW));
        const { medianMs, coded, certificates, demos, presented, withDemo } = found;
        expect({
          Who: row.Who,
          Period: row.Period,
          Students: count(found.students.now),
          Before: count(found.students.before),
          "With data": part(medianMs.withData.now),
          Median: minutes(medianMs.now),
          "Median before": minutes(medianMs.before),
          Coded: part(coded.now),
          "Coded before": part(coded.before),
          Certificates: count(certificates.now),
          "Certificates before": count(certificates.before),
          Demos: count(demos.now),
          "Demos before": count(demos.before),
          Presented: part(presented.now),
          "Presented before": part(presented.before),
          "With a demo": part(withDemo.now),
          "With a demo before": part(withDemo.before),
        }).toEqual(row);
      }
      const { ever, frame } = there(await getAnalyticsOverview(tx, ALL_28, NOW));
      expect(ever).toEqual({
        students: 10,
        certificates: 4,
        demos: 5,
        studentsWithCertificate: 4,
        studentsWithDemo: 4,
      });
      expect(frame).toMatchObject({
        zone: "America/Chicago",
        span: { from: "2026-05-14", to: "2026-06-10", days: 28 },
        before: { from: "2026-04-16", to: "2026-05-13" },
        batches: [{ name: "B" }, { name: "A" }],
      });
    });
  });

  it("compares with who had come by the end of the period before, by their own calendar", async () => {
    await shared(async (tx, { batchIds }) => {
      // Seven days from 18 May on, Lea's first; for Jon, who came on the same day, they begin on the 19th.
      const at = new Date("2026-05-24T18:00:00Z");
      const { students, presented } = there(await getAnalyticsOverview(tx, { batchId: batchIds.B, period: 7 }, at));
      expect(students).toEqual({ now: 6, before: 4 });
      expect(presented).toEqual({ now: { part: 0, of: 6 }, before: { part: 2, of: 5 } });
    });
  });

  it("has every student's hours, by the user behind the student row (old defect 16)", async () => {
    await shared(async (tx, academy) => {
      const totals = example("Totals");
      for (const { userId, studentId } of Object.values(academy.people)) expect(userId).not.toBe(studentId);
      for (const [column, period] of Object.entries(periodColumns)) {
        const { rows } = there(await getAnalyticsList(tx, { batchId: null, period }, "students", null, NOW));
        expect(Object.fromEntries(rows.map((row) => [row.name, minutes(row.value)]))).toEqual(
          Object.fromEntries(totals.map((row) => [row.Student, row[column]])),
        );
        for (const row of rows) expect(row).toMatchObject(academy.people[row.name as StudentName]);
      }
      const whole = await Promise.all(
        [academy.batchIds.A, academy.batchIds.B].map((batchId) =>
          getAnalyticsList(tx, { batchId, period: "batch" }, "students", null, NOW),
        ),
      );
      const found = whole.flatMap((each) => there(each).rows.map((row) => [row.name, minutes(row.value)]));
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(totals.map((row) => [row.Student, row["Whole batch"]])),
      );
    });
  });

  it("has the months", async () => {
    await shared(async (tx, academy) => {
      const rows = await Promise.all(
        ["all", "A", "B"].map(async (who) => {
          const { months } = there(await getAnalyticsTrends(tx, idOf(academy, who), NOW));
          expect(months).toHaveLength(12);
          expect(months[0]?.month).toBe("2025-07");
          return months
            .filter((each) => each.students + each.certificates + each.demos > 0)
            .map((each) => ({
              Who: who,
              Month: each.month,
              "New students": count(each.students),
              Certificates: count(each.certificates),
              Demos: count(each.demos),
            }));
        }),
      );
      expect(rows.flat()).toEqual(example("Months"));
    });
  });

  it("has the sessions, and how often people presented", async () => {
    await shared(async (tx, academy) => {
      const rows = await Promise.all(
        ["all", "A", "B"].map(async (who) => {
          const scope = { batchId: idOf(academy, who), period: 28 } as const;
          return there(await getAnalyticsParticipation(tx, scope, NOW)).sessions.map((each) => ({
            Who: who,
            Date: each.date,
            Taken: count(each.taken),
            Presented: count(each.presented),
            Missed: count(each.noShow),
            "Not marked": count(each.unmarked),
            Waiting: count(each.waitlisted),
            Rating: `${each.ratingMean} of ${each.ratings}`,
          }));
        }),
      );
      expect(rows.flat()).toEqual(example("Sessions"));
      const all = there(await getAnalyticsParticipation(tx, ALL_28, NOW));
      expect(all.total).toEqual({ sessions: 2, taken: 7, presented: 5, noShow: 1, unmarked: 1, waitlisted: 1 });
      expect(all.times).toEqual({ never: 7, once: 2, twice: 1, more: 0 });
      expect(all.rating).toEqual({ mean: 3.5, n: 4 });
      expect(all.sessions.map((each) => each.places)).toEqual([null, 5]);
    });
  });

  it("has days, distribution and movers", async () => {
    await shared(async (tx, academy) => {
      const coding = there(await getAnalyticsCoding(tx, ALL_28, NOW));
      const { distribution, movers, days } = coding;
      expect(coding).toMatchObject({ totalMs: 12_915 * MINUTE_MS, withData: 9, coded: 8 });
      expect(days.reduce((sum, day) => sum + (day.totalMs ?? 0), 0)).toBe(12_915 * MINUTE_MS);
      expect([days.length, days[0]?.date, days.at(-1)?.date]).toEqual([29, "2026-05-14", "2026-06-11"]);
      expect(distribution).toMatchObject({
        lowest: 0,
        quarter: 630 * MINUTE_MS,
        median: 1140 * MINUTE_MS,
        threeQuarters: 1200 * MINUTE_MS,
        highest: 4800 * MINUTE_MS,
        mean: 1435 * MINUTE_MS,
      });
      expect(distribution.buckets.map((each) => [minutes(each.fromMs), String(each.students)])).toEqual(
        example("Histogram").map((row) => [row.From, row.Students]),
      );
      const changes = [...(movers?.up ?? []), ...(movers?.down ?? [])];
      expect(changes.map((each) => ({ Student: each.name, Change: minutes(each.nowMs - each.beforeMs) }))).toEqual(
        example("Movers"),
      );
      for (const mover of changes) expect(mover).toMatchObject(academy.people[mover.name as StudentName]);
      expect(coding.top.slice(0, 2).map((each) => each.name)).toEqual(["Gus", "Ben"]);
      const whole = there(await getAnalyticsCoding(tx, { batchId: academy.batchIds.B, period: "batch" }, NOW));
      expect(whole.movers).toBeNull();
      expect(whole.days[0]?.date).toBe("2026-05-04");
    });
  });

  it("has the dates of the heat map, which are those by day", async () => {
    await shared(async (tx) => {
      const heat = there(await getAnalyticsHeatMap(tx, ALL_28, NOW));
      const { days } = there(await getAnalyticsCoding(tx, ALL_28, NOW));
      expect(heat.weeks).toEqual(["2026-05-11", "2026-05-18", "2026-05-25", "2026-06-01", "2026-06-08"]);
      for (const row of example("Dates")) {
        const cell = heat.cells.find((each) => each.date === row.Date);
        const day = days.find((each) => each.date === row.Date);
        expect({
          Date: cell?.date,
          Sum: minutes(cell?.totalMs),
          Median: minutes(cell?.medianMs),
          Coded: count(day?.students ?? null),
          "With data": count(cell?.withData ?? null),
        }).toEqual(row);
        expect(day).toMatchObject({ totalMs: cell?.totalMs, withData: cell?.withData });
      }
    });
  });

  it("knows who is inactive, and of whom nobody knows", async () => {
    await shared(async (tx, academy) => {
      for (const row of example("Inactive")) {
        const asked = { batchId: idOf(academy, row.Who), days: Number(row.Days) as 7 | 14 | 30 };
        const found = there(await getAnalyticsInactive(tx, asked, NOW, STALE_AFTER_HOURS));
        expect({
          ...row,
          Inactive: found.inactive.rows.map((each) => [each.name, each.lastCodedOn].join(" ").trim()).join(", "),
          "No data": found.noData.rows.map((each) => `${each.name} ${each.reason}`).join(", "),
        }).toEqual(row);
        expect(found.tooNew).toEqual({ total: 0, rows: [] });
      }
      // Who came less than so many days ago cannot have been away for so long: on 10 May, Ida.
      const early = new Date("2026-05-10T18:00:00Z");
      const found = there(await getAnalyticsInactive(tx, { batchId: academy.batchIds.B, days: 14 }, early, 9_999));
      expect([found.inactive.total, found.noData.total, found.tooNew.total]).toEqual([0, 0, 1]);
      expect(found.tooNew.rows.map((each) => each.name)).toEqual(["Ida"]);
      // A link that works and gave none of these days is no sign of anything.
      const { userId } = academy.people.Hal;
      await tx.execute(sql`update connection set last_synced_at = ${NOW.toISOString()} where user_id = ${userId}`);
      const again = there(await getAnalyticsInactive(tx, { batchId: null, days: 7 }, NOW, STALE_AFTER_HOURS));
      expect(again.noData.rows.find((each) => each.name === "Hal")?.reason).toBe("no_days");
      // Seen today between two syncs.
      await tx.execute(sql`
        update connection set today_date = '2026-06-10', today_ms = 60000 where user_id = ${academy.people.Eve.userId}`);
      const seen = there(await getAnalyticsInactive(tx, { batchId: null, days: 7 }, NOW, STALE_AFTER_HOURS));
      expect(seen.inactive.rows.map((each) => each.name)).toEqual(["Ida"]);
    });
  });

  it("says what the time was spent on, and whose project names are hidden", async () => {
    await shared(async (tx, academy) => {
      const scope = { batchId: academy.batchIds.A, period: 28 } as const;
      const { kinds, codingMs } = there(await getAnalyticsDetails(tx, scope, { hideProjects: false }, NOW));
      const named = (items: { top: { name: string; ms: number }[] }) =>
        items.top.map((each) => `${each.name} ${minutes(each.ms)}`);
      expect(named(kinds.language)).toEqual(["Python 140", "TypeScript 40"]);
      expect(named(kinds.project)).toEqual(["Secret 120", "Shop 60"]);
      expect(named(kinds.editor)).toEqual(["Vim 60", "VS Code 55"]);
      expect(named(kinds.operating_system)).toEqual(["Linux 120"]);
      expect(kinds.language).toMatchObject({ totalMs: 180 * MINUTE_MS, restMs: 0, restCount: 0 });
      // Of Ada's, Ben's, Cleo's and Eve's 5370 minutes languages are known of 180.
      expect(codingMs).toBe(5370 * MINUTE_MS);
      const printed = there(await getAnalyticsDetails(tx, scope, { hideProjects: true }, NOW));
      expect(named(printed.kinds.project)).toEqual(["Hidden projects 120", "Shop 60"]);
      expect(printed.kinds.language).toEqual(kinds.language);
      const other = there(
        await getAnalyticsDetails(tx, { ...scope, batchId: academy.batchIds.B }, { hideProjects: false }, NOW),
      );
      expect([other.kinds.language.top, other.kinds.language.totalMs]).toEqual([[], 0]);
    });
  });

  it("sets two batches side by side", async () => {
    await shared(async (tx, { batchIds }) => {
      const { days, left, right, batches } = await getAnalyticsCompare(tx, batchIds.A, batchIds.B, NOW);
      expect(days).toBe(38);
      expect(batches.map((each) => each.name)).toEqual(["B", "A"]);
      const sides = [left, right].map((side) => ({
        Batch: side?.batch.name,
        Students: count(side?.students ?? null),
        "With data": count(side?.withData ?? null),
        Median: minutes(side?.medianMs),
        Coded: part(side?.coded ?? null),
        Certificates: count(side?.certificates ?? null),
        Demos: count(side?.demos ?? null),
        Presented: part(side?.presented ?? null),
        "With a demo": part(side?.withDemo ?? null),
      }));
      expect(sides).toEqual(example("Both"));
      for (const row of example("Weeks")) {
        const side = row.Batch === "A" ? left : right;
        const week = side?.weeks.find((each) => String(each.week) === row.Week);
        expect({
          Batch: side?.batch.name,
          Week: row.Week,
          Students: count(week?.students ?? null),
          "With data": count(week?.withData ?? null),
          Median: minutes(week?.medianMs),
        }).toEqual(row);
      }
      expect(left?.weeks.map((each) => each.isProvisional)).toEqual([...Array(9).fill(false), true]);
      const one = await getAnalyticsCompare(tx, batchIds.A, null, NOW);
      expect([one.days, one.left?.batch.name, one.right]).toEqual([null, "A", null]);
    });
  });
});
