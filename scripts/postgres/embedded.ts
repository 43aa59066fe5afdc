import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { Fault } from "../home/fault";
import { freePort } from "../home/processes";
import { loadSecrets } from "../home/secrets";
import { postgresAccount } from "./account";
import { reachableBinaries } from "./binaries";
import { DATABASE, ensureCluster, POSTGRES_ENVIRONMENT, SUPERUSER } from "./cluster";
import { choosePlace, dataDirOf, readPointer, writePointer } from "./place";
import { clearStalePid, type Postmaster, runningPostmaster, stopPostmaster } from "./postmaster";
import { serverArguments } from "./settings";

const READY_TIMEOUT_MS = 60_000;
const LOG_LIMIT_BYTES = 20_000_000;
const ATTEMPTS = 4;

export type Embedded = {
  url: string;
  pid: number;
  port: number;
  dataDir: string;
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>;
  stop(): Promise<void>;
};
export type EmbeddedOptions = {
  /** Faster and not safe against power cuts: for tests. */
  throwaway?: boolean;
  /** The only port that will do: others know the server by it. */
  port?: number;
  /** For tests: other binaries than the installed ones, other folders than the system's. */
  native?: string;
  bases?: string[];
};

const urlOf = (port: number, password: string, database = DATABASE) =>
  `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** The connection string of this home's server while it runs, else null. */
export function runningUrl(home: string): string | null {
  const pointer = readPointer(home);
  const running = pointer && runningPostmaster(dataDirOf(pointer.place));
  return running ? urlOf(running.port, loadSecrets(home).postgresPassword) : null;
}

/** Starts this home's Postgres, made on first use. The caller holds the home's lock. */
export async function startEmbedded(home: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const password = loadSecrets(home).postgresPassword;
  const known = readPointer(home);
  const account = postgresAccount(known ? dataDirOf(known.place) : undefined);
  const native = reachableBinaries(account, options.native, options.bases);
  const place = choosePlace(home, account, options.bases);
  const dataDir = dataDirOf(place);

  // A start that was killed leaves its server running: end it, so that this one's settings hold.
  const left = runningPostmaster(dataDir);
  if (left) await stopPostmaster(left.pid);
  ensureCluster(place, native, account, password);

  const log = join(home, "logs", "postgres.log");
  for (let attempt = 1; ; attempt++) {
    clearStalePid(dataDir);
    const port = options.port ?? (await freePort(known?.port));
    const from = rotate(log);
    const output = openSync(log, "a");
    const child = spawn(join(native, "bin", "postgres"), serverArguments(dataDir, port, options.throwaway ?? false), {
      ...account,
      cwd: "/",
      env: POSTGRES_ENVIRONMENT,
      stdio: ["ignore", output, output],
      // Its own process group: Ctrl-C must reach the web server first and Postgres last.
      detached: true,
    });
    closeSync(output);
    child.unref();
    const exited = new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", () => resolve());
    });
    if (await ready(urlOf(port, password, "postgres"), exited)) {
      writePointer(home, { place, port });
      const running: Postmaster = { pid: child.pid ?? 0, port };
      await createDatabase(urlOf(port, password, "postgres"));
      const stop = () => stopPostmaster(running.pid);
      return { url: urlOf(port, password), ...running, dataDir, exited, stop };
    }
    if (child.exitCode === null && child.pid) await stopPostmaster(child.pid);
    // Another program took the port, or the children of a killed server have not all gone yet: worth another try.
    if (attempt >= ATTEMPTS) throw new Fault(startFault(log, from));
    await sleep(1000 * attempt);
  }
}

async function ready(url: string, exited: Promise<void>): Promise<boolean> {
  let over = false;
  exited.then(() => {
    over = true;
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!over && Date.now() < deadline) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {}, idle_timeout: 1 });
    try {
      await sql`select 1`;
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === "28P01") {
        throw new Fault(
          "The embedded database does not accept the password in secrets.json: restore that file's copy.",
        );
      }
      await sleep(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  return false;
}

async function createDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql.unsafe(`create database ${DATABASE}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Starts a new log when the old one is large, and says where in it this start begins. */
function rotate(log: string): number {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LOG_LIMIT_BYTES) return size;
  renameSync(log, `${log}.1`);
  return 0;
}

function startFault(log: string, from: number): string {
  const lines = readFileSync(log).subarray(from).toString("utf8").split("\n");
  const reason =
    lines.find((line) => /FATAL|PANIC/.test(line))?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? "no reason given";
  return `The embedded Postgres does not start (${reason}): see ${log}.`;
}

/** For tests and their throw-away homes: removes the home and a database that lies outside it. */
export function removeHome(home: string): void {
  const pointer = readPointer(home);
  if (pointer) rmSync(pointer.place, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}
