import { createHash } from "node:crypto";
import { requireEnv } from "@/lib/env";
import { type JobName, jobContracts } from "./contracts";
import type { EnqueueOptions } from "./definition";

// Plain HTTP rather than the SDK: the web process stays without its 75 MB, and only jobs/ knows the SDK.
const DEFAULT_URL = "https://api.trigger.dev";
const API_VERSION = "2025-07-16";
const TIMEOUT_MS = 10_000;

/**
 * Triggers a task at Trigger.dev. A repetition with the same key within 30 days is answered with the first run, unless
 * that one failed. Not part of the caller's transaction: the task may start before it commits, and retries.
 */
export async function triggerTask(
  name: JobName,
  payload: object,
  { key, scheduledFor }: EnqueueOptions,
): Promise<void> {
  const { task } = jobContracts[name];
  const url = new URL(`/api/v1/tasks/${task}/trigger`, process.env.TRIGGER_API_URL || DEFAULT_URL);
  const branch = process.env.TRIGGER_PREVIEW_BRANCH || process.env.VERCEL_GIT_COMMIT_REF;
  const answer = await fetch(url, {
    method: "POST",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      authorization: `Bearer ${requireEnv("TRIGGER_SECRET_KEY")}`,
      "content-type": "application/json",
      "x-trigger-api-version": API_VERSION,
      ...(branch ? { "x-trigger-branch": branch } : {}),
    },
    body: JSON.stringify({
      payload: JSON.stringify({ json: payload }),
      options: {
        payloadType: "application/super+json",
        idempotencyKey: createHash("sha256").update(`${name}:${key}`).digest("hex"),
        idempotencyKeyTTL: "30d",
        ...(scheduledFor ? { delay: scheduledFor.toISOString() } : {}),
      },
    }),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`Trigger.dev answered ${answer.status} to ${task}.`);
}
