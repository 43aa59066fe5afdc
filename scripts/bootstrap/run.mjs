import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "./install.mjs";

const PARENT_CHECK_MS = 500;

/**
 * Runs a TypeScript file on the Node that the `node` package brings, whatever Node runs this. Signals are passed on; the
 * exit code is the child's.
 */
export function runOnProjectNode(file, args) {
  const node = join(ROOT, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(node)) {
    console.error(
      "The project's own Node is missing: npm skipped install scripts; run `npm install --ignore-scripts=false`.",
    );
    process.exitCode = 1;
    return;
  }
  const bin = join(ROOT, "node_modules", ".bin");
  // The channel tells the child when we are killed outright, so that it does not stay behind.
  const child = spawn(node, ["--import", "tsx", file, ...args], {
    cwd: ROOT,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, NEXT_TELEMETRY_DISABLED: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  endWithNpm(child);
  return new Promise((resolve) => {
    child.on("exit", (code) => {
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}

/** An npm that is killed outright passes no signal on: notice that we were handed to another parent. */
function endWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill("SIGTERM"), PARENT_CHECK_MS).unref();
}
