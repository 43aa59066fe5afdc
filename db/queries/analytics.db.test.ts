import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import type { AnalyticsListName, AnalyticsPeriod } from "@/db/enums";
import { ACADEMY_NOW, analyticsAcademy, STUDENT_NAMES, type StudentName } from "@/db/testing/analytics-academy";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createStudent } from "@/db/testing/factories";
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
import type { Part } from "./analytics-shape";
import { getAnalyticsTrends } from "./analytics-trends";
import { listStudents } from "./student-list";

type Academy = Awaited<ReturnType<typeof analyticsAcademy>>;
const NOW = ACADEMY_NOW;
const MINUTE_MS = 60_000;
const ALL_28 = { batchId: null, period: 28 } as const;

const example = (heading: string) => workedExample("analytics", heading);
const minutes = (ms: number | null | undefined) => (ms == null ? "–" : String(ms / MINUTE_MS));
const count = (value: number | null) => (value === null ? "–" : String(value));
const part = (value: Part | null) => (value ? `${value.part} of ${value.of}` : "–");
const there = <T>(value: T | null): T => {
  if (value === null) throw new Error("there is no such batch");
  return value;
};
const inAcademy = <T>(run: (tx: Db, academy: Academy) => Promise<T>, order?: StudentName[]) =>
  withRollback(testDb(), async (tx) => run(tx, await analyticsAcademy(tx, order)));

/** One academy for all tests of a group, in a transaction that stays open for as long; each test is rolled back. */
function sharedAcademy() {
  let end = () => {};
  let ended: Promise<unknown> = Promise.resolve();
  let made: { tx: Db; academy: Academy } | undefined;
  beforeAll(
    () =>
      new Promise<void>((begun, failed) => {
        ended = inAcademy((tx, academy) => {
          made = { tx, academy };
          begun();
          return new Promise<void>((resolve) => {
            end = resolve;
          });
        }).catch(failed);
      }),
  );
  afterAll(async () => {
    end();
    await ended;
  });
  return (run: (tx: Db, academy: Academy) => Promise<void>): Promise<void> => {
    if (!made) throw new Error("the academy was not made");
    const { tx: outer, academy } = made;
    return withRollback(outer, (tx) => run(tx, academy));
  };
}
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

  it("has a list behind each number with as many rows, and the students list has the same people", async () => {
    await shared(async (tx, academy) => {
      for (const batchId of [null, academy.batchIds.A, academy.batchIds.B]) {
        const scope = { batchId, period: 28 } as const;
        const overview = there(await getAnalyticsOverview(tx, scope, NOW));
        const { medianMs, coded, presented, withDemo, certificates, demos, students } = overview;
        const lengths: Partial<Record<AnalyticsListName, number | null>> = {
          students: students.now,
          coded: coded.now.part,
          not_coded: coded.now.of - coded.now.part,
          no_data: medianMs.withData.now.of - medianMs.withData.now.part,
          certificates: certificates.now,
          demos: demos.now,
          presented: presented.now.part,
          not_presented: presented.now.of - presented.now.part,
          with_demo: withDemo.now.part,
          without_demo: withDemo.now.of - withDemo.now.part,
        };
        for (const list of Object.keys(lengths) as AnalyticsListName[]) {
          const all = there(await getAnalyticsList(tx, scope, list, null, NOW));
          expect([list, all.total, all.rows.length]).toEqual([list, lengths[list], lengths[list]]);
          const page = there(await getAnalyticsList(tx, scope, list, { offset: 1, limit: 2 }, NOW));
          expect([page.total, page.rows]).toEqual([all.total, all.rows.slice(1, 3)]);
        }
        const listed = await listStudents(
          tx,
          { q: "", batch: batchId, sort: { key: "name", descending: false }, page: 1, size: 100 },
          { id: 0, role: "admin" },
          NOW,
        );
        const counted = there(await getAnalyticsList(tx, scope, "students", null, NOW));
        expect(counted.rows.map((row) => row.name).sort()).toEqual(listed.rows.map((row) => row.name).sort());
      }
    });
  });
});

