import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Db } from "@/db/client";
import { enqueue, enqueueMany } from "./enqueue";
import { type FakeTrigger, startFakeTrigger } from "./testing/fake-trigger";
import { triggerTask, triggerTasks } from "./trigger-api";

let fake: FakeTrigger;

beforeAll(async () => {
  fake = await startFakeTrigger();
  process.env.TRIGGER_API_URL = fake.url;
  process.env.TRIGGER_SECRET_KEY = fake.key;
});
afterEach(() => {
  vi.unstubAllEnvs();
  fake.reset();
});
afterAll(() => fake.close());

const asOf = "2026-11-22T12:00:00.000Z";
const noDatabase = undefined as unknown as Db;
const chunks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    payload: { runId: 7, asOf, userIds: [index + 1] },
    key: `run:7:after:${index}`,
  }));
const paths = () => fake.calls.map((call) => call.path);

describe("one task", () => {
  it("is triggered over HTTP when the key is set", async () => {
    const scheduledFor = new Date("2026-11-22T13:00:00Z");
    await enqueue(noDatabase, "sync-plan", { runId: 7, asOf }, { key: "run:7", scheduledFor });
    expect(paths()).toEqual(["/api/v1/tasks/wakatime-sync-plan/trigger"]);
    expect(fake.calls[0]?.headers).toMatchObject({
      authorization: `Bearer ${fake.key}`,
      "content-type": "application/json",
      "x-trigger-api-version": "2025-07-16",
    });
    expect(fake.calls[0]?.headers).not.toHaveProperty("x-trigger-branch");
    expect(fake.runs).toMatchObject([
      {
        task: "wakatime-sync-plan",
        payload: { runId: 7, asOf },
        options: {
          payloadType: "application/super+json",
          idempotencyKey: expect.stringMatching(/^[0-9a-f]{64}$/),
          idempotencyKeyTTL: "30d",
          delay: scheduledFor.toISOString(),
        },
      },
    ]);
  });

  it("is one run for the same name and key, and another for a different one", async () => {
    await triggerTask("sync-plan", { runId: 1, asOf }, { key: "a" });
    await triggerTask("sync-plan", { runId: 1, asOf }, { key: "a" });
    expect(fake.runs).toHaveLength(1);
    await triggerTask("sync-plan", { runId: 1, asOf }, { key: "b" });
    await triggerTask("sync-chunk", { runId: 1, asOf, userIds: [1] }, { key: "a" });
    expect(fake.runs.map((run) => run.task)).toEqual([
      "wakatime-sync-plan",
      "wakatime-sync-plan",
      "wakatime-sync-chunk",
    ]);
    expect(new Set(fake.runs.map((run) => run.options.idempotencyKey)).size).toBe(3);
  });

  it("goes to the branch of a preview, its own name before the one Vercel gives", async () => {
    vi.stubEnv("VERCEL_GIT_COMMIT_REF", "from-vercel");
    await triggerTask("outbox-send", {}, { key: "a" });
    vi.stubEnv("TRIGGER_PREVIEW_BRANCH", "own");
    await triggerTask("outbox-send", {}, { key: "b" });
    expect(fake.calls.map((call) => call.headers["x-trigger-branch"])).toEqual(["from-vercel", "own"]);
  });

  it("is refused before anything is sent when the payload is wrong", async () => {
    await expect(enqueue(noDatabase, "sync-plan", { runId: 1.5, asOf }, { key: "a" })).rejects.toThrow();
    const [good] = chunks(1);
    const wrong = { payload: { runId: 7, asOf, userIds: [] }, key: "b" };
    await expect(enqueueMany(noDatabase, "sync-chunk", [...(good ? [good] : []), wrong])).rejects.toThrow();
    expect(fake.calls).toEqual([]);
  });
});

