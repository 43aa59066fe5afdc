import { afterAll, afterEach, beforeAll } from "vitest";
import type { Viewer } from "@/db/queries/session";
import { demoAccessToken } from "@/db/seed/coding-generator";
import { testDb, testSql } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import type { JobName } from "@/lib/jobs/contracts";
import type { Enqueue } from "@/lib/jobs/definition";
import type { WakatimeClient } from "../client";
import { finishConnecting, type Returned } from "../connect";
import { startConnecting } from "../connect-start";
import { personOf, testKeys } from "./people";
import { createTestClient } from "./stored";

export const db = testDb();
export let fake: FakeWakatime;
export let client: WakatimeClient;
let lastKey = 700;
export const enqueued: { name: JobName; payload: unknown }[] = [];

export const enqueue: Enqueue = async (_db, name, payload) => {
  enqueued.push({ name, payload });
};

beforeAll(async () => {
  fake = await startFakeWakatime({ clientSecret: "secret" });
  client = createTestClient(fake.url);
});
afterEach(() => {
  fake.failures.clear();
  enqueued.length = 0;
});
afterAll(async () => {
  await client.close();
  await fake.close();
});

/** The consent page for whoever `key` is at WakaTime; returns what it sends the browser back with. */
export async function consent(viewer: Viewer, key = ++lastKey): Promise<Returned & { state: string }> {
  const application = { oauthUrl: `${fake.url}/oauth`, clientId: "id", redirectUri: "http://localhost/cb" };
  const address = await startConnecting(db, { userId: viewer.id, sessionId: viewer.sessionId }, application);
  fake.failures.set({ consentAs: demoAccessToken(personOf(key)) });
  const answer = await fetch(address, { redirect: "manual" });
  const back = Object.fromEntries(new URL(answer.headers.get("location") ?? "").searchParams);
  return { ...back, state: back.state ?? "" };
}

export const finish = (viewer: Viewer, returned: Returned, more: { enqueue?: Enqueue; now?: () => Date } = {}) =>
  finishConnecting({ db, access: { client, keys: testKeys }, viewer, enqueue, ...more }, returned);

/** Every row that connecting may write, for this person or for anybody. */
export async function rows() {
  const [row] = await testSql()`
    select (select count(*)::int from connection) as links, (select count(*)::int from sync_run) as runs,
      (select count(*)::int from audit_event) as events, (select count(*)::int from outbox) as notices`;
  return { ...row };
}

export const revocations = () => fake.requests.filter(({ path }) => path === "/oauth/revoke").length;
