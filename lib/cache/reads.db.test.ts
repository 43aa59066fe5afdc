import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/db/client";
import { openSession } from "@/db/mutations/session";
import { getViewerBySessionId } from "@/db/queries/session";
import * as schema from "@/db/schema";
import { batchInstructor, user } from "@/db/schema";
import { testDatabaseUrl, testDb, testSql } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createConnection,
  createDemoSession,
  createStudent,
  createUser,
} from "@/db/testing/factories";
import { apiShared } from "@/lib/api";
import { ANALYTICS_TABS, loadAnalyticsParams } from "@/lib/lists/analytics-params";
import * as reads from "./reads";
import type { SharedBody } from "./shared-body";
import { createSharedCache, type SharedCache, type SharedQuestion } from "./shared-cache";
import type { Reader } from "./shared-read";

const NOW = new Date("2026-06-10T12:00:10Z");
const LIMITS = { maxEntries: 100, maxBytes: 1_000_000 };
const DEVICE = { ip: null, userAgent: null };
const USERS = { q: "", sort: { key: "name", descending: false }, page: 1, size: 20 } as const;
const SESSIONS = { q: "", sort: { key: "date", descending: false }, page: 1, size: 20 } as const;
const analytics = (query: string) => async (db: Db, reader: Reader) =>
  reads.readAnalytics(db, await loadAnalyticsParams(new URLSearchParams(query)), reader);

const ANALYTICS = [...ANALYTICS_TABS.map((tab) => `tab=${tab}`), "tab=coding&by=language", "list=students"];

/** All that is shared, each once. */
const READS: Record<string, (db: Db, reader: Reader) => Promise<unknown>> = {
  dashboard: reads.readDashboard,
  users: (db, reader) => reads.readUsers(db, USERS, reader),
  "user-counts": (db, reader) => reads.readUserCounts(db, "batch", { q: "ann" }, reader),
  "demo-sessions": (db, reader) => reads.readDemoSessions(db, SESSIONS, reader),
  ...Object.fromEntries(ANALYTICS.map((query) => [`analytics?${query}`, analytics(query)])),
  "batch-options": reads.readBatchOptions,
  "v1-dashboard": reads.readV1Dashboard,
  "v1-users": (db, reader) => reads.readV1Users(db, { q: "", page: 1, pageSize: 20 }, reader),
};

/** Two processes: a connection and a cache of each. */
const open = () => {
  const connection = createDb(testDatabaseUrl(), { max: 1 });
  return { ...connection, cache: createSharedCache(LIMITS) };
};
const [here, there] = [open(), open()];
afterAll(() => Promise.all([here.close(), there.close()]));

let adminSid: string;
let teacherSid: string;
let ada: { id: number };

beforeAll(async () => {
  const db = testDb();
  const batch = await createBatch(db, { name: "Spring", registrationKey: "SECRET-KEY" });
  ada = await createStudent(db, { name: "Ada", batchId: batch.id, passwordHash: "SECRET-HASH" });
  await createStudent(db, { name: "Anna", email: "secret-for-teachers@example.test" });
  await createConnection(db, ada.id, {
    accessTokenEncrypted: "SECRET-ACCESS",
    refreshTokenEncrypted: "SECRET-REFRESH",
  });
  await addCodingDays(db, ada.id, { "2026-06-09": 60 });
  await createDemoSession(db);
  const teacher = await createUser(db, { role: "instructor" });
  await db.insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
  adminSid = await openSession(db, (await createUser(db, { role: "admin", name: "Root" })).id, DEVICE);
  teacherSid = await openSession(db, teacher.id, DEVICE);
});

/** One request: the session's statement, which reads the versions, then the read. */
async function request(
  process: { db: Db; cache: SharedCache },
  name: string,
  { sid = adminSid, now = NOW }: { sid?: string; now?: Date } = {},
) {
  const viewer = await getViewerBySessionId(process.db, sid);
  if (!viewer) throw new Error("nobody is signed in");
  return READS[name]?.(process.db, { viewer, now, cache: process.cache });
}

