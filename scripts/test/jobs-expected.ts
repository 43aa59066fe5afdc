import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { jobContracts, jobNames, TICK_CRON, tickNames } from "@/lib/jobs/contracts";
import { FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS, RETRIES } from "@/lib/jobs/queue";
import type { IndexedTask } from "./jobs-index";

/** The embedded queue's tries, in Trigger.dev's words. */
const RETRY = {
  maxAttempts: RETRIES + 1,
  factor: 2,
  minTimeoutInMs: FIRST_RETRY_SECONDS * 1000,
  maxTimeoutInMs: LONGEST_RETRY_SECONDS * 1000,
  randomize: true,
};
const TICK = { cron: TICK_CRON, timezone: "UTC", window: "0m", environments: ["PRODUCTION"] };

const isTick = (name: string) => (tickNames as readonly string[]).includes(name);

const requiredOf = (payload: z.ZodType) => [...((z.toJSONSchema(payload).required as string[]) ?? [])].sort();

/** The tasks that there have to be: one for each job, in a file of its name. */
export const expectedTasks = () =>
  jobNames.map((name) => ({
    id: jobContracts[name].task as string,
    file: `jobs/${jobContracts[name].task}.ts`,
    maxDurationSeconds: jobContracts[name].expireInSeconds as number,
    retry: RETRY as Record<string, unknown>,
    schedule: (isTick(name) ? TICK : undefined) as Record<string, unknown> | undefined,
    // A cron's payload is Trigger.dev's own.
    takes: isTick(name) ? [] : requiredOf(jobContracts[name].payload),
  }));

type Task = ReturnType<typeof expectedTasks>[number];

const asTask = (indexed: IndexedTask): Task => ({
  id: indexed.id,
  file: indexed.filePath,
  maxDurationSeconds: indexed.maxDuration,
  retry: indexed.retry ?? {},
  schedule: indexed.schedule,
  takes: [...(indexed.payloadSchema?.required ?? [])].sort(),
});

/** How the bundle's tasks differ from what the jobs ask for: one sentence each, none when they agree exactly. */
export function taskDifferences(indexed: IndexedTask[]): string[] {
  const got = new Map(indexed.map((each) => [each.id, asTask(each)]));
  const wanted = new Map(expectedTasks().map((each) => [each.id, each]));
  const missing = [...wanted.keys()].filter((id) => !got.has(id)).map((id) => `${id}: not in the bundle.`);
  const unknown = [...got.keys()]
    .filter((id) => !wanted.has(id))
    .map((id) => `${id}: no job of lib/jobs/contracts.ts.`);
  const different = [...wanted].flatMap(([id, want]) => {
    const have = got.get(id);
    if (!have) return [];
    return (Object.keys(want) as (keyof Task)[])
      .filter((field) => !isDeepStrictEqual(want[field], have[field]))
      .map((field) => `${id}: ${field} is ${JSON.stringify(have[field])}, not ${JSON.stringify(want[field])}.`);
  });
  return [...missing, ...unknown, ...different];
}
