import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { jobContracts, jobNames, TICK_CRON } from "./contracts";
import { enqueue } from "./enqueue";
import { triggerTask } from "./trigger-api";

type Seen = {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: { payload: string; options: Record<string, string> };
};

const seen: Seen[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  seen.push({ url: request.url, headers: request.headers, body: JSON.parse(text) });
  response.writeHead(status, { "content-type": "application/json" }).end('{"id":"run_1"}');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.TRIGGER_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.TRIGGER_SECRET_KEY = "tr_prod_test";
});
afterAll(() => server.close());

const asOf = "2026-11-22T12:00:00.000Z";

describe("the Trigger.dev backend", () => {
  it("is taken when its key is set, and triggers the task over HTTP", async () => {
    const noDatabase = undefined as unknown as Db;
    const scheduledFor = new Date("2026-11-22T13:00:00Z");
    await enqueue(noDatabase, "sync-plan", { runId: 7, asOf }, { key: "run:7", scheduledFor });
    const [request] = seen;
    expect(request?.url).toBe("/api/v1/tasks/wakatime-sync-plan/trigger");
    expect(request?.headers).toMatchObject({
      authorization: "Bearer tr_prod_test",
      "x-trigger-api-version": "2025-07-16",
    });
    expect(JSON.parse(request?.body.payload ?? "")).toEqual({ json: { runId: 7, asOf } });
    expect(request?.body.options).toMatchObject({
      payloadType: "application/super+json",
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      delay: scheduledFor.toISOString(),
    });
  });

  it("sends the same idempotency key for the same name and key only", async () => {
    seen.length = 0;
    await triggerTask("sync-plan", {}, { key: "a" });
    await triggerTask("sync-plan", {}, { key: "a" });
    await triggerTask("sync-chunk", {}, { key: "a" });
    const sent = seen.map((each) => each.body.options.idempotencyKey);
    expect(sent[0]).toBe(sent[1]);
    expect(sent[0]).not.toBe(sent[2]);
  });

  it("throws without naming the key when it is refused", async () => {
    status = 401;
    await expect(triggerTask("sync-plan", {}, { key: "a" })).rejects.toThrow(
      "Trigger.dev answered 401 to wakatime-sync-plan.",
    );
    status = 200;
  });
});

describe("the task files", () => {
  const folder = path.join(import.meta.dirname, "../../jobs");
  const files = readdirSync(folder);
  const source = (file: string) => readFileSync(path.join(folder, file), "utf8");

  it("are one per job, named like the task", () => {
    expect(files.sort()).toEqual(jobNames.map((name) => `${jobContracts[name].task}.ts`).sort());
    for (const file of files) expect(source(file)).toContain(`id: "${file.replace(".ts", "")}"`);
  });

  it("tick as the embedded runner does", () => {
    expect(source("wakatime-nightly.ts")).toContain(`pattern: "${TICK_CRON}", timezone: "UTC", window: "0m"`);
  });
});
