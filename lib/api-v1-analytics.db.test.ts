import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { getAnalyticsCoding } from "@/db/queries/analytics-coding";
import { getAnalyticsInactive } from "@/db/queries/analytics-inactive";
import { getAnalyticsOverview } from "@/db/queries/analytics-overview";
import { getAnalyticsTrends } from "@/db/queries/analytics-trends";
import { getV1CodingActivity } from "@/db/queries/analytics-v1-coding";
import { getV1Engagement } from "@/db/queries/analytics-v1-engagement";
import { getStudentOverview } from "@/db/queries/student-overview";
import { enrolment, holiday, riskBand, setting } from "@/db/schema";
import { analyticsAcademy, ACADEMY_NOW as NOW, type StudentName } from "@/db/testing/analytics-academy";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent } from "@/db/testing/factories";
import { workedExample } from "@/db/testing/worked-example";
import { STALE_AFTER_HOURS as FRESH } from "./analytics/freshness";
import {
  toV1CodingActivity,
  toV1CodingTrends,
  toV1DemoTrends,
  toV1Engagement,
  toV1Overview,
  toV1Trends,
} from "./api-v1-analytics";

type Academy = Awaited<ReturnType<typeof analyticsAcademy>>;
const MINUTE_SECONDS = 60;

const example = (heading: string) => workedExample("analytics-v1", heading);
const there = <T>(value: T | null): T => {
  if (value === null) throw new Error("there is no such batch");
  return value;
};
const inAcademy = (run: (tx: Db, academy: Academy) => Promise<void>) =>
  withRollback(testDb(), async (tx) => run(tx, await analyticsAcademy(tx)));
const idOf = ({ batchIds }: Academy, who: string | undefined) => (who === "A" || who === "B" ? batchIds[who] : null);
const scopes = ["all", "A", "B"];
const engagement = async (tx: Db, batchId: number | null) =>
  toV1Engagement(there(await getV1Engagement(tx, batchId, NOW, FRESH)));
const activity = async (tx: Db, batchId: number | null) =>
  toV1CodingActivity(there(await getV1CodingActivity(tx, batchId, NOW, FRESH)));

