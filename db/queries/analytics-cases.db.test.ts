import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import type { AnalyticsListName } from "@/db/enums";
import { ACADEMY_NOW, STUDENT_NAMES, type StudentName } from "@/db/testing/analytics-academy";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createStudent } from "@/db/testing/factories";
import { type Academy, inAcademy, there } from "@/db/testing/in-academy";
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
import { listStudents } from "./student-list";

const NOW = ACADEMY_NOW;
const MINUTE_MS = 60_000;

it("every number has a list behind it with as many rows, and the students list has the same people", async () => {
  await inAcademy(async (tx, academy) => {
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
