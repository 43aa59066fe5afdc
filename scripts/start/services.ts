import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endChild, exitOf, launch } from "./child";
import { Service, saysReady } from "./service";
import { onStop } from "./stopping";

const WEB_READY_TIMEOUT_MS = 120_000;
const WORKER_READY_TIMEOUT_MS = 60_000;
const FAKE_READY_TIMEOUT_MS = 30_000;
const SYNC_TIMEOUT_MS = 180_000;
/**
 * What the worker may use. It makes much garbage and keeps little: without a bound it grows to twice this before it
 * looks for any (npm run bench:sync prints the peak).
 */
export const WORKER_MEMORY = ["--max-semi-space-size=16", "--max-old-space-size=160"];

export async function startWeb(dev: boolean): Promise<void> {
  const service = new Service("web server", {
    args: ["scripts/server/main.ts", ...(dev ? ["--dev"] : [])],
    env: { NODE_ENV: dev ? "development" : "production" },
    readyTimeoutMs: WEB_READY_TIMEOUT_MS,
    isReady: saysReady,
  });
  onStop("web server", () => service.stop());
  await service.start();
}

export async function startWorker(): Promise<void> {
  const service = new Service("worker", {
    args: ["scripts/worker.ts"],
    env: { NODE_ENV: "production", NODE_OPTIONS: [process.env.NODE_OPTIONS ?? "", ...WORKER_MEMORY].join(" ").trim() },
    readyTimeoutMs: WORKER_READY_TIMEOUT_MS,
    isReady: saysReady,
  });
  onStop("worker", () => service.stop());
  await service.start();
}

export async function startFakeWakaTime(home: string, port: number): Promise<void> {
  const service = new Service("WakaTime stand-in", {
    args: ["scripts/fake-wakatime.ts"],
    env: { NODE_ENV: "production", FAKE_WAKATIME_PORT: String(port) },
    log: join(home, "logs", "fake-wakatime.log"),
    readyTimeoutMs: FAKE_READY_TIMEOUT_MS,
    isReady: (child) => answers(port, child),
  });
  onStop("WakaTime stand-in", () => service.stop());
  await service.start();
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.end());
    });
    if (open) return;
    await sleep(100);
  }
}

/** One sync through the worker, waited for. A demo without fresh hours is still worth opening, so it only reports. */
export async function syncOnce(home: string): Promise<string> {
  const log = join(home, "logs", "sync.log");
  const child = launch({ args: ["scripts/sync.ts", "--wait"], env: { NODE_ENV: "production" }, log });
  onStop("sync", () => endChild(child, 2_000));
  const timer = setTimeout(() => endChild(child, 2_000), SYNC_TIMEOUT_MS);
  const code = await exitOf(child);
  clearTimeout(timer);
  if (code === 0) return "done";
  const last = readFileSync(log, "utf8").trimEnd().split("\n").at(-1);
  return `not finished (${last || "no reason given"}; see ${log})`;
}
