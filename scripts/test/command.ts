import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { PROJECT_ROOT } from "../home/home";
import { endChild, exitOf } from "../start/child";
import { onStop } from "../start/stopping";

/** A program of node_modules/.bin or a full path, run to its end with our output. Returns its exit code. */
export async function command(program: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const path = program.includes("/") ? program : join(PROJECT_ROOT, "node_modules", ".bin", program);
  const child: ChildProcess = spawn(path, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  onStop(program, () => endChild(child, 10_000));
  return (await exitOf(child)) ?? 1;
}
