import { eq, isNotNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connection, syncRun } from "@/db/schema";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import { createConnectedUser } from "@/lib/wakatime/testing/people";
import { TICK_CRON, tickNames } from "./contracts";
import { startEmbeddedRunner } from "./embedded";
import { enqueue } from "./enqueue";
import { installQueue, QueueMissingError } from "./queue";
import { startSync } from "./sync-start";
import { createTestIo } from "./testing/io";

const db = testDb();
const asOf = "2026-11-22T12:00:00.000Z";
const actor = { type: "system", job: "test" } as const;
let fake: FakeWakatime;

const waiting = async (): Promise<{ key: string; data: object }[]> => {
  const rows: { key: string; data: object }[] = await db.execute(
    sql`select singleton_key as key, data from pgboss.job where name = 'sync-plan' and state < 'active' order by key`,
  );
  return rows.map((row) => ({ ...row }));
};
const statusOf = async (runId: number) => {
  const [run] = await db.select().from(syncRun).where(eq(syncRun.id, runId));
  return run;
};
beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => new Date(asOf) });
});
afterAll(() => fake.close());

describe("enqueueing", () => {
  it("says what to do where no worker has ever run", async () => {
    await expect(enqueue(db, "sync-plan", { runId: 1, asOf }, { key: "a" })).rejects.toThrow(QueueMissingError);
    // Two processes that come first at the same time.
    await Promise.all([installQueue(testDatabaseUrl()), installQueue(testDatabaseUrl())]);
  });

  it("commits and rolls back with the caller's transaction", async () => {
    const rolledBack = db.transaction(async (tx) => {
      await enqueue(tx, "sync-plan", { runId: 1, asOf }, { key: "rolled-back" });
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    await db.transaction((tx) => enqueue(tx, "sync-plan", { runId: 900_001, asOf }, { key: "kept" }));
    expect(await waiting()).toEqual([{ key: "kept", data: { runId: 900_001, asOf } }]);
  });

  it("has one job of a name and key waiting, and refuses a wrong payload", async () => {
    await enqueue(db, "sync-plan", { runId: 900_001, asOf }, { key: "kept" });
    expect(await waiting()).toHaveLength(1);
    await expect(enqueue(db, "sync-plan", { runId: 1.5, asOf }, { key: "wrong" })).rejects.toThrow();
    await db.execute(sql`delete from pgboss.job`);
  });
});

it("runs a whole sync, and stops in good order", async () => {
  for (let key = 1; key <= 5; key++) await createConnectedUser(db, { key: 5_000 + key });
  const { io, close } = createTestIo(db, fake.url, () => new Date(asOf));
  const runner = await startEmbeddedRunner({
    databaseUrl: testDatabaseUrl(),
    io: { wakatime: io.wakatime, now: io.now },
  });
  const { runId } = await startSync(db, { actor, scheduledFor: new Date(asOf) });
  await expect.poll(async () => (await statusOf(runId))?.status).toBe("completed");
  expect(await statusOf(runId)).toMatchObject({ usersTotal: 5, usersOk: 5, daysWritten: 70 });
  const schedules: { cron: string }[] = await db.execute(sql`select cron from pgboss.schedule`);
  expect(schedules.map((each) => each.cron)).toEqual(tickNames.map(() => TICK_CRON));
  await runner.stop();
  await close();
});

it("hands a running job back when it stops, and the next worker finishes it", async () => {
  fake.failures.add({ kind: "slow", path: "summaries", delayMs: 60_000 });
  const { io, close } = createTestIo(db, fake.url, () => new Date(asOf));
  const options = { databaseUrl: testDatabaseUrl(), io: { wakatime: io.wakatime, now: io.now } };
  const first = await startEmbeddedRunner(options);
  const { runId } = await startSync(db, { actor, scheduledFor: new Date(asOf) });
  await expect.poll(async () => (await statusOf(runId))?.plannedAt).not.toBeNull();
  await expect.poll(() => fake.requests.length).toBeGreaterThan(5);
  const leased = () => db.$count(connection, isNotNull(connection.leaseOwner));
  await expect.poll(leased).toBeGreaterThan(0);
  const stoppedAt = performance.now();
  await first.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  expect(await statusOf(runId)).toMatchObject({ status: "running", usersDone: 0 });

  fake.failures.clear();
  // It waits a few seconds before its next try; the test does not.
  await db.execute(sql`update pgboss.job set start_after = now() where state = 'retry'`);
  const second = await startEmbeddedRunner(options);
  await expect.poll(async () => (await statusOf(runId))?.status).toBe("completed");
  expect(await statusOf(runId)).toMatchObject({ usersDone: 5, usersOk: 5, usersFailed: 0 });
  await second.stop();
  await close();
});
