import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { leaseConnection } from "@/db/mutations/connection-lease";
import { syncOutcome, syncRun } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import { leaseOwnerPrefix } from "@/lib/wakatime/sync";
import { createConnectedUser } from "@/lib/wakatime/testing/people";
import type { JobPayload } from "./contracts";
import { runJob } from "./run";
import { startSync } from "./sync-start";
import { createTestIo } from "./testing/io";

const db = testDb();
const now = new Date("2026-11-22T12:00:00Z");
let clock = () => now;
let fake: FakeWakatime;
let jobs: ReturnType<typeof createTestIo>;
let keys = 2_000;

beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => now });
});
beforeEach(() => {
  clock = () => now;
  jobs = createTestIo(db, fake.url, () => clock());
});
afterEach(async () => {
  fake.failures.clear();
  await jobs.close();
  // Each test has its own people.
  await db.execute(sql`update connection set status = 'needs_reconnect'`);
});
afterAll(() => fake.close());

const actor = { type: "system", job: "test" } as const;
const people = async (count: number) => {
  const made: { key: number; userId: number }[] = [];
  for (let index = 0; index < count; index++) {
    keys += 1;
    made.push({ key: keys, userId: await createConnectedUser(db, { key: keys }) });
  }
  return made;
};
const runOf = async (runId: number) => {
  const [row] = await db.select().from(syncRun).where(eq(syncRun.id, runId));
  if (!row) throw new Error("no run");
  return row;
};
const outcomesOf = (runId: number) => db.select().from(syncOutcome).where(eq(syncOutcome.runId, runId));
const start = (more: Partial<Parameters<typeof startSync>[1]> = {}) =>
  startSync(db, { actor, enqueue: jobs.io.enqueue, ...more });
const plan = (runId: number) => runJob("sync-plan", { runId, asOf: now.toISOString() }, jobs.io);
const chunks = () =>
  jobs.sent.filter((each) => each.name === "sync-chunk").map((each) => each.payload as JobPayload<"sync-chunk">);
const runChunk = (payload: unknown) => runJob("sync-chunk", payload, jobs.io);

describe("a chunk that was killed", () => {
  it("goes on where it stopped, and every user and day counts once", async () => {
    const made = await people(8);
    const { runId } = await start();
    await plan(runId);
    const [chunk] = chunks();
    // Stopped while the fifth user is being asked for.
    const stopped = createTestIo(db, fake.url, () => now);
    fake.failures.add({ kind: "slow", person: made[4]?.key, delayMs: 400 });
    setTimeout(() => stopped.stop.abort(new Error("killed")), 250);
    await expect(runJob("sync-chunk", chunk, stopped.io)).rejects.toThrow("killed");
    await stopped.close();
    const half = await runOf(runId);
    expect(half.status).toBe("running");
    expect(half.usersDone).toBeGreaterThan(0);
    expect(half.usersDone).toBeLessThan(8);

    fake.failures.clear();
    const asked = fake.requests.length;
    await runChunk(chunk);
    expect(fake.requests.length - asked).toBe(8 - half.usersDone);
    const done = { status: "completed", usersDone: 8, usersOk: 8, daysWritten: 8 * 14, daysUnchanged: 0 };
    expect(await runOf(runId)).toMatchObject(done);
    // Delivered once more, after it was done.
    await runChunk(chunk);
    expect(await runOf(runId)).toMatchObject(done);
  });

  it("is done once when two workers have it at the same time", async () => {
    await people(10);
    const { runId } = await start();
    await plan(runId);
    const [chunk] = chunks();
    await Promise.all([runChunk(chunk), runChunk(chunk)]);
    for (const rest of chunks().slice(1)) await runChunk(rest);
    const run = await runOf(runId);
    expect(run).toMatchObject({ status: "completed", usersTotal: 10, usersDone: 10, usersOk: 10 });
    expect(run.daysWritten + run.daysUnchanged).toBe(10 * 14);
    const [days] = await db.execute<{ most: number }>(sql`
      select max(n)::int as most from (select count(*) as n from daily_summary group by user_id, date) t`);
    expect(days?.most).toBe(1);
  });

  it("comes back later for a user whose lease it left behind", async () => {
    const made = await people(2);
    const { runId } = await start();
    const held = made[0]?.userId ?? 0;
    await leaseConnection(db, { userId: held, owner: `${leaseOwnerPrefix(runId)}killed`, leaseSeconds: 100 });
    await plan(runId);
    await runChunk(chunks()[0]);
    expect(await runOf(runId)).toMatchObject({ status: "running", usersDone: 1 });
    const rest = jobs.sent.at(-1);
    expect(rest).toMatchObject({ name: "sync-chunk", payload: { runId, userIds: [held] } });
    expect(rest?.options.scheduledFor?.getTime()).toBeGreaterThan(now.getTime());
  });

  it("hands on what its time did not suffice for", async () => {
    const made = await people(9);
    const { runId } = await start();
    await plan(runId);
    let asked = 0;
    // Every look at the clock takes half a minute.
    clock = () => new Date(now.getTime() + asked++ * 30_000);
    await runChunk(chunks()[0]);
    const rest = chunks()[1];
    expect(rest?.userIds.length).toBeGreaterThan(0);
    expect((await outcomesOf(runId)).length + (rest?.userIds.length ?? 0)).toBe(made.length);
    clock = () => now;
    await runChunk(rest);
    expect(await runOf(runId)).toMatchObject({ status: "completed", usersDone: 9 });
  });
});
