import { afterAll, afterEach, beforeAll } from "vitest";
import { testDb } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import type { WakatimeClient } from "../client";
import { type SyncOptions, syncUser } from "../sync";
import { testKeys } from "./people";
import { createTestClient } from "./stored";

/** The stand-in, a client of it and a clock, for the tests of one file; `firstKey` keeps its invented people apart. */
export function wakatimeLab({ now: initial, firstKey }: { now: string; firstKey: number }) {
  const db = testDb();
  let key = firstKey;
  let fake: FakeWakatime | undefined;
  let client: WakatimeClient | undefined;

  const running = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("The stand-in does not run yet.");
    return part;
  };
  const lab = {
    db,
    now: new Date(initial),
    get fake() {
      return running(fake);
    },
    get client() {
      return running(client);
    },
    nextKey: () => ++key,
    sync: (userId: number, more: Partial<SyncOptions> = {}) =>
      syncUser({ db, client: lab.client, keys: testKeys, userId, now: () => lab.now, ...more }),
  };

  beforeAll(async () => {
    fake = await startFakeWakatime({ now: () => lab.now });
    client = createTestClient(fake.url);
  });
  afterEach(() => {
    lab.now = new Date(initial);
    lab.fake.failures.clear();
  });
  afterAll(async () => {
    await client?.close();
    await fake?.close();
  });
  return lab;
}
