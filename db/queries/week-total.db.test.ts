import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { setting } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createStudent } from "@/db/testing/factories";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { formatDuration } from "@/lib/format";
import { getDashboard } from "./dashboard";
import { getStudentOverview } from "./student-overview";
import { listUsers } from "./user-list";

// Wednesday 10 June 2026, 03:30 UTC: still Tuesday the 9th in Chicago, Wednesday the 10th in Lisbon (04:30).
const NOW = new Date("2026-06-10T03:30:00Z");
const LOOKER = { id: 0, role: "admin" } as const;
const ALL = { page: 1, size: 20, q: "", sort: { key: "week", descending: true } } as const;

/** Three students whose numbers are worked out by hand, as the comments beside them do. */
async function threeStudents(tx: Db) {
  await tx.insert(setting).values({ key: "academy_time_zone", value: "America/Chicago" });
  const chicago = await createBatch(tx, { timeZone: "America/Chicago" });

  // Ada, in Chicago: her seven days are 3 … 9 June. 120 + 90 + 0 + 45 = 255 min over 4 days with a row
  // = 63 min 45 s a day. The 2nd (an eighth date) and the 10th (tomorrow, for her) do not count.
  const ada = await createStudent(tx, { name: "Ada", batchId: chicago.id });
  await addCodingDays(tx, ada.id, {
    "2026-06-02": 500,
    "2026-06-03": 120,
    "2026-06-05": 90,
    "2026-06-07": 0,
    "2026-06-09": 45,
    "2026-06-10": 300,
  });

  // Bela, same batch, living in Lisbon: seven days are 4 … 10 June. 60 × 7 = 420 min, 60 a day. The 3rd is the eighth.
  const bela = await createStudent(tx, { name: "Bela", batchId: chicago.id, timeZone: "Europe/Lisbon" });
  const daily = ["04", "05", "06", "07", "08", "09", "10"].map((day) => [`2026-06-${day}`, 60]);
  await addCodingDays(tx, bela.id, { "2026-06-03": 999, ...Object.fromEntries(daily) });

  // Chloé has one row of zero: a total of zero, an average of zero, and that is not the same as no data.
  const chloe = await createStudent(tx, { name: "Chloé", batchId: chicago.id });
  await addCodingDays(tx, chloe.id, { "2026-06-08": 0 });

  // Dunja has nothing within her seven days.
  const dunja = await createStudent(tx, { name: "Dunja", batchId: chicago.id });
  await addCodingDays(tx, dunja.id, { "2026-06-02": 77 });
  return { ada, bela, chloe, dunja, chicago };
}

const MINUTE_MS = 60_000;
const HAND_WORKED = [
  { name: "Bela", week: 420 * MINUTE_MS, days: 7, average: 60 * MINUTE_MS },
  { name: "Ada", week: 255 * MINUTE_MS, days: 4, average: 63.75 * MINUTE_MS },
  { name: "Chloé", week: 0, days: 1, average: 0 },
  { name: "Dunja", week: null, days: 0, average: null },
];

describe("7-day total and daily average: seven dates, a missing day is not a zero", () => {
  it("are the hand-worked numbers in the users list, sorted by them", async () => {
    await withRollback(testDb(), async (tx) => {
      await threeStudents(tx);
      const { rows } = await listUsers(tx, ALL, LOOKER, NOW);
      const found = rows.map((row) => ({
        name: row.name,
        week: row.weekMs,
        days: row.weekDays,
        average: dailyAverageMs(row.weekMs, row.weekDays),
      }));
      expect(found).toEqual(HAND_WORKED);
      expect(formatDuration(found[1]?.week ?? -1)).toBe("4 h 15 min");
      expect(formatDuration(found[1]?.average ?? -1)).toBe("1 h 3 min");
    });
  });

  it("are the same on the dashboard and in the student's own portal", async () => {
    await withRollback(testDb(), async (tx) => {
      const people = await threeStudents(tx);
      const dashboard = await getDashboard(tx, NOW);
      for (const expected of HAND_WORKED) {
        const recent = dashboard.recentStudents.find((each) => each.name === expected.name);
        expect(recent).toMatchObject({ weekMs: expected.week, weekDays: expected.days });
      }
      const own = await getStudentOverview(tx, people.ada.id, 7, NOW);
      expect(own).toMatchObject({ week: { totalMs: 255 * MINUTE_MS, days: 4 }, zone: "America/Chicago" });
    });
  });

  it("have the median of those with data: of 0, 255 and 420 minutes it is 255", async () => {
    await withRollback(testDb(), async (tx) => {
      await threeStudents(tx);
      const [active] = (await getDashboard(tx, NOW)).activeBatches;
      expect(active).toMatchObject({ students: 4, studentsWithData: 3, medianWeekMs: 255 * MINUTE_MS });
    });
  });

  it("follow the enrolment: a paused student is in no median and no bar", async () => {
    await withRollback(testDb(), async (tx) => {
      const { chicago } = await threeStudents(tx);
      const paused = await createStudent(tx, { name: "Emre", batchId: chicago.id, status: "paused" });
      await addCodingDays(tx, paused.id, { "2026-06-09": 600 });
      const dashboard = await getDashboard(tx, NOW);
      expect(dashboard.activeBatches[0]).toMatchObject({ students: 4, medianWeekMs: 255 * MINUTE_MS });
      const ninth = dashboard.activity.find((day) => day.date === "2026-06-09");
      expect(ninth?.totalMs).toBe((45 + 60) * MINUTE_MS);
    });
  });
});
