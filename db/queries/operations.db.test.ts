import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDb } from "@/db/client";
import { apiToken, user } from "@/db/schema";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { createConnection, createUser } from "@/db/testing/factories";
import { metricsAccess } from "@/lib/auth/metrics-access";
import type { Actor } from "@/lib/auth/permissions";
import { hashToken } from "@/lib/auth/session-token";
import { enqueue } from "@/lib/jobs/enqueue";
import { installQueue } from "@/lib/jobs/queue";
import { runJobNow } from "@/lib/jobs/run-now";
import { wordsOfDatabase } from "@/lib/observability/describe-error";
import { holdsApiToken } from "./api-token";
import { explainStatement, getOperations } from "./operations";

const db = testDb();
process.env.METRICS_TOKEN = "what Prometheus sends".replaceAll(" ", "-");
afterAll(closeDb);
let admin: Extract<Actor, { type: "user" }>;

beforeEach(async () => {
  const { id } = await createUser(db, { role: "admin" });
  admin = { type: "user", id, role: "admin" };
});

const now = new Date("2026-11-24T06:40:00Z");

describe("what the database knows of operations", () => {
  it("is known without a queue, and with one tells of waiting, running and failed jobs without values", async () => {
    expect((await getOperations(db)).jobs).toBeNull();
    await installQueue(testDatabaseUrl());
    await createConnection(db, admin.id, {});
    await enqueue(db, "outbox-send", {}, { key: "a" });
    await enqueue(db, "outbox-send", {}, { key: "b" });
    await enqueue(db, "risk-tick", {}, { key: "tick" });
    await db.execute(sql`
      update pgboss.job set state = 'completed', started_on = now() - interval '3 seconds', completed_on = now()
      where singleton_key = 'a'`);
    const failed = {
      ...{ name: "Error", message: "Failed query: …\nparams: ada@cohort.test", query: "select $1" },
      cause: { message: "division by zero" },
    };
    await db.execute(sql`
      update pgboss.job set state = 'retry', output = ${JSON.stringify(failed)}::jsonb where name = 'risk-tick'`);
    const { jobs, sync, outbox, versions, database } = await getOperations(db);
    expect(jobs?.map(({ name }) => name)).toContain("sync-chunk");
    expect(jobs?.find(({ name }) => name === "outbox-send")).toMatchObject({
      ...{ waiting: 1, active: 0, failed: 0, fault: null },
      last: { state: "completed" },
    });
    expect(jobs?.find(({ name }) => name === "risk-tick")).toMatchObject({
      ...{ waiting: 0, retrying: 1, last: null },
      fault: { words: "division by zero" },
    });
    expect(JSON.stringify(jobs)).not.toContain("ada@");
    expect(sync).toEqual({ links: { active: 1 }, lastRun: null });
    expect(outbox).toEqual({ waiting: 0, failed: 0 });
    expect(Number(versions.people)).toBeGreaterThan(0);
    expect(database.connections).toBeGreaterThan(0);
  });

  it("plans a statement without its values and runs nothing", async () => {
    expect(await explainStatement(db, `select * from "user" where id = $1`)).toMatch(/Index Scan using user_pkey/);
    expect(await explainStatement(db, `delete from "user" where id = $1`)).toMatch(/^Delete on "?user/);
    const both = explainStatement(db, `select 1; delete from "user"`);
    expect(wordsOfDatabase(await both.catch((error) => error))).toBeDefined();
    expect(await db.$count(user)).toBeGreaterThan(0);
  });
});

describe("starting a job out of its turn", () => {
  it("is for admins, once for clicks at the same time, and leaves an audit event", async () => {
    await installQueue(testDatabaseUrl());
    const instructor: Actor = { ...admin, role: "instructor" };
    expect(await runJobNow(db, instructor, "demo-tick", now)).toMatchObject({ ok: false, code: "forbidden" });
    const clicks = await Promise.all(Array.from({ length: 4 }, () => runJobNow(db, admin, "demo-tick", now)));
    expect(clicks.map(({ ok }) => ok).sort()).toEqual([false, false, false, true]);
    expect(await runJobNow(db, admin, "sync-tick", now)).toEqual({ ok: true, data: undefined });
    const queued = await db.execute(sql`
      select name, data from pgboss.job where name in ('demo-tick', 'sync-tick') order by name`);
    expect([...queued]).toEqual([
      { name: "demo-tick", data: {} },
      { name: "sync-tick", data: { scheduledFor: "2026-11-24T06:30:00.000Z" } },
    ]);
    const events = await db.execute(sql`select label from audit_event where action = 'job.run' order by label`);
    expect([...events]).toEqual([{ label: "demo-tick" }, { label: "sync-tick" }]);
  });

  it("undoes the event where nothing could be asked for", async () => {
    const refuse = () => Promise.reject(new Error("no queue"));
    await expect(runJobNow(db, admin, "risk-tick", now, refuse)).rejects.toThrow("no queue");
    const events = await db.execute(sql`select from audit_event where label = 'risk-tick'`);
    expect(events).toHaveLength(0);
  });
});

describe("a token for the metrics", () => {
  it("is the configured one, or an API token of theirs; any other is refused", async () => {
    await db.insert(apiToken).values({
      ...{ userId: admin.id, name: "Grafana", tokenHash: hashToken("of-the-table"), scopes: ["metrics.read"] },
      expiresAt: new Date(Date.now() + 60_000),
    });
    const accessBy = (token: string) =>
      metricsAccess(new Request("http://cohort.test/metrics", { headers: { Authorization: `Bearer ${token}` } }));
    const given = ["what-Prometheus-sends", "of-the-table", "what-Prometheus-send", "of-another-table"];
    expect(await Promise.all(given.map(accessBy))).toEqual([200, 200, 401, 401]);
  });
});

describe("an API token", () => {
  it("holds for its scope, until it expires or is revoked, and while its owner is an admin", async () => {
    const tokenHash = hashToken(`token of ${admin.id}`);
    await db.insert(apiToken).values({
      ...{ userId: admin.id, name: "Prometheus", tokenHash, scopes: ["metrics.read"] },
      expiresAt: new Date(Date.now() + 60_000),
    });
    const holds = (scope = "metrics.read", hash = tokenHash) => holdsApiToken(db, hash, scope);
    expect([await holds(), await holds("user.list"), await holds("metrics.read", hashToken("another"))]).toEqual([
      ...[true, false, false],
    ]);
    const soon = new Date(Date.now() + 60_000);
    for (const [spoilt, mended] of [
      [{ revokedAt: new Date() }, { revokedAt: null }],
      [{ expiresAt: new Date(Date.now() - 1_000) }, { expiresAt: soon }],
    ] as const) {
      await db.update(apiToken).set(spoilt);
      expect(await holds()).toBe(false);
      await db.update(apiToken).set(mended);
      expect(await holds()).toBe(true);
    }
    await db.update(user).set({ role: "instructor" }).where(sql`id = ${admin.id}`);
    expect(await holds()).toBe(false);
  });
});
