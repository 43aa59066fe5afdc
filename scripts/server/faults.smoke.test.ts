import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDb } from "@/db/client";
import { migrate } from "@/db/migrate";
import { openSession } from "@/db/mutations/session";
import { createUser } from "@/db/testing/factories";
import { SESSION_COOKIE, signSessionId } from "@/lib/auth/session-token";
import { PROJECT_ROOT } from "../home/home";
import { commandLine, freePort, isAlive, waitForExit } from "../home/processes";
import { type Embedded, removeHome, startEmbedded } from "../postgres/embedded";
import { endChild, exitOf } from "../start/child";
import { freshEnvironment, throwawayHome } from "../test/demo-server";

const AUTH_SECRET = "a secret for the days when everything breaks";
const CONNECTIONS = 50;
/** In one process, of the front's making: only what it was already sending can be cut off. */
const IN_PROGRESS = 16;
const AWAY_MS = 5_000;
/** Of one request, whatever happens; and how soon all are answered again. */
const ANSWER_LIMIT_MS = 4_000;
const BACK_LIMIT_MS = 2_000;
const WORDS = "The academy's data cannot be reached right now";

/** Lost had no answer; cut off was being sent. */
type Status = number | "lost" | "cut off";
type Answer = { startedAt: number; ms: number; status: Status; retryAfter: string | null; body: string };

const home = throwawayHome();
let postgres: Embedded;
let server: ChildProcess;
let url: string;
let cookie: string;

