import { idempotencyKeys, tasks } from "@trigger.dev/sdk";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { type FakeTrigger, startFakeTrigger } from "./testing/fake-trigger";
import { triggerTask, triggerTasks } from "./trigger-api";

/** Our plain HTTP beside the calls of the SDK that the tasks are built with: what Trigger.dev gets is the same. */
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
const scheduledFor = new Date("2026-11-22T13:00:00Z");
const HEADERS = ["authorization", "content-type", "x-trigger-api-version", "x-trigger-branch"];
const OPTIONS = ["payloadType", "idempotencyKey", "idempotencyKeyTTL", "delay"];

const pick = (from: object, names: string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
/** What decides which runs there will be: of a call or line, the rest is the SDK's own book-keeping. */
const essence = () =>
  fake.calls.map((call) => ({
    path: call.path,
    headers: pick(call.headers, HEADERS),
    lines: call.lines.map(({ options, payload, ...line }) => ({
      ...line,
      ...(payload ? { payload: JSON.parse(payload as string) } : {}),
      ...(options ? { options: pick(options, OPTIONS) } : {}),
    })),
  }));
const sdkOptions = async (key: string) => ({
  idempotencyKey: await idempotencyKeys.create(key, { scope: "global" }),
  idempotencyKeyTTL: "30d",
});

it("triggers one task as the SDK does", async () => {
  vi.stubEnv("TRIGGER_PREVIEW_BRANCH", "a-branch");
  const payload = { runId: 7, asOf };
  await triggerTask("sync-plan", payload, { key: "run:7", scheduledFor });
  const ours = essence();
  expect(ours).toHaveLength(1);
  await tasks.trigger("wakatime-sync-plan", payload, { ...(await sdkOptions("sync-plan:run:7")), delay: scheduledFor });
  expect(essence().slice(1)).toEqual(ours);
  expect(fake.runs).toHaveLength(1);
});

it("triggers many tasks as the SDK does", async () => {
  const items = Array.from({ length: 3 }, (_, index) => ({
    payload: { runId: 7, asOf, userIds: [index] },
    key: `run:7:after:${index}`,
    ...(index === 1 ? { scheduledFor } : {}),
  }));
  await triggerTasks("sync-chunk", items);
  const ours = essence();
  expect(ours.map((call) => call.lines.length)).toEqual([1, 3]);
  const theirs = items.map(async ({ payload, key, scheduledFor: delay }) => ({
    payload,
    options: { ...(await sdkOptions(`sync-chunk:${key}`)), ...(delay ? { delay } : {}) },
  }));
  await tasks.batchTrigger("wakatime-sync-chunk", await Promise.all(theirs));
  const batch = (call: { path: string }) => ({ ...call, path: call.path.replace(/batch_\d+/, "batch") });
  expect(essence().slice(2).map(batch)).toEqual(ours.map(batch));
  expect(fake.runs).toHaveLength(3);
});
