import { createHash, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { requireEnv } from "@/lib/env";
import { type JobName, jobContracts } from "./contracts";
import type { EnqueueOptions } from "./definition";

// Plain HTTP rather than the SDK: the web process stays without its 75 MB, and only jobs/ knows the SDK.
const DEFAULT_URL = "https://api.trigger.dev";
const API_VERSION = "2025-07-16";
const TRIES = 2;
const TRY_TIMEOUT_MS = 10_000;
const PAUSE_MS = 300;
/** More than this Trigger.dev does not take in one batch. */
const BATCH_ITEMS = 1_000;

type Item = EnqueueOptions & { payload: object };
/** `timeoutMs` bounds each of the two tries. */
type CallOptions = { timeoutMs?: number };

const runAnswer = z.object({ id: z.string().min(1) });
const batchAnswer = z.object({ id: z.string().min(1) });
/** Unsealed: it waits for items that it has not got, and starts none of the others. */
const itemsAnswer = z.object({ sealed: z.literal(true) });

/**
 * Triggers a task at Trigger.dev. A repetition with the same key within 30 days is answered with the first run, unless
 * that one failed. Not part of the caller's transaction: the task may start before it commits, and retries.
 */
export async function triggerTask(
  name: JobName,
  payload: object,
  options: EnqueueOptions,
  call: CallOptions = {},
): Promise<void> {
  const { task } = jobContracts[name];
  const body = JSON.stringify(request(name, { payload, ...options }));
  await post({ path: `/api/v1/tasks/${task}/trigger`, body, about: task, answer: runAnswer, ...call });
}

/** Triggers a task any number of times, each item under its own key, as `triggerTask` does. Two calls for a batch. */
export async function triggerTasks(name: JobName, items: Item[], call: CallOptions = {}): Promise<void> {
  const { task } = jobContracts[name];
  for (let from = 0; from < items.length; from += BATCH_ITEMS) {
    const part = items.slice(from, from + BATCH_ITEMS);
    const create = JSON.stringify({ runCount: part.length, taskIdentifiers: [task] });
    const batch = await post({ path: "/api/v3/batches", body: create, about: task, answer: batchAnswer, ...call });
    const lines = part.map((item, index) => `${JSON.stringify({ index, task, ...request(name, item) })}\n`);
    await post({
      path: `/api/v3/batches/${encodeURIComponent(batch.id)}/items`,
      type: "application/x-ndjson",
      body: lines.join(""),
      about: task,
      answer: itemsAnswer,
      ...call,
    });
  }
}

/** What Trigger.dev's SDK would send for the same; trigger-sdk.test.ts compares the two. */
const request = (name: JobName, { payload, key, scheduledFor }: Item) => ({
  payload: JSON.stringify({ json: payload }),
  options: {
    payloadType: "application/super+json",
    idempotencyKey: createHash("sha256").update(`${name}:${key}`).digest("hex"),
    idempotencyKeyTTL: "30d",
    ...(scheduledFor ? { delay: scheduledFor.toISOString() } : {}),
  },
});

type Post<Answer> = CallOptions & {
  path: string;
  type?: string;
  body: string;
  /** The task, for the message of an error. */
  about: string;
  answer: z.ZodType<Answer>;
};

/** An answer after which the same request may well succeed. */
const isPassing = (status: number) => status === 408 || status === 409 || status === 429 || status >= 500;

/** Sent once more when nothing, or nothing final, came back: keys and request id make the repetition harmless. */
async function post<Answer>({ path, type, body, about, answer, timeoutMs = TRY_TIMEOUT_MS }: Post<Answer>) {
  const url = new URL(path, process.env.TRIGGER_API_URL || DEFAULT_URL);
  const branch = process.env.TRIGGER_PREVIEW_BRANCH || process.env.VERCEL_GIT_COMMIT_REF;
  const headers = {
    authorization: `Bearer ${requireEnv("TRIGGER_SECRET_KEY")}`,
    "content-type": type ?? "application/json",
    "x-trigger-api-version": API_VERSION,
    "x-trigger-request-idempotency-key": randomUUID(),
    ...(branch ? { "x-trigger-branch": branch } : {}),
  };
  for (let attempt = 1; ; attempt++) {
    const again = attempt < TRIES;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { method: "POST", redirect: "manual", signal, headers, body });
      const text = await response.text();
      if (response.ok) {
        const parsed = answer.safeParse(jsonOf(text));
        if (parsed.success) return parsed.data;
        if (!again) throw new TriggerError(`Trigger.dev's answer to ${about} does not say that it has been taken.`);
      } else if (!again || !isPassing(response.status)) {
        throw new TriggerError(`Trigger.dev answered ${response.status} to ${about}.`);
      }
    } catch (error) {
      if (error instanceof TriggerError) throw error;
      if (!again) throw new TriggerError(`Trigger.dev did not answer to ${about}.`, { cause: error });
    }
    await wait(PAUSE_MS);
  }
}

/** Trigger.dev has not taken the work. The message is for an operator, and names no key. */
export class TriggerError extends Error {
  override name = "TriggerError";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
