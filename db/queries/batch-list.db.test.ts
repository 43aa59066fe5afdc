import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { batchInstructor, keyUse } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createStudent, createUser } from "@/db/testing/factories";
import { type BatchFilters, countBatchesBy, listBatches } from "./batch-list";
import type { Looker } from "./user-list";

// Monday 1 June 2026, 00:30 UTC: already 14:30 on the 1st in Kiritimati, still 13:30 on 31 May in Pago Pago.
const NOW = new Date("2026-06-01T00:30:00Z");
const ADMIN: Looker = { id: 0, role: "admin" };
const ALL: BatchFilters = { q: "", sort: { key: "start", descending: true }, page: 1, size: 20 };
const MINUTE_MS = 60_000;

const names = async (tx: Db, filters: Partial<BatchFilters>, looker: Looker = ADMIN) =>
  (await listBatches(tx, { ...ALL, ...filters }, looker, NOW)).rows.map((row) => row.name).sort();

describe("a batch's state", () => {
  it("goes by its own calendar day, not by the server's", async () => {
    await withRollback(testDb(), async (tx) => {
      for (const [place, timeZone] of Object.entries({ east: "Pacific/Kiritimati", west: "Pacific/Pago_Pago" })) {
        await createBatch(tx, { name: `begins ${place}`, startDate: "2026-06-01", endDate: "2026-08-01", timeZone });
        await createBatch(tx, { name: `ended ${place}`, startDate: "2026-03-01", endDate: "2026-05-31", timeZone });
      }
      expect(await names(tx, { state: "upcoming" })).toEqual(["begins west"]);
      expect(await names(tx, { state: "running" })).toEqual(["begins east", "ended west"]);
      expect(await names(tx, { state: "ended" })).toEqual(["ended east"]);
    });
  });

  it("leaves archived batches out until they are asked for, and counts them", async () => {
    await withRollback(testDb(), async (tx) => {
      await createBatch(tx, { name: "kept" });
      await createBatch(tx, { name: "put away", archivedAt: NOW });
      expect(await names(tx, {})).toEqual(["kept"]);
      expect(await names(tx, { state: "archived" })).toEqual(["put away"]);
      expect(await names(tx, { state: "all" })).toEqual(["kept", "put away"]);
      const counted = await countBatchesBy(tx, "state", { q: "" }, ADMIN, NOW);
      expect(Object.fromEntries(counted.map(({ value, count }) => [value, count]))).toEqual({
        running: 1,
        archived: 1,
        unarchived: 1,
        all: 2,
      });
    });
  });
});

describe("the batches list", () => {
  it("searches names literally, sorts and pages with the exact total", async () => {
    await withRollback(testDb(), async (tx) => {
      for (const [index, name] of ["100 % evening", "Évening B", "Morning_C", "MorningXC"].entries()) {
        await createBatch(tx, { name, startDate: `2026-0${index + 1}-01` });
      }
      expect(await names(tx, { q: "%" })).toEqual(["100 % evening"]);
      expect(await names(tx, { q: "g_c" })).toEqual(["Morning_C"]);
      expect(await names(tx, { q: "EVENING" })).toEqual(["100 % evening", "Évening B"]);
      const second = await listBatches(tx, { ...ALL, page: 2, size: 20 }, ADMIN, NOW);
      expect(second).toMatchObject({ rows: [], total: 4, page: 2 });
      const first = await listBatches(tx, ALL, ADMIN, NOW);
      expect(first.rows.map((row) => row.startDate)).toEqual(["2026-04-01", "2026-03-01", "2026-02-01", "2026-01-01"]);
    });
  });

  it("counts active students of today only, and takes the median of those who have data", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id: batchId } = await createBatch(tx, { capacity: 30, timeZone: "UTC" });
      const minutes = async (student: { id: number }, total: number) =>
        addCodingDays(tx, student.id, { "2026-05-30": total });
      await minutes(await createStudent(tx, { batchId }), 100);
      await minutes(await createStudent(tx, { batchId }), 300);
      await createStudent(tx, { batchId });
      // Neither of these counts: paused, gone since today, not yet there.
      await minutes(await createStudent(tx, { batchId, status: "paused" }), 900);
      await minutes(await createStudent(tx, { batchId, toDate: "2026-06-01" }), 900);
      await minutes(await createStudent(tx, { batchId, fromDate: "2026-06-02" }), 900);
      const { rows } = await listBatches(tx, ALL, ADMIN, NOW);
      expect(rows[0]).toMatchObject({ students: 3, studentsWithData: 2, capacity: 30, medianWeekMs: 200 * MINUTE_MS });
    });
  });

  it("old defect 4: shows a key to admins and to the batch's own instructors, and to nobody else", async () => {
    await withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { role: "instructor" });
      const own = await createBatch(tx, { name: "own", registrationKey: "OWN-KEY" });
      await createBatch(tx, { name: "other", registrationKey: "OTHER-KEY" });
      await tx.insert(batchInstructor).values({ batchId: own.id, userId: teacher.id });
      const keys = async (looker: Looker) =>
        Object.fromEntries(
          (await listBatches(tx, ALL, looker, NOW)).rows.map((row) => [row.name, row.registrationKey]),
        );
      expect(await keys(ADMIN)).toEqual({ own: "OWN-KEY", other: "OTHER-KEY" });
      expect(await keys({ id: teacher.id, role: "instructor" })).toEqual({ own: "OWN-KEY", other: null });
      expect(await names(tx, { mine: "me" }, { id: teacher.id, role: "instructor" })).toEqual(["own"]);
    });
  });
});

describe("what a key does", () => {
  it.each([
    ["open", {}],
    ["off", { keyActive: false }],
    ["over", { archivedAt: NOW }],
    ["over", { endDate: "2026-05-30" }],
    ["expired", { keyExpiresAt: NOW }],
    ["open", { keyExpiresAt: new Date(NOW.getTime() + 1) }],
    ["used_up", { keyMaxUses: 2 }],
    ["open", { keyMaxUses: 3 }],
    ["full", { capacity: 3 }],
    ["open", { capacity: 4 }],
  ] as const)("is %s with %o", async (state, values) => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { timeZone: "UTC", ...values });
      // Two have used the key. Three places are taken: one active, one paused, one invited for later; two are free again.
      for (const status of ["active", "paused"] as const) {
        const { id: userId } = await createStudent(tx, { batchId: batch.id, status });
        await tx.insert(keyUse).values({ batchId: batch.id, userId });
      }
      await createStudent(tx, { batchId: batch.id, status: "invited", fromDate: "2026-07-01" });
      await createStudent(tx, { batchId: batch.id, status: "dropped" });
      await createStudent(tx, { batchId: batch.id, toDate: "2026-06-01" });
      const { rows } = await listBatches(tx, { ...ALL, state: "all" }, ADMIN, NOW);
      expect(rows[0]?.keyState).toBe(state);
      expect(await names(tx, { state: "all", key: state })).toHaveLength(1);
      expect(await countBatchesBy(tx, "key", { q: "", state: "all" }, ADMIN, NOW)).toMatchObject([
        { value: state, count: 1 },
      ]);
    });
  });
});
