import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { PROJECT_ROOT } from "@/scripts/home/home";
import { endChild } from "@/scripts/start/child";
import { onStop } from "@/scripts/start/stopping";
import { freshEnvironment } from "@/scripts/test/demo-server";

/** The first start of new sources builds, which takes its time on a busy machine. */
const READY_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 40_000;

export type Running = { pid: number; url: string; log: string; stop: () => Promise<void> };

type Start = {
  args: string[];
  cwd?: string;
  env: Record<string, string>;
  url: string;
  /** Any answer below 500 to this says that the server serves. */
  ready: string;
  log: string;
};

/** One server of the measurement with nothing of this shell's configuration; its output goes to `log`. */
export async function startServer({ args, cwd = PROJECT_ROOT, env, url, ready, log }: Start): Promise<Running> {
  const output = openSync(log, "w");
  const child = spawn(process.execPath, ["--import", "tsx", ...args], {
    cwd,
    env: freshEnvironment(env),
    // The channel ends it when we are killed outright.
    stdio: ["ignore", output, output, "ipc"],
    detached: true,
  });
  closeSync(output);
  const stop = () => endChild(child, STOP_TIMEOUT_MS);
  onStop(args.at(-1) ?? "server", stop);
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (((await fetch(url + ready, { redirect: "manual" }).catch(() => null))?.status ?? 500) >= 500) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await stop();
      throw new Error(`A server of the measurement does not become ready:\n${readFileSync(log, "utf8").slice(-4_000)}`);
    }
    await wait(100);
  }
  return { pid: child.pid as number, url, log, stop };
}
