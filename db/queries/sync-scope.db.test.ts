import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { connection, enrolment, syncOutcome } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { addOutcome, createRun, twoBatches } from "@/db/testing/sync-runs";
import { getSyncHome } from "./sync-home";
import { getSyncRunDetail, getSyncRunProgress } from "./sync-run-detail";
import { countSyncRunsByScope } from "./sync-run-list";
import { getSyncSubject } from "./sync-scope";
import { getStudentSync } from "./sync-student-history";
import { countSyncStudentsBy, listSyncStudents, type SyncStudentFacet } from "./sync-student-list";
import type { Looker } from "./user-list";

const RUNS = { page: 1, size: 20, sort: { descending: true } };
const STUDENTS = { page: 1, size: 20, q: "", sort: { key: "name", descending: false } } as const;
const PLANNED = { plannedAt: new Date("2026-06-10T04:30:00Z") };

/** A run of everybody, one of each batch and one of each first student; all four have an outcome in the first. */
async function academy(tx: Db) {
  const people = await twoBatches(tx);
  const { mine, theirs } = people;
  const over = { ...PLANNED, status: "completed" as const, usersTotal: 4, usersDone: 4, usersOk: 2, usersFailed: 1 };
  const runs = {
    everybody: await createRun(tx, { ...over, daysWritten: 4 }),
    myBatch: await createRun(tx, { scopeBatchId: mine.batchId }),
    theirBatch: await createRun(tx, { scopeBatchId: theirs.batchId }),
    myStudent: await createRun(tx, { scopeUserId: mine.first }),
    theirStudent: await createRun(tx, { scopeUserId: theirs.first }),
  };
  await addOutcome(tx, runs.everybody, mine.first, "ok");
  await addOutcome(tx, runs.everybody, mine.second, "unavailable", "WakaTime answered 503.");
  await addOutcome(tx, runs.everybody, theirs.first, "ok");
  await addOutcome(tx, runs.everybody, theirs.second, "skipped", "already syncing");
  return { ...people, runs };
}

const namesOf = async (tx: Db, looker: Looker) =>
  (await listSyncStudents(tx, STUDENTS, looker)).rows.map(({ name }) => name);

describe("which runs somebody sees", () => {
  it("is all of them for an admin; for an instructor those of everybody, own batches and own students", async () => {
    await withRollback(testDb(), async (tx) => {
      const { admin, mine, theirs, runs } = await academy(tx);
      const seen = async (looker: Looker) => {
        const { rows, total } = await getSyncHome(tx, RUNS, looker);
        expect(total).toBe(rows.length);
        return rows.map(({ id }) => id).sort((a, b) => a - b);
      };
      expect(await seen(admin)).toEqual(Object.values(runs));
      expect(await seen(mine.looker)).toEqual([runs.everybody, runs.myBatch, runs.myStudent]);
      expect(await seen(theirs.looker)).toEqual([runs.everybody, runs.theirBatch, runs.theirStudent]);
      for (const hidden of [runs.theirBatch, runs.theirStudent]) {
        expect(await getSyncRunProgress(tx, hidden, mine.looker)).toBeNull();
        expect(await getSyncRunDetail(tx, hidden, mine.looker)).toBeNull();
        expect(await getSyncRunProgress(tx, hidden, admin)).not.toBeNull();
      }
      const ofBatches = await getSyncHome(tx, { ...RUNS, scope: "batch" }, admin);
      expect(ofBatches.rows.map(({ batchName }) => batchName)).toEqual(["Batch of Theo", "Batch of Mia"]);
    });
  });
});

describe("the counts in the filters of both lists", () => {
  it("are of what the looker sees", async () => {
    await withRollback(testDb(), async (tx) => {
      const { admin, mine } = await academy(tx);
      await tx.update(connection).set({ status: "needs_reconnect" }).where(eq(connection.userId, mine.second));
      const brief = (counts: { value: string; count: number }[]) =>
        Object.fromEntries(counts.map(({ value, count }) => [value, count]));
      expect(brief(await countSyncRunsByScope(tx, admin))).toEqual({ everybody: 1, batch: 2, student: 2 });
      expect(brief(await countSyncRunsByScope(tx, mine.looker))).toEqual({ everybody: 1, batch: 1, student: 1 });
      const counts = async (...[facet, filters, looker]: [SyncStudentFacet, object, Looker]) =>
        brief(await countSyncStudentsBy(tx, facet, { q: "", ...filters }, looker));
      expect(await counts("state", {}, admin)).toEqual({ active: 3, needs_reconnect: 1 });
      expect(await counts("state", { state: "active" }, mine.looker)).toEqual({ active: 1, needs_reconnect: 1 });
      expect(await counts("batch", {}, mine.looker)).toEqual({ [mine.batchId]: 2 });
      expect(await counts("batch", { state: "needs_reconnect" }, admin)).toEqual({ [mine.batchId]: 1 });
    });
  });
});

