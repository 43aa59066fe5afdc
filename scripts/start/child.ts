import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PROJECT_ROOT } from "../home/home";

const STOP_TIMEOUT_MS = 20_000;
const WATCH = pathToFileURL(join(PROJECT_ROOT, "scripts/start/parent-watch.mjs")).href;

export type Launch = {
  /** The script, relative to the project, and its arguments. */
  args: string[];
  env?: Record<string, string>;
  /** A file for its output; without one the output is ours. */
  log?: string;
  /** In our own process group, so that whoever ends ours ends it too. */
  together?: boolean;
};

/** Runs a TypeScript script of ours on this Node; in its own process group, if not asked otherwise, so that Ctrl-C reaches us alone. */
export function launch({ args, env, log, together = false }: Launch): ChildProcess {
  const output = log ? openSync(log, "a") : "inherit";
  const child = spawn(process.execPath, ["--import", "tsx", "--import", WATCH, ...args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output, "ipc"],
    detached: !together,
  });
  if (typeof output === "number") closeSync(output);
  return child;
}

/** Resolves when the child has gone: its exit code, or null when a signal ended it. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", () => resolve(1));
  });
}

/** Asks the child to end and, when it does not, ends it and everything it started. */
export async function endChild(
  child: ChildProcess,
  timeoutMs = STOP_TIMEOUT_MS,
  ask: () => void = () => child.kill("SIGTERM"),
): Promise<void> {
  const gone = exitOf(child);
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  ask();
  const timer = setTimeout(() => {
    try {
      process.kill(-(child.pid as number), "SIGKILL");
    } catch {
      // It leads no group of its own.
      child.kill("SIGKILL");
    }
  }, timeoutMs);
  await gone;
  clearTimeout(timer);
}