describe("the worked example of docs/metrics/analytics-v1.md", () => {
  it("has the totals and averages", async () => {
    await inAcademy(async (tx, academy) => {
      for (const row of example("Totals of v1")) {
        const scope = { batchId: idOf(academy, row.Who), period: 7 } as const;
        const found = toV1Overview(there(await getAnalyticsOverview(tx, scope, NOW)));
        expect({ Who: row.Who, ...found }).toEqual({
          Who: row.Who,
          total_students: Number(row.Students),
          total_certificates: Number(row.Certificates),
          total_demos: Number(row.Demos),
          students_with_certificates: Number(row["With certificate"]),
          students_with_demos: Number(row["With demo"]),
          avg_certificates_per_student: Number(row["Certificates each"]),
          avg_demos_per_student: Number(row["Demos each"]),
        });
      }
    });
  });

  it("has the months, and of demos the same", async () => {
    await inAcademy(async (tx, { batchIds }) => {
      const found = there(await getAnalyticsTrends(tx, batchIds.A, NOW));
      const { labels, ...numbers } = toV1Trends(found);
      expect([labels.length, labels[0], labels.at(-1)]).toEqual([12, "2025-07", "2026-06"]);
      expect(Object.values(numbers).map((each) => each.slice(-3))).toEqual([
        [7, 0, 0],
        [1, 2, 0],
        [0, 3, 1],
      ]);
      expect(toV1DemoTrends(found).slice(-2)).toEqual([
        { month: "2026-05", demos_submitted: 3 },
        { month: "2026-06", demos_submitted: 1 },
      ]);
    });
  });

  it("has the streaks, the longest first", async () => {
    await inAcademy(async (tx, { people }) => {
      const { active_streaks: streaks } = await engagement(tx, null);
      const nameOf = (id: number) => Object.entries(people).find(([, { studentId }]) => studentId === id)?.[0];
      expect(
        streaks.map((each) => ({
          Student: nameOf(each.student_id),
          Days: String(each.days),
          Since: each.since,
          Last: each.last,
        })),
      ).toEqual(example("Streaks"));
    });
  });

  it("counts streaks as the student's page does, with rest days, holidays, gaps and a pause", async () => {
    await inAcademy(async (tx, { people, batchIds }) => {
      // Somebody who was paused in May, when zeros arrived, and one whose streak a gap of fifteen dates cut off.
      const paused = await createStudent(tx, { batchId: batchIds.A, fromDate: "2026-04-06", toDate: "2026-05-04" });
      await tx.insert(enrolment).values([
        {
          studentId: paused.studentId,
          batchId: batchIds.A,
          status: "paused",
          fromDate: "2026-05-04",
          toDate: "2026-06-01",
        },
        { studentId: paused.studentId, batchId: batchIds.A, status: "active", fromDate: "2026-06-01" },
      ]);
      const minutes = (dates: [string, number][]) => Object.fromEntries(dates);
      await addCodingDays(
        tx,
        paused.id,
        minutes([
          ["2026-04-30", 30],
          ["2026-05-01", 30],
          ["2026-05-06", 0],
          ["2026-06-01", 60],
          ["2026-06-02", 60],
        ]),
      );
      const cut = await createStudent(tx, { batchId: batchIds.B, fromDate: "2026-05-04" });
      await addCodingDays(
        tx,
        cut.id,
        minutes([
          ["2026-05-22", 60],
          ["2026-06-07", 15],
          ["2026-06-08", 60],
        ]),
      );
      const everybody = [...Object.values(people), paused, cut].map((each) => ({
        studentId: each.studentId,
        userId: "userId" in each ? each.userId : each.id,
      }));
      const compare = async () => {
        const found = await engagement(tx, null);
        const seen = new Map(found.active_streaks.map((each) => [each.student_id, [each.days, each.since, each.last]]));
        for (const { studentId, userId } of everybody) {
          if (studentId === people.Fay.studentId || studentId === people.Kim.studentId) continue;
          const { days, since, last } = (await getStudentOverview(tx, userId, 7, NOW)).streak;
          expect([studentId, seen.get(studentId) ?? [0, null, null]]).toEqual([studentId, [days, since, last]]);
        }
        return everybody.slice(-2).map(({ studentId }) => seen.get(studentId)?.[0]);
      };
      expect(await compare()).toEqual([4, 2]);
      // Ada's zeros on Sundays now end hers, and Eve's on her last days no longer do.
      await tx.insert(setting).values({ key: "rest_days", value: [1, 2, 3, 4, 5, 6] });
      await compare();
      await tx.insert(holiday).values({ date: "2026-06-07", name: "A Sunday off" });
      await compare();
    });
  });

  it("has the seconds of each student by the user behind the student row (old defect 16)", async () => {
    await inAcademy(async (tx, { people, batchIds }) => {
      const all = await activity(tx, null);
      const seconds = Object.fromEntries(
        example("Seconds").map((row) => [people[row.Student as StudentName].studentId, Number(row.Seconds)]),
      );
      for (const { userId, studentId } of Object.values(people)) expect(userId).not.toBe(studentId);
      expect(all.per_student).toEqual(seconds);
      const [a, b] = [await activity(tx, batchIds.A), await activity(tx, batchIds.B)];
      expect([all, a, b].map((each) => each.total_coding_seconds)).toEqual([1_403_700, 819_000, 584_700]);
      expect({ ...a.per_student, ...b.per_student }).toEqual(seconds);
      expect(all.per_language).toEqual({
        Python: 140 * MINUTE_SECONDS,
        Rust: 45 * MINUTE_SECONDS,
        TypeScript: 40 * MINUTE_SECONDS,
      });
      expect([a.per_language, b.per_language]).toEqual([all.per_language, {}]);
    });
  });

  it("has weekdays by week, which add up to the total", async () => {
    await inAcademy(async (tx) => {
      const { heatmap, total_coding_seconds: total } = await activity(tx, null);
      for (const row of example("Weekdays")) {
        const cell = heatmap[Number(row.Weekday)]?.[row.Week ?? ""];
        expect([row.Date, cell]).toEqual([row.Date, Number(row.Minutes) * MINUTE_SECONDS]);
      }
      const cells = Object.values(heatmap).flatMap((weeks) => Object.values(weeks));
      expect(cells.reduce((sum, each) => sum + each, 0)).toBe(total);
    });
  });

  it("has the days: the whole batch, ninety of everybody", async () => {
    await inAcademy(async (tx, { batchIds }) => {
      const whole = { batchId: batchIds.A, period: "batch" } as const;
      const days = toV1CodingTrends(there(await getAnalyticsCoding(tx, whole, NOW)));
      expect(days).toHaveLength(66);
      expect(days[0]).toEqual({
        date: "2026-04-06",
        total_seconds: 285 * MINUTE_SECONDS,
        students_coding: 4,
        students_with_data: 4,
      });
      const all = toV1CodingTrends(there(await getAnalyticsCoding(tx, { batchId: null, period: 90 }, NOW)));
      expect(all[0]).toEqual({ date: "2026-03-13", total_seconds: null, students_coding: 0, students_with_data: 0 });
    });
  });
});

