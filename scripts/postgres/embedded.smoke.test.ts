import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { afterEach, describe, expect, it } from "vitest";
import { waitForExit } from "../home/processes";
import { throwawayHome } from "../test/demo-server";
import { installedBinaries } from "./binaries";
import { type Embedded, type EmbeddedOptions, removeHome, runningUrl, startEmbedded } from "./embedded";
import { keepEmbedded } from "./kept";
import { dataDirOf, readPointer } from "./place";
import { runningPostmaster } from "./postmaster";

const isRoot = process.getuid?.() === 0;
const homes: string[] = [];
const running: Embedded[] = [];

async function start(home: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  mkdirSync(join(home, "logs"), { recursive: true });
  if (!homes.includes(home)) homes.push(home);
  const server = await startEmbedded(home, { throwaway: true, ...options });
  running.push(server);
  return server;
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  for (const home of homes.splice(0)) removeHome(home);
});

describe("the embedded Postgres", () => {
  it("runs with the settings it promises and keeps its data over a stop", async () => {
    const home = throwawayHome();
    const server = await start(home);
    const [row] = await query(
      server.url,
      `select current_setting('shared_preload_libraries') as libraries, current_setting('server_encoding') as encoding,
         current_setting('log_min_duration_statement') as slow, current_setting('log_parameter_max_length') as parameters,
         current_setting('listen_addresses') as addresses,
         (select datcollate from pg_database where datname = current_database()) as collation`,
    );
    expect(row).toEqual({
      libraries: "pg_stat_statements",
      encoding: "UTF8",
      slow: "100ms",
      parameters: "0",
      addresses: "127.0.0.1",
      collation: "C.UTF-8",
    });
    await query(server.url, "create table kept (id int)");
    await server.stop();
    expect(runningUrl(home)).toBeNull();

    const again = await start(home);
    expect(await query(again.url, "select * from kept")).toHaveLength(0);
    expect(new URL(again.url).port).toBe(new URL(server.url).port);
  });

  it("asks for the password", async () => {
    const server = await start(throwawayHome());
    const url = new URL(server.url);
    url.password = "wrong";
    await expect(query(url.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
  });

  it("survives kill -9 of the server", async () => {
    const home = throwawayHome();
    // With the settings of real data: a throw-away server may lose its last commits.
    const server = await start(home, { throwaway: false });
    await query(server.url, "create table kept as select 1 as id");
    process.kill(server.pid, "SIGKILL");
    await waitForExit(server.pid, 5_000);
    const again = await start(home);
    expect(await query(again.url, "select id from kept")).toEqual([{ id: 1 }]);
  });

  it("takes over the server that a killed start left running", async () => {
    const home = throwawayHome();
    const left = await start(home);
    expect(runningUrl(home)).toBe(left.url);
    const again = await start(home);
    expect(again.pid).not.toBe(left.pid);
    expect(await query(again.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("leaves nothing behind when it is told to stop while it starts again after a fault", async () => {
    const home = throwawayHome();
    mkdirSync(join(home, "logs"), { recursive: true });
    homes.push(home);
    const kept = await keepEmbedded(home, { throwaway: true });
    const place = readPointer(home)?.place as string;
    const pid = () => runningPostmaster(dataDirOf(place))?.pid;
    const first = pid() as number;
    process.kill(first, "SIGKILL");
    await waitForExit(first, 5_000);
    await expect.poll(() => ![undefined, first].includes(pid()), { timeout: 20_000, interval: 5 }).toBe(true);
    const askedAt = Date.now();
    await kept.stop();
    expect(pid()).toBeUndefined();
    expect(Date.now() - askedAt).toBeLessThan(10_000);
  });

  it("starts below a folder of mode 700, with its binaries there too", async () => {
    const closed = mkdtempSync(join(tmpdir(), "cohort-closed-"));
    const open = mkdtempSync(join(tmpdir(), "cohort-open-"));
    try {
      chmodSync(closed, 0o700);
      const home = join(closed, "clone", ".cohort");
      mkdirSync(home, { recursive: true });
      // A clone's own node_modules would lie below the closed folder as well.
      const native = join(closed, "clone", "package", "native");
      const installed = installedBinaries();
      mkdirSync(dirname(native), { recursive: true });
      cpSync(join(installed, "..", "package.json"), join(native, "..", "package.json"));
      if (isRoot) cpSync(installed, native, { recursive: true, verbatimSymlinks: true });
      else symlinkSync(installed, native);

      const server = await start(home, { native, bases: [open] });
      expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
      // Root's server runs as another user, who may not enter: data lies outside. Anybody else keeps it in the home.
      expect(server.dataDir.startsWith(isRoot ? open : home)).toBe(true);
      expect(statSync(server.dataDir).uid).not.toBe(0);
      await server.stop();

      const again = await start(home, { native, bases: [open] });
      expect(again.dataDir).toBe(server.dataDir);
    } finally {
      for (const server of running.splice(0)) await server.stop();
      rmSync(closed, { recursive: true, force: true });
      rmSync(open, { recursive: true, force: true });
    }
  });

  it("keeps its secrets from others", async () => {
    const home = throwawayHome();
    await start(home);
    expect(statSync(join(home, "secrets.json")).mode & 0o777).toBe(0o600);
  });
});
