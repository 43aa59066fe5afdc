import { describe, expect, it } from "vitest";
import type { ConnectionStatus, SyncOutcomeKind } from "@/db/enums";
import { syncGap } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createConnection, createStudent, createUser } from "@/db/testing/factories";
import { addOutcome, createRun } from "@/db/testing/sync-runs";
import { getSyncRunDetail } from "./sync-run-detail";
import { getStudentSync } from "./sync-student-history";
import { listSyncStudents } from "./sync-student-list";

const ADMIN = { id: 0, role: "admin" } as const;
const LIST = { page: 1, size: 20, q: "", sort: { key: "name", descending: false } } as const;
const BY_SYNCED = { ...LIST, sort: { key: "synced", descending: false } } as const;

describe("the outcomes of a run", () => {
  it("are grouped by kind and reason: the largest first, the skipped last, fifty named and all counted", async () => {
    await withRollback(testDb(), async (tx) => {
      const runId = await createRun(tx);
      for (let number = 1; number <= 53; number += 1) {
        const { id } = await createStudent(tx, { name: `Student ${String(number).padStart(2, "0")}` });
        await addOutcome(tx, runId, id, "unavailable", "WakaTime answered 503.");
      }
      const one = async (name: string, ...outcome: [Parameters<typeof addOutcome>[3], string?]) =>
        addOutcome(tx, runId, (await createStudent(tx, { name })).id, ...outcome);
      await one("zoe", "unavailable", "WakaTime answered 500.");
      await one("Ann", "unavailable", "WakaTime answered 500.");
      await one("Boris", "needs_reconnect", "refused");
      for (const name of ["S1", "S2", "S3"]) await one(name, "skipped", "not called: paused");
      await one("Fine", "ok");

      const detail = await getSyncRunDetail(tx, runId, ADMIN);
      expect(detail?.groups.map(({ kind, reason, total, students }) => [kind, reason, total, students.length])).toEqual(
        [
          ["unavailable", "WakaTime answered 503.", 53, 50],
          ["unavailable", "WakaTime answered 500.", 2, 2],
          ["needs_reconnect", "refused", 1, 1],
          ["skipped", "not called: paused", 3, 3],
        ],
      );
      expect(detail?.groups[0]?.students[0]?.name).toBe("Student 01");
      expect(detail?.groups[0]?.students.at(-1)?.name).toBe("Student 50");
      expect(detail?.groups[1]?.students.map(({ name }) => name)).toEqual(["Ann", "zoe"]);
      expect(Object.fromEntries((detail?.kinds ?? []).map(({ kind, students }) => [kind, students]))).toEqual({
        ok: 1,
        skipped: 3,
        needs_reconnect: 1,
        unavailable: 55,
      });
      expect(detail).toMatchObject({ daysUnchanged: 12, daysUnavailable: 0 });
    });
  });
});

describe("the list of connected students", () => {
  it("filters by state and by the batch of today, and sorts the never synced as the oldest", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      const student = async (name: string, values: Parameters<typeof createConnection>[2], batchId?: number) => {
        const { id } = await createStudent(tx, { name, ...(batchId ? { batchId } : {}) });
        await createConnection(tx, id, values);
        return id;
      };
      const ada = await student("Ada", { lastSyncedAt: new Date("2026-06-09T04:30:00Z") }, batch.id);
      await student("Bela", { lastSyncedAt: new Date("2026-06-10T04:30:00Z") });
      await student("Chloé", {}, batch.id);
      await student("Dunja", { status: "needs_reconnect", brokenAt: new Date(), lastError: "refused" });
      await createStudent(tx, { name: "Never connected", batchId: batch.id });
      const runId = await createRun(tx);
      await addOutcome(tx, await createRun(tx), ada, "ok");
      await addOutcome(tx, runId, ada, "unavailable", "WakaTime answered 503.");

      const names = async (filters: Partial<Parameters<typeof listSyncStudents>[1]>) =>
        (await listSyncStudents(tx, { ...BY_SYNCED, ...filters }, ADMIN)).rows.map(({ name }) => name);
      expect(await names({})).toEqual(["Chloé", "Dunja", "Ada", "Bela"]);
      expect(await names({ sort: { key: "synced", descending: true } })).toEqual(["Bela", "Ada", "Dunja", "Chloé"]);
      expect(await names({ state: "needs_reconnect" })).toEqual(["Dunja"]);
      expect(await names({ batch: batch.id })).toEqual(["Chloé", "Ada"]);
      expect(await names({ q: "chloe" })).toEqual(["Chloé"]);
      const { rows, total } = await listSyncStudents(tx, { ...BY_SYNCED, q: "ada", size: 1 }, ADMIN);
      expect(total).toBe(1);
      expect(rows[0]).toMatchObject({ lastOutcome: "unavailable", batchName: batch.name, status: "active" });
    });
  });
});