describe("the numbers of a run of everybody", () => {
  it("are an instructor's own students': in the list, on the page and in what the page follows", async () => {
    await withRollback(testDb(), async (tx) => {
      const { admin, mine, theirs, runs } = await academy(tx);
      const numbers = async (looker: Looker) => {
        const expected = await getSyncRunProgress(tx, runs.everybody, looker);
        const { rows } = await getSyncHome(tx, { ...RUNS, scope: "everybody" }, looker);
        const { total, done, ok, failed, skipped, daysWritten } = expected ?? ({} as never);
        expect(rows[0]).toMatchObject({ total, done, ok, failed, skipped, daysWritten });
        expect(await getSyncRunDetail(tx, runs.everybody, looker)).toMatchObject({ total, done, ok, failed, skipped });
        return [total, done, ok, failed, skipped, daysWritten];
      };
      expect(await numbers(admin)).toEqual([4, 4, 2, 1, 1, 4]);
      expect(await numbers(mine.looker)).toEqual([2, 2, 1, 1, 0, 2]);
      expect(await numbers(theirs.looker)).toEqual([2, 2, 1, 0, 1, 2]);
    });
  });

  it("count, while it is open, those whom it would still call: not the paused, not the broken", async () => {
    await withRollback(testDb(), async (tx) => {
      const { mine } = await twoBatches(tx);
      const runId = await createRun(tx, { ...PLANNED, usersTotal: 4 });
      const read = async () => {
        const progress = await getSyncRunProgress(tx, runId, mine.looker);
        return [progress?.done, progress?.total];
      };
      expect(await read()).toEqual([0, 2]);
      await addOutcome(tx, runId, mine.first, "ok");
      expect(await read()).toEqual([1, 2]);
      await tx
        .update(connection)
        .set({ status: "needs_reconnect", brokenAt: new Date() })
        .where(eq(connection.userId, mine.second));
      expect(await read()).toEqual([1, 1]);
    });
  });
});

describe("the students behind the outcomes", () => {
  it("are never another instructor's: lists, groups and histories leave them out", async () => {
    await withRollback(testDb(), async (tx) => {
      const { admin, mine, theirs, runs } = await academy(tx);
      expect(await namesOf(tx, admin)).toEqual(["First of Mia", "First of Theo", "Second of Mia", "Second of Theo"]);
      expect(await namesOf(tx, mine.looker)).toEqual(["First of Mia", "Second of Mia"]);
      expect((await listSyncStudents(tx, { ...STUDENTS, q: "theo" }, mine.looker)).total).toBe(0);
      expect((await listSyncStudents(tx, { ...STUDENTS, batch: theirs.batchId }, mine.looker)).total).toBe(0);

      const own = await listSyncStudents(tx, { ...STUDENTS, run: runs.everybody }, mine.looker);
      expect(own.rows.map(({ name }) => name)).toEqual(["First of Mia", "Second of Mia"]);
      expect(own.runStartedAt).not.toBeNull();
      const hidden = { ...STUDENTS, run: runs.theirBatch };
      expect((await listSyncStudents(tx, hidden, mine.looker)).runStartedAt).toBeNull();

      const detail = await getSyncRunDetail(tx, runs.everybody, mine.looker);
      expect(JSON.stringify(detail)).not.toContain("Theo");
      expect(detail?.groups.map(({ kind, total }) => [kind, total])).toEqual([["unavailable", 1]]);

      expect(await getStudentSync(tx, theirs.first, mine.looker)).toBeNull();
      expect((await getStudentSync(tx, theirs.first, admin))?.name).toBe("First of Theo");
      expect((await getStudentSync(tx, mine.first, mine.looker))?.openRun?.id).toBe(runs.myStudent);
      expect((await getSyncHome(tx, RUNS, mine.looker)).overview.students.connected).toBe(2);
      expect((await getSyncHome(tx, RUNS, mine.looker)).overview.batches.map(({ id }) => id)).toEqual([mine.batchId]);
      expect((await getSyncHome(tx, RUNS, admin)).overview.students.connected).toBe(4);
    });
  });

  it("follow the enrolment of today: whoever moved is the new instructor's, and old runs stay closed to them", async () => {
    await withRollback(testDb(), async (tx) => {
      const { mine, theirs, runs } = await academy(tx);
      await addOutcome(tx, runs.myBatch, mine.first, "ok");
      await tx.update(enrolment).set({ toDate: "2026-03-01" }).where(eq(enrolment.batchId, mine.batchId));
      const moved = await getStudentSync(tx, mine.first, { id: 0, role: "admin" });
      await tx.execute(`insert into enrolment (student_id, batch_id, from_date)
        select id, ${theirs.batchId}, '2026-03-01' from student where user_id = ${mine.first}`);
      expect(moved?.instructorIds).toEqual([]);
      expect(await getStudentSync(tx, mine.first, mine.looker)).toBeNull();
      const history = await getStudentSync(tx, mine.first, theirs.looker);
      expect(history?.instructorIds).toEqual([theirs.looker.id]);
      expect(history?.outcomes.map(({ runId, runVisible }) => [runId, runVisible])).toEqual([
        [runs.myBatch, false],
        [runs.everybody, true],
      ]);
      expect(await namesOf(tx, theirs.looker)).toContain("First of Mia");
    });
  });
});

