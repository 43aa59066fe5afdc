import { describe, expect, it } from "vitest";
import { testDb, withRollback } from "@/db/testing/database";
import { createConnection, createStudent } from "@/db/testing/factories";
import { createRun } from "@/db/testing/sync-runs";
import { getOwnConnection } from "./connection";
import { getDashboard } from "./dashboard";
import { getSyncRunProgress } from "./sync-run-detail";
import { getSyncSubject } from "./sync-scope";
import { getStudentSync } from "./sync-student-history";

const ADMIN = { id: 0, role: "admin" } as const;
const PLANNED = { plannedAt: new Date("2026-06-10T04:30:00Z"), usersTotal: 4 };

const stateOf = (values: Parameters<typeof createRun>[1]) =>
  withRollback(testDb(), async (tx) => (await getSyncRunProgress(tx, await createRun(tx, values), ADMIN))?.state);

describe("how a run stands", () => {
  it("is waiting until a worker has planned it, however long that takes", async () => {
    expect(await stateOf({})).toBe("waiting");
    expect(await stateOf({ stillSeconds: 3600 })).toBe("waiting");
  });

  it("is waiting, too, while its students are known and no worker has begun with them", async () => {
    const fresh = { plannedAt: new Date(), usersTotal: 4 };
    expect(await stateOf(fresh)).toBe("waiting");
    expect(await stateOf({ ...fresh, usersDone: 1 })).toBe("running");
    // Touched again some seconds after it was planned: at work, though nobody is through yet.
    expect(await stateOf({ ...fresh, plannedAt: new Date(Date.now() - 10_000) })).toBe("running");
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

const AGO = (seconds: number) => new Date(Date.now() - seconds * 1000);

/** A run of one student that was asked for `age` seconds ago, with the lease that its worker holds or left. */
const ofOneStudent = (age: number, lease?: { ends: number; owner?: string }) =>
  withRollback(testDb(), async (tx) => {
    const { id: userId } = await createStudent(tx);
    const run = { scopeUserId: userId, usersTotal: 1, plannedAt: AGO(age), startedAt: AGO(age), stillSeconds: age };
    const id = await createRun(tx, run);
    const leaseOwner = lease && (lease.owner ?? `run:${id}:a-worker`);
    await createConnection(tx, userId, lease ? { leaseOwner, leaseUntil: AGO(-lease.ends) } : {});
    const history = await getStudentSync(tx, userId, ADMIN);
    expect(history?.openRun?.id).toBe(id);
    const subject = await getSyncSubject(tx, { userId });
    return {
      state: history?.openRun?.state,
      keepsOthersOut: subject?.openRunId === id,
      leased: subject?.leased,
      tellsTheStudent: (await getOwnConnection(tx, userId)).running,
    };
  });

describe("how a run of one student stands", () => {
  it("is waiting while nobody holds their link for it", async () => {
    const waiting = { state: "waiting", keepsOthersOut: true, leased: false, tellsTheStudent: true };
    expect(await ofOneStudent(0)).toEqual(waiting);
    expect(await ofOneStudent(30, { ends: -5, owner: "run:999999:another" })).toEqual(waiting);
  });

  it("is running while their link is held for it", async () => {
    const running = { state: "running", keepsOthersOut: true, leased: true, tellsTheStudent: true };
    expect(await ofOneStudent(1, { ends: 60 })).toEqual(running);
  });

  it("is interrupted once a killed worker's hold has ended: nobody is told to wait for it", async () => {
    const killed = { state: "interrupted", keepsOthersOut: false, leased: false, tellsTheStudent: false };
    expect(await ofOneStudent(120, { ends: -1 })).toEqual(killed);
    expect(await ofOneStudent(5 * 3600, { ends: -3600 })).toEqual(killed);
  });

  it("does not tell the student for hours that they are read when no worker ever comes", async () => {
    expect(await ofOneStudent(14 * 60)).toMatchObject({ state: "waiting", tellsTheStudent: true });
    expect(await ofOneStudent(16 * 60)).toMatchObject({ state: "waiting", tellsTheStudent: false });
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

  it("makes the sums fresh only when most of those to be read were read", async () => {
    const freshAfter = (values: Parameters<typeof createRun>[1]) =>
      withRollback(testDb(), async (tx) => {
        const finishedAt = AGO(3600);
        const over = { ...PLANNED, status: "completed" as const };
        await createRun(tx, { ...over, usersDone: 4, usersOk: 3, usersFailed: 1, startedAt: AGO(7200), finishedAt });
        await createRun(tx, { ...over, startedAt: AGO(600), finishedAt: AGO(60), ...values });
        const { syncedAsOf } = await getDashboard(tx, new Date());
        return new Date(syncedAsOf ?? 0) > finishedAt;
      });
    expect(await freshAfter({ usersDone: 4, usersOk: 3, usersFailed: 1 })).toBe(true);
    expect(await freshAfter({ usersTotal: 100, usersDone: 100, usersOk: 2, usersFailed: 1 })).toBe(true);
    expect(await freshAfter({ usersDone: 4, usersOk: 2, usersFailed: 2 })).toBe(false);
    expect(await freshAfter({ usersDone: 4, usersFailed: 4 })).toBe(false);
    expect(await freshAfter({ usersTotal: 0 })).toBe(false);
    expect(await freshAfter({ usersDone: 4 })).toBe(false);
    expect(await freshAfter({ usersDone: 4, usersOk: 4, status: "failed" })).toBe(false);
  });
});