describe("many tasks", () => {
  it("are one batch in two calls, each line with its own key", async () => {
    const [first, ...rest] = chunks(400);
    const scheduledFor = new Date("2026-11-22T13:00:00Z");
    if (!first) throw new Error("no chunk");
    await enqueueMany(noDatabase, "sync-chunk", [{ ...first, scheduledFor }, ...rest]);
    expect(paths()).toEqual(["/api/v3/batches", "/api/v3/batches/batch_1/items"]);
    expect(fake.calls[0]?.lines).toEqual([{ runCount: 400, taskIdentifiers: ["wakatime-sync-chunk"] }]);
    expect(fake.calls[1]?.headers["content-type"]).toBe("application/x-ndjson");
    expect(fake.calls[1]?.lines.map((line) => line.index)).toEqual(Array.from({ length: 400 }, (_, index) => index));
    expect(fake.runs.map((run) => run.payload)).toEqual([first, ...rest].map((each) => each.payload));
    expect(fake.runs.map((run) => run.options.delay).filter(Boolean)).toEqual([scheduledFor.toISOString()]);
    expect(new Set(fake.runs.map((run) => run.options.idempotencyKey)).size).toBe(400);
  });

  it("have the key that a single trigger would have: planning twice starts nothing twice", async () => {
    await enqueueMany(noDatabase, "sync-chunk", chunks(3));
    await enqueueMany(noDatabase, "sync-chunk", chunks(4));
    for (const { payload, key } of chunks(4)) await enqueue(noDatabase, "sync-chunk", payload, { key });
    expect(fake.runs).toHaveLength(4);
  });

  it("are split at a thousand, and none is no call", async () => {
    await enqueueMany(noDatabase, "sync-chunk", chunks(1_001));
    expect(fake.calls.map((call) => call.lines.length)).toEqual([1, 1_000, 1, 1]);
    expect(fake.runs).toHaveLength(1_001);
    fake.reset();
    await enqueueMany(noDatabase, "sync-chunk", []);
    expect(fake.calls).toEqual([]);
  });
});

describe("when Trigger.dev fails", () => {
  const single = (call?: { timeoutMs: number }) => triggerTask("sync-plan", { runId: 1, asOf }, { key: "a" }, call);

  it.each([
    ["an answer that is lost", "lost"],
    ["a server error", 503],
    ["its rate limit", 429],
    ["silence", "silent"],
    ["a page in place of an answer", "page"],
  ] as const)("%s is made good once, and the task runs once", async (_what, kind) => {
    fake.failures.push({ kind });
    await single({ timeoutMs: 300 });
    expect(fake.runs).toHaveLength(1);
    const ids = fake.calls.map((call) => call.headers["x-trigger-request-idempotency-key"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it.each([
    ["creating a batch, lost", "batches", "lost"],
    ["the items, lost", "items", "lost"],
    ["the items, refused for now", "items", 500],
    ["an item, lost on the way", "items", "unsealed"],
  ] as const)("%s: once more, and each task runs once", async (_what, path, kind) => {
    fake.failures.push({ path, kind });
    await triggerTasks("sync-chunk", chunks(5));
    expect(fake.calls).toHaveLength(3);
    expect(fake.runs.map((run) => (run.payload as { userIds: number[] }).userIds[0]).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it("gives up after the second time, in bounded time", async () => {
    fake.failures.push({ kind: 502 }, { kind: 502 });
    await expect(single()).rejects.toThrow("Trigger.dev answered 502 to wakatime-sync-plan.");
    fake.failures.push({ kind: "silent" }, { kind: "silent" });
    const from = performance.now();
    await expect(single({ timeoutMs: 200 })).rejects.toThrow("Trigger.dev did not answer to wakatime-sync-plan.");
    expect(performance.now() - from).toBeLessThan(3_000);
    fake.failures.push({ path: "items", kind: "unsealed" }, { path: "items", kind: "unsealed" });
    await expect(triggerTasks("sync-chunk", chunks(2))).rejects.toThrow("does not say that it has been taken");
    expect(fake.calls).toHaveLength(7);
  });

  it("does not repeat what was refused, and names no key", async () => {
    fake.failures.push({ kind: 401 });
    const refused = await single().catch((error: unknown) => error);
    expect(String(refused)).toBe("TriggerError: Trigger.dev answered 401 to wakatime-sync-plan.");
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain(fake.key);
    fake.failures.push({ kind: 302 });
    await expect(single()).rejects.toThrow("answered 302");
    expect(fake.calls).toHaveLength(2);
  });

  it("says so when nothing listens, without the key", async () => {
    vi.stubEnv("TRIGGER_API_URL", "http://127.0.0.1:9");
    const failed = (await single().catch((error: unknown) => error)) as Error;
    expect(failed.message).toBe("Trigger.dev did not answer to wakatime-sync-plan.");
    expect(`${failed.stack} ${(failed.cause as Error).stack}`).not.toContain(fake.key);
  });
});
