import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { resourceCatalog } from "@trigger.dev/core/v3";
import { runInMockTaskContext } from "@trigger.dev/core/v3/test";
import { StandardResourceCatalog } from "@trigger.dev/core/v3/workers";
import { desc, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { syncRun } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import { notify } from "@/lib/notify/notify";
import { createConnectedUser } from "@/lib/wakatime/testing/people";
import { storedDays } from "@/lib/wakatime/testing/stored";
import { jobContracts, jobNames } from "./contracts";
import { runJob } from "./run";
import { startSync } from "./sync-start";
import { type FakeTrigger, startFakeTrigger, type TriggeredRun } from "./testing/fake-trigger";
import { createTestIo } from "./testing/io";

/** The tasks of jobs/ as Trigger.dev's own runtime registers and calls them, with its API played by a stand-in. */
const db = testDb();
const night = new Date("2026-11-22T23:30:00Z");
const actor = { type: "system", job: "test" } as const;
const tasksFolder = path.join(import.meta.dirname, "../../jobs");
const home = mkdtempSync(path.join(tmpdir(), "cohort-tasks-"));
let trigger: FakeTrigger;
let wakatime: FakeWakatime;

beforeAll(async () => {
  [trigger, wakatime] = await Promise.all([startFakeTrigger(), startFakeWakatime({ now: () => night })]);
  Object.assign(process.env, {
    TRIGGER_API_URL: trigger.url,
    TRIGGER_SECRET_KEY: trigger.key,
    WAKATIME_API_URL: `${wakatime.url}/api/v1`,
    WAKATIME_OAUTH_URL: `${wakatime.url}/oauth`,
    WAKATIME_CLIENT_ID: "id",
    WAKATIME_CLIENT_SECRET: "secret",
    COHORT_HOME: home,
    APP_URL: "https://cohort.test",
  });
  resourceCatalog.setGlobalResourceCatalog(new StandardResourceCatalog());
  for (const file of readdirSync(tasksFolder)) {
    // Without a file of its own a task is passed over, silently.
    resourceCatalog.setCurrentFileContext(`jobs/${file}`, path.basename(file, ".ts"));
    await import(path.join(tasksFolder, file));
    resourceCatalog.clearCurrentFileContext();
  }
});
beforeEach(async () => {
  trigger.reset();
  await db.execute(sql`update connection set status = 'needs_reconnect'`);
});
afterAll(async () => {
  await Promise.all([trigger.close(), wakatime.close()]);
  rmSync(home, { recursive: true, force: true });
});

const taskOf = (id: string) => {
  const task = resourceCatalog.getTask(id);
  if (!task) throw new Error(`There is no task ${id}.`);
  return task;
};
/** As a worker does: the payload is checked, then the task runs. */
const execute = (id: string, payload: unknown) =>
  runInMockTaskContext(
    async ({ ctx }) => {
      const { parsePayload, run } = taskOf(id).fns;
      const signal = new AbortController().signal;
      return run(parsePayload ? await parsePayload(payload) : payload, { ctx, signal });
    },
    { ctx: { task: { id } } },
  );
/** Works off what has been triggered, also what that triggers, until nothing is left. Returns what ran. */
async function workOff(): Promise<TriggeredRun[]> {
  for (let index = 0; index < trigger.runs.length; index++) {
    const { task, payload } = trigger.runs[index] as TriggeredRun;
    await execute(task, payload);
  }
  return [...trigger.runs];
}
const people = async (count: number, firstKey: number) => {
  const userIds: number[] = [];
  for (let index = 0; index < count; index++) userIds.push(await createConnectedUser(db, { key: firstKey + index }));
  return userIds;
};
const lastRun = async () => {
  const [row] = await db.select().from(syncRun).orderBy(desc(syncRun.id)).limit(1);
  return row;
};
const tick = (timestamp: Date) =>
  execute("wakatime-nightly", { timestamp, timezone: "UTC", scheduleId: "sched_1", upcoming: [], type: "DECLARATIVE" });

it("are registered, one for each job", () => {
  const registered = resourceCatalog.listTaskManifests().map((task) => task.id);
  expect(registered.sort()).toEqual(jobNames.map((name) => jobContracts[name].task).sort());
});

it("refuse a wrong payload before they run", async () => {
  const asOf = night.toISOString();
  const wrong: Record<string, unknown> = {
    "wakatime-sync-plan": { runId: "7", asOf },
    "wakatime-sync-chunk": { runId: 7, asOf, userIds: [] },
    "wakatime-sync-user": { runId: 7, asOf: "yesterday", userId: 1 },
    "outbox-send": null,
  };
  for (const [id, payload] of Object.entries(wrong)) {
    await expect(async () => taskOf(id).fns.parsePayload?.(payload)).rejects.toThrow();
  }
  const chunk = { runId: 7, asOf, userIds: [1] };
  expect(await taskOf("wakatime-sync-chunk").fns.parsePayload?.(chunk)).toEqual(chunk);
});

describe("a night", () => {
  it("goes from the cron over plan and chunks to the same days that the embedded runner stores", async () => {
    const userIds = await people(5, 5_001);
    await tick(new Date(night.getTime() - 1_800_000));
    expect(trigger.runs).toEqual([]);
    await tick(night);
    expect(trigger.runs).toMatchObject([{ task: "wakatime-sync-plan", payload: { asOf: night.toISOString() } }]);
    const ran = await workOff();
    expect(ran.map((run) => run.task)).toEqual(["wakatime-sync-plan", "wakatime-sync-chunk"]);
    expect(ran[1]?.payload).toMatchObject({ asOf: night.toISOString(), userIds });
    expect(await lastRun()).toMatchObject({ status: "completed", usersTotal: 5, usersOk: 5, daysWritten: 70 });
    const byTasks = await Promise.all(userIds.map((userId) => storedDays(db, userId)));

    // The same once more from nothing, the way the embedded runner does it.
    await db.execute(sql`delete from daily_summary`);
    const { io, sent, close } = createTestIo(db, wakatime.url, () => night);
    await startSync(db, { actor, scheduledFor: night, enqueue: io.enqueue });
    for (let index = 0; index < sent.length; index++)
      await runJob(sent[index]?.name ?? "sync-tick", sent[index]?.payload, io);
    await close();
    const byJobs = await Promise.all(userIds.map((userId) => storedDays(db, userId)));
    expect(byTasks.flat()).toHaveLength(70);
    expect(byTasks).toEqual(byJobs);
  });

  it("starts once, however often its ticks and tasks are delivered", async () => {
    await people(2, 5_101);
    const nextNight = new Date(night.getTime() + 86_400_000);
    await tick(nextNight);
    await tick(nextNight);
    await tick(new Date(nextNight.getTime() + 1_800_000));
    const ran = await workOff();
    expect(ran).toHaveLength(2);
    const before = await lastRun();
    for (const { task, payload } of ran) await execute(task, payload);
    expect(trigger.runs).toHaveLength(2);
    expect(await lastRun()).toEqual(before);
  });
});

it("sync one person at once", async () => {
  const [userId = 0] = await people(1, 5_201);
  await startSync(db, { actor, scope: { userId }, scheduledFor: night });
  expect((await workOff()).map((run) => run.task)).toEqual(["wakatime-sync-user"]);
  expect(await storedDays(db, userId)).toHaveLength(14);
});

it("plan again when Trigger.dev does not take the chunks, and hand nobody out twice", async () => {
  await people(2, 5_301);
  const { runId } = await startSync(db, { actor, scheduledFor: night });
  const plan = trigger.runs[0] as TriggeredRun;
  trigger.failures.push({ path: "wakatime-sync-chunk", kind: 403 }, { path: "batches", kind: 403 });
  await expect(execute(plan.task, plan.payload)).rejects.toThrow("Trigger.dev answered 403 to wakatime-sync-chunk.");
  trigger.failures.length = 0;
  expect(await lastRun()).toMatchObject({ id: runId, status: "running", plannedAt: null });
  expect((await workOff()).map((run) => run.task)).toEqual(["wakatime-sync-plan", "wakatime-sync-chunk"]);
  expect(await lastRun()).toMatchObject({ id: runId, status: "completed", usersTotal: 2, usersOk: 2 });
});

it("send what is in the outbox", async () => {
  const [userId = 0] = await people(1, 5_401);
  await db.transaction((tx) => notify(tx, [{ userId, kind: "wakatime-reconnect", occasion: "test" }]));
  expect((await workOff()).map((run) => run.task)).toEqual(["outbox-send"]);
  expect(await db.execute(sql`select kind from outbox where sent_at is not null`)).toHaveLength(1);
  expect(readdirSync(path.join(home, "mail"))).toHaveLength(1);
});

it("refuse to run where what they enqueue would go to another engine", async () => {
  vi.resetModules();
  vi.stubEnv("JOBS_BACKEND", "embedded");
  const { runTask } = await import("./run");
  const signal = new AbortController().signal;
  await expect(runTask("outbox-send", {}, { signal })).rejects.toThrow("remove JOBS_BACKEND there");
  vi.unstubAllEnvs();
});
