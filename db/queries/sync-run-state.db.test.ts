import { describe, expect, it } from "vitest";
import { testDb, withRollback } from "@/db/testing/database";
import { createRun } from "@/db/testing/sync-runs";
import { getDashboard } from "./dashboard";
import { getSyncRunProgress } from "./sync-run-detail";

const ADMIN = { id: 0, role: "admin" } as const;
const PLANNED = { plannedAt: new Date("2026-06-10T04:30:00Z"), usersTotal: 4 };

const stateOf = (values: Parameters<typeof createRun>[1]) =>
  withRollback(testDb(), async (tx) => (await getSyncRunProgress(tx, await createRun(tx, values), ADMIN))?.state);

describe("how a run stands", () => {
  it("is waiting until a worker has planned it, however long that takes", async () => {
    expect(await stateOf({})).toBe("waiting");
    expect(await stateOf({ stillSeconds: 3600 })).toBe("waiting");
  });

  it("is running while it moves, and only then", async () => {
    expect(await stateOf({ ...PLANNED })).toBe("running");
    expect(await stateOf({ ...PLANNED, usersDone: 1, stillSeconds: 85 })).toBe("running");
    expect(await stateOf({ ...PLANNED, usersDone: 1, stillSeconds: 90 })).toBe("interrupted");
    expect(await stateOf({ ...PLANNED, usersDone: 0, stillSeconds: 90 })).toBe("waiting");
  });

  it("keeps its end, and tells one with failures from one without", async () => {
    const over = { ...PLANNED, status: "completed", usersDone: 4, stillSeconds: 3600 } as const;
    expect(await stateOf({ ...over, usersOk: 3 })).toBe("completed");
    expect(await stateOf({ ...over, usersOk: 3, usersFailed: 1 })).toBe("completed_with_failures");
    expect(await stateOf({ ...over, status: "failed", usersDone: 2, error: "Nothing moved." })).toBe("failed");
  });
});

describe("the last sync on the dashboard", () => {
  it("is the latest one of everybody: not of a batch, a student or past days; a killed one is not running", async () => {
    await withRollback(testDb(), async (tx) => {
      const now = new Date();
      const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
      const finishedAt = ago(600);
      await createRun(tx, { ...PLANNED, status: "completed", startedAt: ago(610), finishedAt, usersOk: 4 });
      const killed = { ...PLANNED, usersDone: 1, stillSeconds: 600, startedAt: ago(20) };
      const id = await createRun(tx, killed);
      await createRun(tx, { ...killed, windowStart: "2026-01-01", windowEnd: "2026-01-31", startedAt: ago(1) });
      const { lastSync, syncedAsOf } = await getDashboard(tx, now);
      expect(lastSync).toMatchObject({ id, state: "interrupted" });
      expect(new Date(syncedAsOf ?? 0)).toEqual(finishedAt);
    });
  });
});