describe("who is inactive, and who stands badly", () => {
  it("is whom the tab of inactive coders names, and nobody of whom nothing is known", async () => {
    await inAcademy(async (tx, academy) => {
      const { people, batchIds } = academy;
      // Came on 1 June, and has no coding since: too new for fourteen days, not for seven.
      const late = await createStudent(tx, { batchId: batchIds.B, fromDate: "2026-06-01", name: "Late" });
      await createConnection(tx, late.id, { lastSyncedAt: NOW });
      await addCodingDays(tx, late.id, { "2026-06-02": 0, "2026-06-08": 0 });
      // Coded today, which a look at the page saw and no sync yet.
      const live = await createStudent(tx, { batchId: batchIds.B, fromDate: "2026-05-04", name: "Live" });
      await createConnection(tx, live.id, {
        lastSyncedAt: new Date(NOW.getTime() - 3_600_000),
        todayDate: "2026-06-10",
        todayMs: 60_000,
        todayFetchedAt: NOW,
      });
      await addCodingDays(tx, live.id, { "2026-06-08": 0 });
      for (const who of scopes) {
        const batchId = idOf(academy, who);
        const asked = (days: 7 | 14 | 30) => getAnalyticsInactive(tx, { batchId, days }, NOW, FRESH).then(there);
        const [week, fortnight, month] = [await asked(7), await asked(14), await asked(30)];
        const found = await engagement(tx, batchId);
        expect([who, found.inactive_students_7d, found.inactive_students_30d]).toEqual([
          who,
          week.inactive.total,
          month.inactive.total,
        ]);
        const { inactive_students: ids } = await activity(tx, batchId);
        expect([who, ids]).toEqual([
          who,
          fortnight.inactive.rows.map((each) => each.studentId).sort((one, other) => one - other),
        ]);
      }
      const all = await engagement(tx, null);
      expect([all.inactive_students_7d, all.inactive_students_30d]).toEqual([3, 1]);
      expect((await activity(tx, null)).inactive_students.sort()).toEqual(
        [people.Eve.studentId, people.Ida.studentId].sort(),
      );
    });
  });

  it("is at watch or act now, most points first, of who counts", async () => {
    await inAcademy(async (tx, { people, batchIds }) => {
      const band = (name: StudentName, batch: "A" | "B", state: "on_track" | "watch" | "act", points: number) => ({
        studentId: people[name].studentId,
        batchId: batchIds[batch],
        state,
        points,
        signals: [],
        fromDate: "2026-06-01",
        checkedAt: NOW,
      });
      await tx
        .insert(riskBand)
        .values([
          band("Ada", "A", "on_track", 1),
          band("Eve", "A", "watch", 3),
          band("Ida", "B", "act", 5),
          band("Fay", "A", "act", 6),
          { ...band("Ben", "A", "act", 7), toDate: "2026-06-05" },
        ]);
      const atRisk = async (batchId: number | null) => (await engagement(tx, batchId)).at_risk_students;
      expect(await atRisk(null)).toEqual([people.Ida.studentId, people.Eve.studentId]);
      expect(await atRisk(batchIds.A)).toEqual([people.Eve.studentId]);
    });
  });

  it("is nobody in an empty batch, and nothing without one", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id: batchId } = await createBatch(tx, { startDate: "2026-05-04", endDate: "2026-07-31" });
      expect(await engagement(tx, batchId)).toEqual({
        inactive_students_7d: 0,
        inactive_students_30d: 0,
        active_streaks: [],
        at_risk_students: [],
      });
      expect(await activity(tx, batchId)).toEqual({
        total_coding_seconds: 0,
        per_student: {},
        per_language: {},
        heatmap: {},
        inactive_students: [],
      });
      const overview = there(await getAnalyticsOverview(tx, { batchId, period: 7 }, NOW));
      expect(toV1Overview(overview)).toMatchObject({ total_students: 0, avg_demos_per_student: 0 });
      expect(await getV1Engagement(tx, 2_147_483_000, NOW, FRESH)).toBeNull();
      expect(await getV1CodingActivity(tx, 2_147_483_000, NOW, FRESH)).toBeNull();
    });
  });
});
