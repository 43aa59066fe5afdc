import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../home/fault";
import { PROJECT_ROOT } from "../home/home";
import { buildEnvironment, isBuilt, rememberBuild, sourceHash } from "./build";
import { endChild, exitOf } from "./child";
import { onStop } from "./stopping";

const LINES_SHOWN = 40;

/** The production build, only when the sources changed since the last. Its output goes to `log`. */
export async function buildIfChanged(log: string): Promise<string> {
  const hash = sourceHash();
  if (isBuilt(hash)) return "sources unchanged";

  rmSync(log, { force: true });
  const output = openSync(log, "a");
  const child = spawn(process.execPath, [join(PROJECT_ROOT, "node_modules/next/dist/bin/next"), "build"], {
    cwd: PROJECT_ROOT,
    env: buildEnvironment(),
    stdio: ["ignore", output, output],
    detached: true,
  });
  closeSync(output);
  onStop("build", () => endChild(child, 2_000));
  if ((await exitOf(child)) !== 0) {
    console.error(readFileSync(log, "utf8").trimEnd().split("\n").slice(-LINES_SHOWN).join("\n"));
    throw new Fault(`The build failed: see the lines above, or all of them in ${log}.`);
  }
  rememberBuild(hash);
  return "built";
}
