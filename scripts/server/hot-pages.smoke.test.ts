import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, createDb, type Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { getDashboard } from "@/db/queries/dashboard";
import { listDemoSessions } from "@/db/queries/demo-session-list";
import { listUsers } from "@/db/queries/user-list";
import { demoPassword, seed } from "@/db/seed";
import { PROJECT_ROOT } from "../home/home";
import { freePort } from "../home/processes";
import { type Embedded, removeHome, startEmbedded } from "../postgres/embedded";
import { endChild } from "../start/child";
import { freshEnvironment } from "../test/demo-server";

const AUTH_SECRET = "a secret for the hot pages, long enough to sign with";
const READY_TIMEOUT_MS = 60_000;

let home: string;
let postgres: Embedded;
let connection: Connection;
let server: ChildProcess;
let url: string;
let cookie: string;

/** Ten thousand students, and the production build in front of them. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "cohort-hot-pages-"));
  chmodSync(home, 0o711);
  mkdirSync(join(home, "logs"));
  postgres = await startEmbedded(home, { throwaway: true });
  await migrate(postgres.url);
  connection = createDb(postgres.url, { max: 2, name: "cohort-hot-pages" });
  await connection.sql`create extension if not exists pg_stat_statements`;
  const tokenKeys = `test:${Buffer.alloc(32, 7).toString("base64")}`;
  await seed(connection.db, { size: "10k", authSecret: AUTH_SECRET, tokenKeys });

  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, ["--import", "tsx", join(PROJECT_ROOT, "scripts/server/main.ts")], {
    cwd: PROJECT_ROOT,
    env: {
      ...freshEnvironment({}),
      NODE_ENV: "production",
      DATABASE_URL: postgres.url,
      AUTH_SECRET,
      PORT: String(port),
      HOST: "127.0.0.1",
    },
    stdio: "ignore",
    detached: true,
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
    if (Date.now() > deadline) throw new Error("the server does not become ready");
    await sleep(200);
  }
  const answer = await fetch(`${url}/api/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "admin@cohort.test", password: demoPassword(AUTH_SECRET) }),
  });
  cookie =
    answer.headers
      .getSetCookie()
      .find((each) => each.startsWith("access_token_cookie="))
      ?.split(";")[0] ?? "";
});

afterAll(async () => {
  await endChild(server, 5_000);
  await connection?.close();
  await postgres?.stop();
  removeHome(home);
});

/** Every statement that the server sent while it answered, with its number of calls. */
async function statementsOf(path: string) {
  await connection.sql`select pg_stat_statements_reset()`;
  const answer = await fetch(url + path, { headers: { cookie } });
  await answer.text();
  const rows = await connection.sql<{ query: string; calls: number }[]>`
    select query, calls::int from pg_stat_statements
    -- What a new connection asks once (settings, array types) belongs to no page.
    where query not ilike '%pg_stat_statements%' and dbid = (select oid from pg_database where datname = current_database())
    and toplevel and query not ilike 'set %' and query not ilike '%pg_type%'`;
  const isSession = (query: string) => query.includes("token_hash");
  return {
    status: answer.status,
    session: rows.filter((row) => isSession(row.query)).reduce((sum, row) => sum + row.calls, 0),
    data: rows.filter((row) => !isSession(row.query)).reduce((sum, row) => sum + row.calls, 0),
    timing: answer.headers.get("server-timing"),
  };
}

describe.each(["/admin", "/admin/users?role=student&q=ann&page=2", "/admin/demo-sessions"])(
  "%s at 10,000 students",
  (path) => {
    it("sends one statement for its data and one for the session", async () => {
      const counted = await statementsOf(path);
      expect(counted).toMatchObject({ status: 200, session: 1, data: 1 });
      expect(counted.timing).toContain('desc="2 queries"');
    });
  },
);

/** A Db whose statements are explained instead of run: what comes back is the plan. */
function explaining(plans: unknown[]): Db {
  return {
    execute: async (query: SQL) => {
      plans.push(await connection.db.execute(sql`explain (format json) ${query}`));
      return [{ rows: [], total: 0, dashboard: {} }];
    },
  } as unknown as Db;
}

describe("the plans at 10,000 students", () => {
  const now = new Date();
  const admin = { id: 1, role: "admin" } as const;
  const users = { page: 2, size: 20, q: "ann", role: "student" } as const;

  it("never scan daily_summary from end to end", async () => {
    const plans: unknown[] = [];
    const db = explaining(plans);
    await getDashboard(db, now);
    await listUsers(db, { ...users, sort: { key: "name", descending: false } }, admin, now);
    await listUsers(db, { ...users, sort: { key: "week", descending: false } }, admin, now);
    await listDemoSessions(
      db,
      { page: 1, size: 20, q: "", period: "upcoming", sort: { key: "nearest", descending: false } },
      now,
    );
    expect(plans).toHaveLength(4);
    const scans = plans.flatMap((plan) => nodesOf(plan)).filter((node) => node["Relation Name"] === "daily_summary");
    expect(scans.length).toBeGreaterThanOrEqual(4);
    expect(scans.map((node) => node["Node Type"])).not.toContain("Seq Scan");
  });
});

type PlanNode = { "Node Type": string; "Relation Name"?: string };

function nodesOf(value: unknown): PlanNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (value === null || typeof value !== "object") return [];
  const own = "Node Type" in value ? [value as PlanNode] : [];
  return [...own, ...Object.values(value).flatMap(nodesOf)];
}
