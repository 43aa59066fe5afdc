import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../home/home";
import { endChild, exitOf } from "../start/child";
import { onStop } from "../start/stopping";

export type CommandOptions = {
  env?: Record<string, string>;
  /** A file for its output, for programs that run beside each other; without one the output is ours. */
  log?: string;
};

/** A program of node_modules/.bin or a full path, run to its end. Returns its exit code. */
export async function command(program: string, args: string[], { env, log }: CommandOptions = {}): Promise<number> {
  const path = program.includes("/") ? program : join(PROJECT_ROOT, "node_modules", ".bin", program);
  const output = log ? openSync(log, "a") : "inherit";
  const child: ChildProcess = spawn(path, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", output, output],
    detached: true,
  });
  if (typeof output === "number") closeSync(output);
  onStop(program, () => endChild(child, 10_000));
  return (await exitOf(child)) ?? 1;
}
