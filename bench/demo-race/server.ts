import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PROJECT_ROOT } from "@/scripts/home/home";
import { freePort } from "@/scripts/home/processes";
import { endChild } from "@/scripts/start/child";
import { freshEnvironment } from "@/scripts/test/demo-server";

const READY_TIMEOUT_MS = 60_000;

export type RaceServer = { url: string; stop: () => Promise<void> };

/** The production build on the loopback, as it stands behind a proxy; what it prints goes to `log`. */
export async function startServer(given: {
  databaseUrl: string;
  authSecret: string;
  log: string;
}): Promise<RaceServer> {
  const port = await freePort();
  const output = openSync(given.log, "a");
  const child = spawn(process.execPath, ["--import", "tsx", join(PROJECT_ROOT, "scripts/server/main.ts")], {
    cwd: PROJECT_ROOT,
    env: {
      ...freshEnvironment({}),
      NODE_ENV: "production",
      DATABASE_URL: given.databaseUrl,
      AUTH_SECRET: given.authSecret,
      JOBS_BACKEND: "embedded",
      PORT: String(port),
      HOST: "127.0.0.1",
    },
    stdio: ["ignore", output, output],
    detached: true,
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => endChild(child);
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await stop();
      throw new Error(`The server does not become ready:\n${readFileSync(given.log, "utf8")}`);
    }
    await wait(200);
  }
  return { url, stop };
}
