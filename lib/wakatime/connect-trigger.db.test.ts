import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Viewer } from "@/db/queries/session";
import { connection, syncRun } from "@/db/schema";
import { demoAccessToken } from "@/db/seed/coding-generator";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import { jobContracts, jobNames } from "@/lib/jobs/contracts";
import { enqueue, enqueueMany } from "@/lib/jobs/enqueue";
import { runJob } from "@/lib/jobs/run";
import { startSync } from "@/lib/jobs/sync-start";
import { type FakeTrigger, startFakeTrigger } from "@/lib/jobs/testing/fake-trigger";
import { createTestIo } from "@/lib/jobs/testing/io";
import { finishConnecting } from "./connect";
import { startConnecting } from "./connect-start";
import { personOf, testKeys } from "./testing/people";
import { connectionOf, createTestClient, storedDays } from "./testing/stored";
import { createVisitor } from "./testing/visitors";
import { decryptToken, tokenAad } from "./token-crypto";

const db = testDb();
const SECRET = "the-client-secret-of-the-academy";
let trigger: FakeTrigger;
let wakatime: FakeWakatime;

beforeAll(async () => {
  [trigger, wakatime] = await Promise.all([startFakeTrigger(), startFakeWakatime()]);
  Object.assign(process.env, {
    JOBS_BACKEND: "trigger",
    TRIGGER_API_URL: trigger.url,
    TRIGGER_SECRET_KEY: trigger.key,
    WAKATIME_CLIENT_SECRET: SECRET,
  });
});
afterAll(() => Promise.all([trigger.close(), wakatime.close()]));

/** The link's tokens, as they are and as they are stored. */
async function tokensOf({ id }: Viewer) {
  const link = await connectionOf(db, id);
  if (!link) throw new Error("there is no link");
  const { keyId, accessTokenEncrypted, refreshTokenEncrypted } = link;
  const open = (ciphertext: string, token: "access" | "refresh") =>
    decryptToken({ keyId, ciphertext }, testKeys, tokenAad(id, token));
  return [
    accessTokenEncrypted,
    refreshTokenEncrypted,
    open(accessTokenEncrypted, "access"),
    open(refreshTokenEncrypted, "refresh"),
  ];
}

it("Trigger.dev hears of a link and its syncs no token, code, state, key or address", async () => {
  const viewer = await createVisitor(db);
  const owner = { userId: viewer.id, sessionId: viewer.sessionId };
  const application = { oauthUrl: `${wakatime.url}/oauth`, clientId: "id", redirectUri: "http://localhost/cb" };
  const address = await startConnecting(db, owner, application);
  wakatime.failures.set({ consentAs: demoAccessToken(personOf(900_001)) });
  const consent = await fetch(address, { redirect: "manual" });
  const { state = "", code = "" } = Object.fromEntries(new URL(consent.headers.get("location") ?? "").searchParams);
  const client = createTestClient(wakatime.url);
  const access = { client, keys: testKeys };
  expect(await finishConnecting({ db, access, viewer }, { state, code })).toBe("connected");
  const secrets = [...(await tokensOf(viewer)), state, code, SECRET, testDatabaseUrl()];
  secrets.push(testKeys[0]?.key.export().toString("base64") ?? "", process.env.AUTH_SECRET ?? "");

  // What was triggered is worked off as Trigger.dev would, and the sync of everybody after it; with a renewal on the way.
  const { io, close } = createTestIo(db, wakatime.url, () => new Date());
  await db.update(connection).set({ expiresAt: new Date() }).where(eq(connection.userId, viewer.id));
  await startSync(db, { actor: { type: "system", job: "test" } });
  for (const { task, payload } of trigger.runs) {
    const name = jobNames.find((each) => jobContracts[each].task === task);
    if (!name) throw new Error(`there is no task ${task}`);
    await runJob(name, payload, { ...io, enqueue, enqueueMany });
  }
  await Promise.all([close(), client.close()]);
  secrets.push(...(await tokensOf(viewer)));

  const tasks = trigger.runs.map(({ task }) => task);
  expect(tasks).toEqual(["wakatime-sync-user", "wakatime-sync-plan", "wakatime-sync-chunk"]);
  expect(await storedDays(db, viewer.id)).toHaveLength(14);
  expect((await db.select().from(syncRun)).map(({ status }) => status)).toEqual(["completed", "completed"]);

  const heard = trigger.calls.map((call) => JSON.stringify(call)).join("\n");
  expect(heard).toContain(String(viewer.id));
  expect(new Set(secrets).size).toBe(secrets.length);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThanOrEqual(20);
    expect([secret, encodeURIComponent(secret)].filter((each) => heard.includes(each))).toEqual([]);
  }
});