describe("what must be known before a sync starts", () => {
  it("is who teaches them, the open run of the same scope, and whether the link is held", async () => {
    await withRollback(testDb(), async (tx) => {
      const { mine, theirs, runs } = await academy(tx);
      expect(await getSyncSubject(tx, {})).toMatchObject({
        instructorIds: null,
        openRunId: null,
        lastRunId: runs.everybody,
      });
      expect(await getSyncSubject(tx, { batchId: mine.batchId })).toMatchObject({
        instructorIds: [mine.looker.id],
        openRunId: runs.myBatch,
        leased: false,
      });
      await tx
        .update(connection)
        .set({ leaseOwner: "x", leaseUntil: new Date(Date.now() + 60_000) })
        .where(eq(connection.userId, theirs.second));
      expect(await getSyncSubject(tx, { userId: theirs.second })).toMatchObject({
        instructorIds: [theirs.looker.id],
        openRunId: null,
        leased: true,
      });
      expect(await getSyncSubject(tx, { batchId: 2_000_000_000 })).toBeNull();
      expect(await getSyncSubject(tx, { userId: mine.looker.id })).toBeNull();
    });
  });

  it("leaves a back-fill of everybody out: that is another work than tonight's", async () => {
    await withRollback(testDb(), async (tx) => {
      await createRun(tx, { windowStart: "2026-01-01", windowEnd: "2026-01-31" });
      expect((await getSyncSubject(tx, {}))?.openRunId).toBeNull();
      const open = await createRun(tx);
      expect((await getSyncSubject(tx, {}))?.openRunId).toBe(open);
      expect((await getSyncHome(tx, RUNS, { id: 0, role: "admin" })).overview.openRun).toMatchObject({ id: open });
    });
  });
});

describe("what must be known before past days are filled", () => {
  it("is the open run of the same students and dates, and the last of them", async () => {
    await withRollback(testDb(), async (tx) => {
      const { mine, theirs } = await twoBatches(tx);
      const [may, june] = [
        { from: "2026-05-01", to: "2026-05-31" },
        { from: "2026-06-01", to: "2026-06-30" },
      ];
      const fill = (dates: typeof may, values: Parameters<typeof createRun>[1] = {}) =>
        createRun(tx, { windowStart: dates.from, windowEnd: dates.to, ...values });
      const known = async (batchId: number | null, dates: typeof may) => {
        const subject = await getSyncSubject(tx, { batchId }, dates);
        return [subject?.openRunId, subject?.lastRunId];
      };
      await createRun(tx);
      expect(await known(null, may)).toEqual([null, 0]);
      const over = await fill(may, { status: "completed", plannedAt: new Date() });
      const open = await fill(june);
      const ofBatch = await fill(june, { scopeBatchId: mine.batchId });
      expect(await known(null, may)).toEqual([null, over]);
      expect(await known(null, june)).toEqual([open, open]);
      expect(await known(mine.batchId, june)).toEqual([ofBatch, ofBatch]);
      expect(await known(mine.batchId, may)).toEqual([null, 0]);
      expect(await known(theirs.batchId, june)).toEqual([null, 0]);
      expect(await known(null, { from: "June", to: "" })).toEqual([null, 0]);
    });
  });
});

describe("outcomes that are no longer kept", () => {
  it("leave an instructor's numbers empty, and an admin's as the run counted them", async () => {
    await withRollback(testDb(), async (tx) => {
      const { admin, mine, runs } = await academy(tx);
      await tx.delete(syncOutcome);
      expect(await getSyncRunDetail(tx, runs.everybody, mine.looker)).toMatchObject({ done: 0, kinds: [], groups: [] });
      expect(await getSyncRunDetail(tx, runs.everybody, admin)).toMatchObject({
        done: 4,
        ok: 2,
        failed: 1,
        skipped: 1,
      });
    });
  });
});
