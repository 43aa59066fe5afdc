import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../home/home";
import { freePort } from "../home/processes";
import { endChild } from "../start/child";
import { freshEnvironment } from "../test/demo-server";

const READY_TIMEOUT_MS = 60_000;

let url: string;
let child: ChildProcess;
let output = "";

/** The production build of the stage before, served the way a hosting platform does it: no database, no secret. */
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  child = spawn(
    process.execPath,
    [join(PROJECT_ROOT, "node_modules/next/dist/bin/next"), "start", "-p", String(port)],
    {
      cwd: PROJECT_ROOT,
      env: { ...freshEnvironment({}), NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer) break;
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`next start does not answer:\n${output}`);
    await sleep(200);
  }
});
afterAll(() => endChild(child, 5_000));

describe("a plain next start, without database and secrets", () => {
  it("is healthy", async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it("is not ready, and says so", async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });

  it("shows the sign-in page, or says clearly that it cannot", async () => {
    const answer = await fetch(`${url}/login`);
    expect([200, 503]).toContain(answer.status);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
  });
});
