import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { freePort, probePort, waitForExit } from "../home/processes";
import { removeHome, runningUrl } from "../postgres/embedded";
import { dataDirOf, readPointer } from "../postgres/place";
import { runningPostmaster, stopPostmaster } from "../postgres/postmaster";
import { spawnStart, throwawayHome } from "../test/demo-server";
import { endChild, exitOf } from "./child";

const READY_TIMEOUT_MS = 90_000;
const GONE_TIMEOUT_MS = 30_000;
const started: ChildProcess[] = [];
const homes: string[] = [];

/** The whole product on the build of the stage before, without invented people. */
async function start(
  home: string,
  port: number,
): Promise<{ child: ChildProcess; output: string; later: () => string }> {
  const child = spawnStart({ COHORT_HOME: home, COHORT_THROWAWAY: "1", COHORT_DEMO: "0", PORT: String(port) });
  started.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  await expect.poll(() => output, { timeout: READY_TIMEOUT_MS }).toMatch(/^Started in /m);
  return { child, output, later: () => output };
}

const postmasterOf = (home: string) => {
  const pointer = readPointer(home);
  return pointer && runningPostmaster(dataDirOf(pointer.place));
};

afterEach(async () => {
  for (const child of started.splice(0)) await endChild(child, GONE_TIMEOUT_MS);
  for (const home of homes.splice(0)) {
    const left = postmasterOf(home);
    if (left) await stopPostmaster(left.pid);
    removeHome(home);
  }
});

describe("a start", () => {
  it("shows the first admin's page, starts a killed Postgres again, and leaves nothing behind when it is stopped", async () => {
    const home = throwawayHome();
    homes.push(home);
    const port = await freePort();
    const { child, output, later } = await start(home, port);
    expect(output).toMatch(new RegExp(`^Cohort is ready at http://localhost:${port}$`, "m"));
    expect(output).not.toContain("@cohort.test");
    const page = output.match(/^Set up the first admin \(once\): (\S+)$/m)?.[1];
    expect((await fetch(page as string)).status).toBe(200);
    const killed = postmasterOf(home);
    process.kill(killed?.pid as number, "SIGKILL");
    await expect.poll(() => postmasterOf(home)?.pid ?? killed?.pid, { timeout: 20_000 }).not.toBe(killed?.pid);
    const ready = async () => (await fetch(`http://localhost:${port}/readyz`)).status;
    await expect.poll(ready, { timeout: 20_000 }).toBe(200);
    const database = postmasterOf(home);
    expect(database?.port).toBe(killed?.port);
    expect(later()).toContain("The embedded Postgres ended; starting it again");
    expect(later()).not.toMatch(/The (worker|web server) ended/);

    child.kill("SIGINT");
    expect(await exitOf(child)).toBe(0);
    expect(await probePort(port)).toBeNull();
    // It has ended; the system may take a moment to forget its number.
    expect(await waitForExit(database?.pid as number, 5_000)).toBe(true);
    expect(runningUrl(home)).toBeNull();
    expect(existsSync(join(home, "lock.json"))).toBe(false);
  });

  it("works again after kill -9, whose services end by themselves", async () => {
    const home = throwawayHome();
    homes.push(home);
    const port = await freePort();
    const { child } = await start(home, port);
    child.kill("SIGKILL");
    expect(await waitForExit(child.pid as number, GONE_TIMEOUT_MS)).toBe(true);
    await expect.poll(() => probePort(port), { timeout: GONE_TIMEOUT_MS }).toBeNull();
    // The database outlives it; the next start takes it over.
    expect(postmasterOf(home)).not.toBeNull();

    const again = await start(home, port);
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
    again.child.kill("SIGTERM");
    expect(await exitOf(again.child)).toBe(0);
    expect(postmasterOf(home)).toBeNull();
  });
});
