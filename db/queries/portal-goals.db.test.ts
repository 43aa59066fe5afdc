import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { goal } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent } from "@/db/testing/factories";
import { getPortalGoals } from "./portal-goals";

const MINUTE = 60_000;
// Wednesday 10 June 2026 in Lisbon, still Tuesday the 9th in Chicago.
const NOW = new Date("2026-06-10T03:30:00Z");

/** Minutes of a language on one of a person's days. */
const addItem = (userId: number, date: string, kind: "language" | "project", name: string, minutes: number) =>
  testDb().execute(sql`
    with n as (
      insert into coding_name (kind, name) values (${kind}::coding_name_kind, ${name})
      on conflict (kind, name) do update set name = excluded.name returning id
    )
    insert into daily_summary_item (summary_id, name_id, ms)
    select d.id, n.id, ${minutes * MINUTE}::int from daily_summary d, n where d.user_id = ${userId} and d.date = ${date}`);

it("tells what is done of each goal by the student's own dates, and which names there are", async () => {
  const batch = await createBatch(testDb(), { timeZone: "America/Chicago" });
  const { id, studentId } = await createStudent(testDb(), { batchId: batch.id });
  const aims = [
    { slot: 1, period: "day", targetMs: 60 * MINUTE },
    { slot: 2, period: "week", targetMs: 600 * MINUTE },
    { slot: 3, period: "month", targetMs: 3_000 * MINUTE },
    { slot: 5, period: "week", kind: "language", name: "Go", targetMs: 300 * MINUTE },
    { slot: 4, period: "week", kind: "project", name: "not begun", targetMs: 300 * MINUTE },
  ] as const;
  await testDb()
    .insert(goal)
    .values(aims.map((aim) => ({ studentId, ...aim })));
  expect((await getPortalGoals(testDb(), id, NOW)).goals.map(({ doneMs }) => doneMs)).toEqual(Array(5).fill(null));

  // The month from Monday 1 June; Sunday the 7th is last week's; the 10th is tomorrow in Chicago.
  await addCodingDays(testDb(), id, {
    "2026-05-31": 400,
    "2026-06-01": 100,
    "2026-06-07": 50,
    "2026-06-08": 120,
    "2026-06-09": 30,
    "2026-06-10": 500,
  });
  await addItem(id, "2026-06-07", "language", "Go", 50);
  await addItem(id, "2026-06-08", "language", "Go", 70);
  await addItem(id, "2026-06-08", "language", "SQL", 50);
  await addItem(id, "2026-06-08", "project", "tide-tables", 120);
  const shown = async () => {
    const { goals } = await getPortalGoals(testDb(), id, NOW);
    return goals.map(({ slot, doneMs, from, to, daysWithRow }) => [
      ...[slot, doneMs === null ? null : doneMs / MINUTE, from, to, daysWithRow],
    ]);
  };
  expect(await shown()).toEqual([
    [1, 30, "2026-06-09", "2026-06-09", 1],
    [2, 150, "2026-06-08", "2026-06-14", 2],
    [3, 300, "2026-06-01", "2026-06-30", 4],
    // Of the two days one has no details, and says nothing of a language or project.
    [4, 0, "2026-06-08", "2026-06-14", 1],
    [5, 70, "2026-06-08", "2026-06-14", 1],
  ]);
  expect(await getPortalGoals(testDb(), id, NOW)).toMatchObject({
    ...{ zone: "America/Chicago", zoneOf: "batch", today: "2026-06-09", status: null, enrolmentStatus: "active" },
    names: { language: ["Go", "SQL"], project: ["tide-tables"] },
  });

  // Told since the last sync: half an hour more of all coding, nothing of what it went into.
  await createConnection(testDb(), id, {
    ...{ todayDate: "2026-06-09", todayMs: 60 * MINUTE, todayFetchedAt: NOW },
  });
  expect((await shown()).map(([, minutes]) => minutes)).toEqual([60, 180, 330, 0, 70]);

  // East, it is the 10th already: the same instant, other dates.
  await testDb().execute(sql`update "user" set time_zone = 'Europe/Lisbon' where id = ${id}`);
  expect((await shown()).slice(0, 2)).toEqual([
    [1, 500, "2026-06-10", "2026-06-10", 1],
    [2, 650, "2026-06-08", "2026-06-14", 3],
  ]);
});
