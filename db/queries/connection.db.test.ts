import { expect, it } from "vitest";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent } from "@/db/testing/factories";
import { addDays, eachDay } from "@/lib/dates";
import { getOwnConnection } from "./connection";
import { getStudentOverview } from "./student-overview";

const NOW = new Date("2026-06-10T12:00:00Z");

it("fourteen days of zero are stored days, and no coding: the plugin is what is missing", async () => {
  await withRollback(testDb(), async (tx) => {
    const { id } = await createStudent(tx, { timeZone: "UTC" });
    await createConnection(tx, id, { lastSyncedAt: NOW });
    const days = eachDay(addDays("2026-06-10", -13), "2026-06-10");
    await addCodingDays(tx, id, Object.fromEntries(days.map((date) => [date, 0])));
    const told = async () => {
      const { days, hasCoding } = await getOwnConnection(tx, id);
      return { days, hasCoding, hasData: (await getStudentOverview(tx, id, 14, NOW)).steps.hasData };
    };
    expect(await told()).toEqual({ days: 14, hasCoding: false, hasData: false });
    // A minute that WakaTime told since the last sync is coding, too.
    await tx.execute(
      `update connection set today_date = '2026-06-10', today_ms = 60000, today_fetched_at = now() where user_id = ${id}`,
    );
    expect(await told()).toEqual({ days: 14, hasCoding: true, hasData: true });
    await tx.execute(`update connection set today_date = null, today_ms = null, today_fetched_at = null`);
    await tx.execute(`update daily_summary set total_ms = 1 where user_id = ${id} and date = '2026-05-28'`);
    expect(await told()).toEqual({ days: 14, hasCoding: true, hasData: true });
  });
});

it("dates of the link are those of the student's own zone, else the batch's", async () => {
  await withRollback(testDb(), async (tx) => {
    const evening = new Date("2026-06-10T03:30:00Z");
    const batch = await createBatch(tx, { timeZone: "America/Chicago" });
    const chicago = await createStudent(tx, { batchId: batch.id });
    const tokyo = await createStudent(tx, { batchId: batch.id, timeZone: "Asia/Tokyo" });
    const broken = {
      createdAt: evening,
      status: "needs_reconnect" as const,
      brokenAt: new Date("2026-06-10T16:00:00Z"),
    };
    for (const { id } of [chicago, tokyo]) await createConnection(tx, id, broken);
    expect(await getOwnConnection(tx, chicago.id)).toMatchObject({
      connectedOn: "2026-06-09",
      brokenOn: "2026-06-10",
    });
    expect(await getOwnConnection(tx, tokyo.id)).toMatchObject({ connectedOn: "2026-06-10", brokenOn: "2026-06-11" });
  });
});