beforeAll(async () => {
  mkdirSync(join(home, "logs"), { recursive: true });
  postgres = await startEmbedded(home, { throwaway: true });
  await migrate(postgres.url);
  const { db, close } = createDb(postgres.url, { max: 1 });
  const { id } = await createUser(db, { role: "admin" });
  const sid = await openSession(db, id, { ip: null, userAgent: "faults" });
  await close();
  cookie = `${SESSION_COOKIE}=${await signSessionId(sid, AUTH_SECRET)}`;

  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const settings = { NODE_ENV: "production", DATABASE_URL: postgres.url, AUTH_SECRET, HOST: "127.0.0.1" };
  server = spawn(process.execPath, ["--import", "tsx", join(PROJECT_ROOT, "scripts/server/main.ts")], {
    cwd: PROJECT_ROOT,
    env: { ...freshEnvironment(settings), PORT: String(port), WEB_PROCESSES: "2", LOG_LEVEL: "silent" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    server.once("message", () => resolve());
    server.once("exit", (code) => reject(new Error(`the server ended (${code})`)));
  });
});

afterAll(async () => {
  if (server) await endChild(server, 5_000);
  await postgres?.stop();
  removeHome(home);
});

/** The processes that answer requests, among what the front has started. */
const webProcesses = () =>
  execFileSync("ps", ["-o", "pid=", "--ppid", String(server.pid)], { encoding: "utf8" })
    .trim()
    .split(/\s+/)
    .map(Number)
    .filter((pid) => commandLine(pid).includes("--web"));

/** Fifty who ask for pages and JSON, one after the other, until they are stopped. */
function manyAsk() {
  const answers: Answer[] = [];
  let asking = true;
  const ask = async (path: string) => {
    while (asking) {
      const startedAt = Date.now();
      const taken = (status: Status, more: Partial<Answer> = {}) =>
        answers.push({ startedAt, ms: Date.now() - startedAt, status, retryAfter: null, body: "", ...more });
      const answer = await fetch(url + path, { headers: { cookie }, signal: AbortSignal.timeout(15_000) }).catch(
        () => null,
      );
      const body = await answer?.text().catch(() => null);
      if (!answer) taken("lost");
      else if (typeof body !== "string") taken("cut off");
      else taken(answer.status, { retryAfter: answer.headers.get("retry-after"), body: answer.ok ? "" : body });
      // Whoever is told to come back does not ask again at once.
      if (!answer?.ok) await sleep(50);
    }
  };
  const all = Promise.all(
    Array.from({ length: CONNECTIONS }, (_, index) => ask(index % 2 ? "/admin" : "/api/v1/admin/dashboard")),
  );
  return {
    answers,
    stop: async () => {
      asking = false;
      await all;
    },
  };
}

const statusesOf = (answers: Answer[]) => [...new Set(answers.map(({ status }) => status))];

it("survives five seconds without Postgres under fifty connections", async () => {
  await expect.poll(() => webProcesses().length, { timeout: 10_000 }).toBe(2);
  const before = webProcesses();
  const load = manyAsk();
  await expect.poll(() => load.answers.length, { timeout: 20_000 }).toBeGreaterThan(100);
  expect(statusesOf(load.answers)).toEqual([200]);

  const killedAt = Date.now();
  process.kill(postgres.pid, "SIGKILL");
  await waitForExit(postgres.pid, 5_000);
  await sleep(killedAt + AWAY_MS - Date.now());
  postgres = await startEmbedded(home, { throwaway: true, port: postgres.port });
  const backAt = Date.now();
  await expect.poll(() => load.answers.at(-1)?.startedAt, { timeout: 20_000 }).toBeGreaterThan(backAt + BACK_LIMIT_MS);
  await load.stop();

  const away = load.answers.filter(({ startedAt }) => startedAt > killedAt + 500 && startedAt < killedAt + AWAY_MS);
  expect(away.length).toBeGreaterThan(CONNECTIONS);
  expect(statusesOf(away)).toEqual([503]);
  expect(statusesOf(away.filter(({ retryAfter }) => retryAfter !== "2"))).toEqual([]);
  expect(away.filter(({ body }) => !body.includes(WORDS))).toEqual([]);
  // From the fault on: what was asked before it may have waited for a server that was still warming up.
  const waits = load.answers.map(({ startedAt, ms }) => startedAt + ms - Math.max(startedAt, killedAt));
  expect(Math.max(...waits)).toBeLessThan(ANSWER_LIMIT_MS);
  expect(statusesOf(load.answers).filter((status) => typeof status === "string")).toEqual([]);
  expect(statusesOf(load.answers.filter(({ startedAt }) => startedAt > backAt + BACK_LIMIT_MS))).toEqual([200]);
  expect(webProcesses()).toEqual(before);
});

it("loses no question that had no answer yet when one web process is killed, and starts another one", async () => {
  const before = webProcesses();
  expect(before).toHaveLength(2);
  const load = manyAsk();
  await expect.poll(() => load.answers.length, { timeout: 20_000 }).toBeGreaterThan(100);
  process.kill(before[0] as number, "SIGKILL");
  const asked = load.answers.length;
  await expect.poll(() => load.answers.length, { timeout: 20_000 }).toBeGreaterThan(asked + 100);
  await expect.poll(() => webProcesses().filter((pid) => !before.includes(pid)).length, { timeout: 20_000 }).toBe(1);
  await load.stop();
  const broken = load.answers.filter(({ status }) => status !== 200);
  expect(statusesOf(broken).filter((status) => status !== "cut off")).toEqual([]);
  expect(broken.length).toBeLessThanOrEqual(IN_PROGRESS);
  expect(isAlive(before[1] as number)).toBe(true);
});

it("finishes what it was asked when it is told to stop", async () => {
  const load = manyAsk();
  await expect.poll(() => load.answers.length, { timeout: 20_000 }).toBeGreaterThan(100);
  const stoppedAt = Date.now();
  // As a service manager does it, or Ctrl-C: to the front and the web processes alike.
  process.kill(-(server.pid as number), "SIGTERM");
  expect(await exitOf(server)).toBe(0);
  await load.stop();
  // What was on its way to a connection that had just been closed never arrived.
  const arrived = load.answers.filter(({ startedAt }) => startedAt < stoppedAt - 100);
  expect(arrived.some(({ startedAt, ms }) => startedAt + ms > stoppedAt)).toBe(true);
  expect(statusesOf(arrived)).toEqual([200]);
  expect(statusesOf(load.answers)).not.toContain("cut off");
});