describe("what staff read together", () => {
  it("is what each would have read alone", async () => {
    for (const name of Object.keys(READS)) {
      const viewer = await getViewerBySessionId(here.db, adminSid);
      if (!viewer) throw new Error("nobody is signed in");
      const alone = await READS[name]?.(here.db, { viewer, now: NOW, cache: null });
      expect(await request(here, name), name).toEqual(alone);
    }
  });

  it("is loaded once while nothing changes, and anew on both processes as soon as one has changed something", async () => {
    const names = async (process: typeof here) =>
      ((await request(process, "users")) as { rows: { name: string }[] }).rows.map((row) => row.name);
    await Promise.all([names(here), names(there)]);
    const before = [here.cache.state().misses, there.cache.state().misses];
    expect(await names(here)).toContain("Ada");
    expect(await names(there)).toContain("Ada");
    expect([here.cache.state().misses, there.cache.state().misses]).toEqual(before);

    await here.db.update(user).set({ name: "Ada Lovelace" }).where(eq(user.id, ada.id));
    expect(await names(here)).toContain("Ada Lovelace");
    expect(await names(there)).toContain("Ada Lovelace");
    await there.db.update(user).set({ name: "Ada" }).where(eq(user.id, ada.id));
    expect(await names(here)).toContain("Ada");
  });

  it("does not see what is not committed, and sees it as soon as it is", async () => {
    const total = async () => ((await request(here, "users")) as { total: number }).total;
    const before = await total();
    await there.db.transaction(async (tx) => {
      await createUser(tx);
      expect(await total()).toBe(before);
    });
    expect(await total()).toBe(before + 1);
  });

  it("shows coding time, which has no version, within the half-minute", async () => {
    const coded = async (now: Date) => {
      const { activity } = (await request(here, "dashboard", { now })) as { activity: { totalMs: number }[] };
      return activity.reduce((sum, day) => sum + day.totalMs, 0) / 60_000;
    };
    expect(await coded(NOW)).toBe(60);
    await addCodingDays(testDb(), ada.id, { "2026-06-08": 30 });
    expect(await coded(new Date("2026-06-10T12:00:29.999Z"))).toBe(60);
    expect(await coded(new Date("2026-06-10T12:00:30.000Z"))).toBe(90);
  });

  it("keeps an instructor's view apart from an admin's", async () => {
    for (const name of ["users", "v1-users"]) {
      expect(JSON.stringify(await request(here, name)), name).toContain("secret-for-teachers@");
      expect(JSON.stringify(await request(here, name, { sid: teacherSid })), name).not.toContain(
        "secret-for-teachers@",
      );
    }
  });

  it("is answered 304 to who has v1's answer, while its content stays the same", async () => {
    const answer = async (etag = "") => {
      const shared = (await request(here, "v1-users")) as SharedBody;
      return apiShared(new Request("http://x/", { headers: { "If-None-Match": etag } }), shared);
    };
    const first = await answer();
    const etag = first.headers.get("etag") ?? "";
    expect(await first.json()).toMatchObject({ success: true, message: null, error: null, data: { page: 1 } });
    expect(first.headers.get("content-type")).toBe("application/json");
    const known = await answer(etag);
    expect([known.status, await known.text(), known.headers.get("etag")]).toEqual([304, "", etag]);
    // Loaded anew, and the same.
    await here.db.update(user).set({ phone: "+1 555 0100" }).where(eq(user.id, ada.id));
    expect((await answer(etag)).status).toBe(304);
    await here.db.update(user).set({ name: "Ada King" }).where(eq(user.id, ada.id));
    const changed = await answer(etag);
    expect([changed.status, changed.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    expect(await changed.text()).toContain("Ada King");
  });

  it("holds no password, no token, no hash of a session; nothing with a batch's key leaves the process", async () => {
    const left: string[] = [];
    const second = { get: async () => null, put: (key: string, text: string) => left.push(key, text) };
    const process = { db: here.db, cache: createSharedCache({ ...LIMITS, second }) };
    for (const name of Object.keys(READS)) {
      for (const sid of [adminSid, teacherSid]) await request(process, name, { sid });
    }
    const kept = JSON.stringify(await process.cache.values());
    expect(kept).toContain("SECRET-KEY");
    expect(left.join()).toContain("Ada");
    expect(left.join()).not.toContain("SECRET-KEY");
    const rows = await testSql()<{ token: string }[]>`select encode(token_hash, 'hex') as token from session`;
    const tokens = rows.flatMap(({ token }) => [token, Buffer.from(token, "hex").toString("base64")]);
    for (const secret of ["SECRET-HASH", "SECRET-ACCESS", "SECRET-REFRESH", adminSid, ...tokens]) {
      expect(kept).not.toContain(secret);
      expect(left.join()).not.toContain(secret);
    }
  });
});

/** What has no version by design: coding time, and sums that triggers keep of tables which have one. */
const WITHOUT_TAG = /^(daily_|coding_|row_count$)/;

it("a read names the tags of all the tables in its statement", async () => {
  const tagged = await testSql()<{ table: string; tag: string }[]>`
    select distinct c.relname as table, split_part(encode(t.tgargs, 'escape'), '\\000', 1) as tag
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where p.proname = 'note_data_change'`;
  const tables = await testSql()<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public'`;
  const statements: string[] = [];
  const logger = { logQuery: (text: string) => statements.push(text) };
  const db = drizzle(testSql(), { schema, casing: "snake_case", logger });
  const found = await getViewerBySessionId(db, adminSid);
  if (!found) throw new Error("nobody is signed in");

  for (const [name, read] of Object.entries(READS)) {
    statements.length = 0;
    let asked: SharedQuestion | undefined;
    const cache = createSharedCache(LIMITS);
    const listening: SharedCache = {
      ...cache,
      read: (question, versions, now, load) => {
        asked = question;
        return cache.read(question, versions, now, load);
      },
    };
    await read(db, { viewer: found, now: NOW, cache: listening });
    const text = statements.join("\n");
    const named = tables.filter((table) => new RegExp(`(from|join)\\s+\\(?"?${table.name}"?\\b`).test(text));
    expect(named.length, name).toBeGreaterThan(0);
    const needed = named.map((table) => {
      const tag = tagged.find((each) => each.table === table.name)?.tag;
      if (!tag && !WITHOUT_TAG.test(table.name)) throw new Error(`${name} reads ${table.name}, which has no tag`);
      return tag ?? (table.name === "row_count" ? "people" : "syncs");
    });
    expect(asked?.tags, name).toEqual(expect.arrayContaining([...new Set(needed)]));
  }
});
