import { desc, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvent, setting, syncOutcome, syncRun } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
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
let keys = 1_000;

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

describe("a run", () => {
  it("survives one bad user (old defect 15), and says who failed and why", async () => {
    const made = await people(12);
    const bad = made.map(({ key }) => key).slice(2, 7);
    (["500", "402", "202", "truncated", "reset"] as const).forEach((kind, index) => {
      fake.failures.add({ kind, person: bad[index], path: "summaries" });
    });
    const { runId } = await start();
    await plan(runId);
    for (const chunk of chunks()) await runChunk(chunk);
    expect(await runOf(runId)).toMatchObject({
      status: "completed",
      usersTotal: 12,
      usersDone: 12,
      usersOk: 7,
      usersFailed: 5,
      daysWritten: 7 * 14,
      daysUnavailable: 14,
      finishedAt: now,
    });
    const failed = (await outcomesOf(runId)).filter((each) => each.kind !== "ok");
    expect(failed.map((each) => each.kind).sort()).toEqual([
      "not_ready",
      "out_of_plan",
      "unavailable",
      "unavailable",
      "unexpected_shape",
    ]);
    expect(failed.every((each) => each.reason)).toBe(true);
  });

  it("is stopped by no fault of ours in one user's sync either", async () => {
    const [first, second] = await people(2);
    await db.execute(sql`
      create function refuse_first() returns trigger language plpgsql as 'begin raise exception ''no''; end'`);
    await db.execute(
      sql.raw(`
      create trigger refuse_first before insert on daily_summary for each row
      when (new.user_id = ${first?.userId}) execute function refuse_first()`),
    );
    const { runId } = await start();
    await plan(runId);
    for (const chunk of chunks()) await runChunk(chunk);
    await db.execute(sql`drop function refuse_first cascade`);
    const outcomes = await outcomesOf(runId);
    expect(outcomes.find((each) => each.userId === first?.userId)).toMatchObject({ kind: "failed" });
    expect(outcomes.find((each) => each.userId === second?.userId)).toMatchObject({ kind: "ok", daysWritten: 14 });
    expect(await runOf(runId)).toMatchObject({ status: "completed", usersOk: 1, usersFailed: 1 });
  });

  it("without anybody to sync is over at once", async () => {
    const { runId } = await start();
    await plan(runId);
    expect(await runOf(runId)).toMatchObject({ status: "completed", usersTotal: 0 });
    expect(chunks()).toEqual([]);
  });

  it("plans once, also when asked twice at the same time", async () => {
    await people(3);
    const { runId } = await start();
    await Promise.all([plan(runId), plan(runId)]);
    await plan(runId);
    expect(chunks()).toHaveLength(1);
    expect((await runOf(runId)).usersTotal).toBe(3);
  });

  it("leaves out whom it must not call, and takes only the asked batch or person", async () => {
    const [first, second] = await people(2);
    keys += 3;
    await createConnectedUser(db, { key: keys - 2, status: "paused" });
    await createConnectedUser(db, { key: keys - 1, status: "graduated" });
    await createConnectedUser(db, { key: keys, disabled: true });
    const planned = async (scope: object) => {
      jobs.sent.length = 0;
      await plan((await start({ scope })).runId);
      return chunks().flatMap((chunk) => chunk.userIds);
    };
    expect(await planned({})).toEqual([first?.userId, second?.userId]);
    expect(await planned({ userId: second?.userId })).toEqual([second?.userId]);
    const [row] = await db.execute<{ batch_id: number }>(sql`
      select e.batch_id from enrolment e join student s on s.id = e.student_id where s.user_id = ${first?.userId ?? 0}`);
    expect(await planned({ batchId: row?.batch_id })).toEqual([first?.userId]);
  });

  it("is tried again when its row is not there yet", async () => {
    await expect(plan(999_999)).rejects.toThrow("no sync run");
  });
});

describe("starting", () => {
  it("twice with one key starts one run, and writes one line into the audit log", async () => {
    const before = await db.select().from(auditEvent);
    const [first, second] = await Promise.all([start({ key: "nightly:test" }), start({ key: "nightly:test" })]);
    expect([first.started, second.started].sort()).toEqual([false, true]);
    expect(first.runId).toBe(second.runId);
    expect(jobs.sent).toHaveLength(1);
    const events = await db.select().from(auditEvent).orderBy(desc(auditEvent.id));
    expect(events.length - before.length).toBe(1);
    expect(events[0]).toMatchObject({ action: "sync.start", actorJob: "test", subjectId: first.runId });
  });

  it("leaves no run behind when the job cannot be enqueued", async () => {
    const failing = start({ key: "never", enqueue: () => Promise.reject(new Error("the queue is gone")) });
    await expect(failing).rejects.toThrow("the queue is gone");
    expect(await db.select().from(syncRun).where(eq(syncRun.key, "never"))).toEqual([]);
  });
});

describe("the tick", () => {
  const tick = (scheduledFor: string) => runJob("sync-tick", { scheduledFor }, jobs.io);

  it("starts the night once, with the days of the night", async () => {
    await db.insert(setting).values({ key: "academy_time_zone", value: "America/Chicago" });
    await tick("2026-11-23T05:00:00Z");
    expect(jobs.sent).toEqual([]);
    await tick("2026-11-23T05:30:00Z");
    await tick("2026-11-23T06:00:00Z");
    expect(jobs.sent).toMatchObject([{ name: "sync-plan", payload: { asOf: "2026-11-23T05:30:00.000Z" } }]);
    expect(await db.select().from(syncRun).where(eq(syncRun.key, "nightly:2026-11-22"))).toHaveLength(1);
  });

  it("closes a run that nothing moves any more", async () => {
    await people(1);
    const { runId } = await start();
    clock = () => new Date(Date.now() + 3 * 3_600_000);
    await tick("2026-11-22T12:00:00Z");
    expect(await runOf(runId)).toMatchObject({ status: "failed", error: expect.stringContaining("2 hours") });
  });
});
