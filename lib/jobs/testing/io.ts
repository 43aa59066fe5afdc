import type { Database } from "@/db/client";
import { testKeys } from "@/lib/wakatime/testing/people";
import { createTestClient } from "@/lib/wakatime/testing/stored";
import type { JobName, JobPayload } from "../contracts";
import type { EnqueueOptions, JobIo } from "../definition";

export type Sent = { name: JobName; payload: JobPayload<JobName>; options: EnqueueOptions };

/** A job's surroundings with the stand-in for WakaTime, and a queue that only remembers. */
export function createTestIo(db: Database, fakeUrl: string, now: () => Date) {
  const sent: Sent[] = [];
  const client = createTestClient(fakeUrl);
  const stop = new AbortController();
  const quiet = () => {};
  const io: JobIo = {
    db,
    now,
    signal: stop.signal,
    log: { info: quiet, warn: quiet, error: quiet } as JobIo["log"],
    progress: quiet,
    enqueue: async (_db, name, payload, options) => {
      sent.push({ name, payload, options } as Sent);
    },
    enqueueMany: async (_db, name, items) => {
      sent.push(...items.map(({ payload, ...options }) => ({ name, payload, options }) as Sent));
    },
    wakatime: () => ({ client, keys: testKeys }),
  };
  return { io, sent, stop, close: () => client.close() };
}