/** Everything that every tab says, without the ids, which differ from one academy to the next. */
async function everything(tx: Db, { batchIds }: Academy): Promise<{ tabs: unknown; trends: unknown }> {
  const tabs: unknown[] = [await getAnalyticsCompare(tx, batchIds.A, batchIds.B, NOW)];
  const trends: unknown[] = [];
  for (const batchId of [null, batchIds.A, batchIds.B]) {
    const scope = { batchId, period: batchId ? "batch" : 28 } as const;
    tabs.push(
      await getAnalyticsOverview(tx, { batchId, period: 28 }, NOW),
      await getAnalyticsCoding(tx, { batchId, period: 28 }, NOW),
      await getAnalyticsHeatMap(tx, scope, NOW),
      await getAnalyticsParticipation(tx, scope, NOW),
      await getAnalyticsDetails(tx, scope, { hideProjects: true }, NOW),
      await getAnalyticsInactive(tx, { batchId, days: 7 }, NOW, STALE_AFTER_HOURS),
    );
    trends.push(await getAnalyticsTrends(tx, batchId, NOW));
  }
  const ids = ["studentId", "userId", "batchId", "id"];
  const plain = JSON.stringify({ tabs, trends }, (key, value) => (ids.includes(key) ? undefined : value));
  return JSON.parse(plain) as { tabs: unknown; trends: unknown };
}

describe("whoever they are", () => {
  const told = (order?: StudentName[]) => inAcademy(everything, order);

  it("come in any order, and nothing changes; pause, and it is as if they were not there, but for what happened", async () => {
    const { trends, ...tabs } = await told();
    for (const order of [
      [...STUDENT_NAMES].reverse(),
      STUDENT_NAMES.map((_, index) => STUDENT_NAMES[(index * 5 + 3) % 12] as StudentName),
    ]) {
      expect(await told(order)).toEqual({ trends, ...tabs });
    }
    const without = await told(STUDENT_NAMES.filter((name) => name !== "Fay"));
    expect({ ...without, trends: null }).toEqual({ ...tabs, trends: null });
    expect(without.trends).not.toEqual(trends);
  });
});

describe("a batch that is over, has not begun, or is not there", () => {
  it("ends on its last day, with who stayed until then", async () => {
    await withRollback(testDb(), async (tx) => {
      const dates = { startDate: "2025-09-01", endDate: "2025-12-19" };
      const { id: batchId } = await createBatch(tx, dates);
      const own = { batchId, fromDate: dates.startDate };
      // Graduated on the last day, graduated later without an end, never graduated; and two who did not stay.
      const one = await createStudent(tx, { ...own, name: "One", status: "graduated", toDate: "2025-12-20" });
      const two = await createStudent(tx, { ...own, name: "Two", status: "graduated" });
      await createStudent(tx, { ...own, name: "Three", status: "active" });
      const four = await createStudent(tx, { ...own, name: "Four", status: "dropped", toDate: "2025-10-01" });
      await createStudent(tx, { ...own, name: "Five", status: "active", toDate: "2025-10-01" });
      await addCodingDays(tx, one.id, { "2025-12-13": 60, "2025-12-12": 500, "2025-12-20": 500 });
      await addCodingDays(tx, two.id, { "2025-12-19": 90 });
      await addCodingDays(tx, four.id, { "2025-12-19": 900 });
      const found = there(await getAnalyticsOverview(tx, { batchId, period: 7 }, NOW));
      expect(found.frame).toMatchObject({
        batch: { isOver: true, state: "ended" },
        span: { from: "2025-12-13", to: "2025-12-19" },
        students: 3,
      });
      expect(found.medianMs).toMatchObject({ now: 75 * MINUTE_MS, before: 500 * MINUTE_MS });
      const { months } = there(await getAnalyticsTrends(tx, batchId, NOW));
      expect(months.at(-1)?.month).toBe("2025-12");
      expect(months.find((each) => each.month === "2025-09")?.students).toBe(5);
    });
  });

  it("is empty, or null", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id: batchId } = await createBatch(tx, { startDate: "2026-09-07", endDate: "2026-12-18" });
      await createStudent(tx, { batchId, fromDate: "2026-09-07" });
      const found = there(await getAnalyticsOverview(tx, { batchId, period: "batch" }, NOW));
      expect(found.frame).toMatchObject({ span: null, before: null, students: 0 });
      expect(found.medianMs.now).toBeNull();
      expect(there(await getAnalyticsCoding(tx, { batchId, period: 28 }, NOW))).toMatchObject({
        totalMs: null,
        days: [],
      });
      const { days, left } = await getAnalyticsCompare(tx, batchId, batchId, NOW);
      expect([days, left?.weeks]).toEqual([null, []]);
      expect(await getAnalyticsOverview(tx, { batchId: batchId + 1, period: 28 }, NOW)).toBeNull();
      const all = there(await getAnalyticsOverview(tx, { batchId: null, period: "batch" }, NOW));
      expect(all.frame.period).toBe(28);
    });
  });
});