describe("the students behind an outcome", () => {
  it("are all of them, by kind and reason, those too who are connected no more", async () => {
    await withRollback(testDb(), async (tx) => {
      const run = await createRun(tx, { startedAt: new Date("2026-06-10T04:30:00Z") });
      const earlier = await createRun(tx);
      const student = async (name: string, ...outcome: [Parameters<typeof addOutcome>[3], string?]) => {
        const { id } = await createStudent(tx, { name });
        await createConnection(tx, id);
        await addOutcome(tx, run, id, ...outcome);
        return id;
      };
      for (let number = 1; number <= 53; number += 1) {
        await student(`Student ${String(number).padStart(2, "0")}`, "unavailable", "WakaTime answered 503.");
      }
      await student("Ann", "unavailable", "WakaTime answered 500.");
      await student("Bela", "unavailable");
      const fine = await student("Fine", "ok");
      await addOutcome(tx, earlier, fine, "unavailable", "WakaTime answered 503.");
      const { id: gone } = await createStudent(tx, { name: "Gone" });
      await addOutcome(tx, run, gone, "skipped", "not called: unknown");

      const behind = async (outcome: SyncOutcomeKind | null, reason: string | null, page = 1) => {
        const filters = { ...LIST, page, run, outcome, reason };
        const { rows, total, runStartedAt } = await listSyncStudents(tx, filters, ADMIN);
        expect(new Date(runStartedAt ?? 0)).toEqual(new Date("2026-06-10T04:30:00Z"));
        return [total, rows.length, rows.at(-1)?.name];
      };
      expect(await behind("unavailable", "WakaTime answered 503.", 3)).toEqual([53, 13, "Student 53"]);
      expect(await behind("unavailable", "WakaTime answered 500.")).toEqual([1, 1, "Ann"]);
      expect(await behind("unavailable", "")).toEqual([1, 1, "Bela"]);
      expect(await behind("unavailable", null, 3)).toEqual([55, 15, "Student 53"]);
      expect(await behind("skipped", null)).toEqual([1, 1, "Gone"]);
      expect(await behind(null, null, 3)).toEqual([57, 17, "Student 53"]);
      expect(await behind("failed", null)).toEqual([0, 0, undefined]);
    });
  });
});

describe("the number of connected students", () => {
  it("leaves out people who have a link and are no students, whatever the filter", async () => {
    await withRollback(testDb(), async (tx) => {
      for (const role of ["admin", "instructor", "user"] as const) {
        await createConnection(tx, (await createUser(tx, { role })).id, { status: "needs_reconnect" });
      }
      for (const status of ["active", "active", "needs_reconnect"] as const) {
        await createConnection(tx, (await createStudent(tx)).id, { status });
      }
      const count = async (state: ConnectionStatus | null) => {
        const { rows, total } = await listSyncStudents(tx, { ...BY_SYNCED, state }, ADMIN);
        expect(rows).toHaveLength(total);
        return total;
      };
      expect([await count(null), await count("active"), await count("needs_reconnect")]).toEqual([3, 2, 1]);
      expect(await count("scope_missing")).toBe(0);
    });
  });
});

describe("a student's sync history", () => {
  it("has the link's state and gaps with both ends included, and no secret", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id } = await createStudent(tx, { name: "Ada" });
      const stored = await createConnection(tx, id, {
        accessTokenEncrypted: "ciphertext-a",
        refreshTokenEncrypted: "ciphertext-b",
        scopes: ["email", "read_summaries"],
        plan: "basic",
      });
      await tx
        .insert(syncGap)
        .values({ userId: id, fromDate: "2026-05-01", toDate: "2026-05-08", reason: "Not in the plan." });
      const sync = await getStudentSync(tx, id, ADMIN);
      expect(sync?.connection).toMatchObject({ status: "active", plan: "basic", scopes: ["email", "read_summaries"] });
      expect(sync?.gaps).toEqual([{ from: "2026-05-01", to: "2026-05-07", reason: "Not in the plan." }]);
      const text = JSON.stringify(sync);
      for (const secret of ["ciphertext", stored.wakatimeUid, stored.keyId]) expect(text).not.toContain(secret);
    });
  });

  it("is empty for a student who never connected, and nobody for one who is no student", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id } = await createStudent(tx);
      expect(await getStudentSync(tx, id, ADMIN)).toMatchObject({ connection: null, outcomes: [], gaps: [] });
      expect(await getStudentSync(tx, 2_000_000_000, ADMIN)).toBeNull();
    });
  });
});
