import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { createDb, type Database } from "@/db/client";
import { getSyncRun } from "@/db/queries/sync-runs";
import { startSync } from "@/lib/jobs/sync-start";
import { parseTokenKeys } from "@/lib/wakatime/token-crypto";
import { prepareSchema } from "@/scripts/database/schema";
import { PROJECT_ROOT } from "@/scripts/home/home";
import { removeHome, startEmbedded } from "@/scripts/postgres/embedded";
import { WORKER_MEMORY } from "@/scripts/start/services";
import { throwawayHome } from "@/scripts/test/demo-server";
import { addPeople } from "./people";
import { type Phase, printPhases, verdicts } from "./report";
import type { Done } from "./worker-child";

const FIRST_DAY = Date.parse("2026-11-20T12:00:00Z");
const DAY_MS = 86_400_000;
const BARS_NEED = 0.6;

const { values } = parseArgs({
  options: { sizes: { type: "string", default: "1000,10000,100000" }, json: { type: "string" } },
});
const sizes = values.sizes.split(",").map(Number);
const tokenKeys = `bench:${randomBytes(32).toString("base64")}`;
Object.assign(process.env, { JOBS_BACKEND: "embedded", LOG_LEVEL: "error", WAKATIME_TOKEN_KEYS: tokenKeys });

/** A script of ours as a process, with the memory that a worker gets and its garbage collector at hand. */
function start(script: string, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(
    process.execPath,
    ["--expose-gc", ...WORKER_MEMORY, "--import", "tsx", join(PROJECT_ROOT, "bench/sync", script), ...args],
    {
      cwd: PROJECT_ROOT,
      env: { ...process.env, NODE_ENV: "production", ...env },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
}
const message = async <T>(child: ChildProcess): Promise<T> => {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`A process of the measurement ended early (${code}).`);
  });
  return (await Promise.race([once(child, "message"), ended]))[0] as T;
};

const statements = async (db: Database) => {
  const [row] = await db.execute<{ calls: number }>(sql`
    select coalesce(sum(calls), 0)::float8 as calls from pg_stat_statements s
    where query !~ 'pgboss|pg_stat_statements' and dbid = (select oid from pg_database where datname = current_database())`);
  return row?.calls ?? 0;
};

const home = throwawayHome();
mkdirSync(join(home, "logs"));
const server = await startEmbedded(home);
const fake = start("fake-child.ts", [], {});
try {
  const { url: fakeUrl } = await message<{ url: string }>(fake);
  await prepareSchema(server.url);
  const { db, close } = createDb(server.url, { max: 2, name: "cohort-bench" });
  await db.execute(sql`create extension if not exists pg_stat_statements`);
  const env = (now: Date) => ({ DATABASE_URL: server.url, FAKE_URL: fakeUrl, NOW: now.toISOString() });
  const setNow = async (now: Date) => {
    const told = message(fake);
    fake.send({ now: now.toISOString() });
    await told;
  };

  const fetchAlone = async (users: number, now: Date): Promise<Phase> => {
    const child = start("worker-child.ts", ["fetch", String(users)], env(now));
    const done = await message<Done>(child);
    return { name: "fetch and parse alone", users, ...done };
  };
  const syncAll = async (name: string, users: number, now: Date): Promise<Phase> => {
    const child = start("worker-child.ts", ["sync"], env(now));
    await message(child);
    const before = await statements(db);
    const { runId } = await startSync(db, { actor: { type: "system", job: "bench" }, scheduledFor: now });
    const startedAt = performance.now();
    for (;;) {
      const run = await getSyncRun(db, runId);
      if (run?.status === "completed") {
        const ms = performance.now() - startedAt;
        if (run.usersOk !== users) throw new Error(`${run.usersOk} of ${users} users were synced.`);
        const perUser = ((await statements(db)) - before) / users;
        const asked = message<Done>(child);
        child.send("report");
        const done = await asked;
        return { name, users, ...done, ms, days: run.daysWritten, unchanged: run.daysUnchanged, statements: perUser };
      }
      if (run?.status !== "running") throw new Error(`The run ended as ${run?.status}: ${run?.error}`);
      await wait(100);
    }
  };

  console.log(`${cpus().length} cores, ${cpus()[0]?.model}; the stand-in, Postgres and the worker share them.`);
  const phases: Phase[] = [];
  const measure = async (phase: Promise<Phase>) => {
    phases.push(await phase);
    printPhases(phases.slice(-1));
  };
  let day = 0;
  let people = 0;
  for (const users of sizes) {
    await addPeople(db, { from: people, to: users, keys: parseTokenKeys(tokenKeys) });
    people = users;
    await db.execute(sql`truncate daily_summary, daily_summary_item, sync_outcome`);
    const at = () => new Date(FIRST_DAY + day * DAY_MS);
    await setNow(at());
    await measure(syncAll("first fill", users, at()));
    await measure(fetchAlone(users, at()));
    // A night later: yesterday is whole now and today is new, the other twelve days are as they were.
    day += 1;
    await setNow(at());
    await measure(syncAll("a night later", users, at()));
    await measure(fetchAlone(users, at()));
    await measure(syncAll("nothing new", users, at()));
    await db.execute(sql`update daily_summary set total_ms = total_ms + 1, digest = 0`);
    await measure(syncAll("full replace", users, at()));
    await measure(fetchAlone(users, at()));
  }
  await close();
  const judged = verdicts(phases, BARS_NEED);
  for (const line of judged) console.log(`${line.holds ? "✓" : "✗"} ${line.text}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ phases, verdicts: judged }, null, 2)}\n`);
  process.exitCode = judged.every((line) => line.holds) ? 0 : 1;
} finally {
  fake.kill();
  await server.stop();
  removeHome(home);
}
