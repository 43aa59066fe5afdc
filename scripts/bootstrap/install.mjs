import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MODULES = join(ROOT, "node_modules");
const STAMP = join(MODULES, ".cohort-install.json");
const OLDEST_NODE = 20;
const TICK_MS = 15_000;

/**
 * Brings node_modules up to date. `development: false` leaves out what only tests and checks need, but never removes it
 * when it is there. Returns false when a signal or a fault ended it; the process is then about to end.
 */
export async function installIfNeeded({ development }) {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    console.error(
      `Cohort needs Node ${OLDEST_NODE} or newer to start (this is ${process.version}): install a newer Node.`,
    );
    process.exitCode = 1;
    return false;
  }
  const wanted = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .update(readFileSync(join(ROOT, "package.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  const stamp = readStamp();
  if (stamp.hash === wanted && (stamp.development || !development)) return true;

  const everything = development || stamp.development === true || existsSync(join(MODULES, "vitest"));
  const started = Date.now();
  console.log(
    `→ Installing packages${everything ? "" : " (what running and building need)"}; the first time takes a minute or two …`,
  );
  const code = await npmInstall(everything);
  if (code === "stopped") return false;
  if (code !== 0 || !existsSync(join(MODULES, "node", "bin"))) {
    console.error("Installing failed: read npm's lines above, check the network or registry, and start again.");
    process.exitCode = 1;
    return false;
  }
  writeFileSync(STAMP, JSON.stringify({ hash: wanted, development: everything }));
  console.log(`✓ Installing packages (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return true;
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, "utf8"));
  } catch {
    return {};
  }
}

/** `npm install`, never `npm ci`: a lockfile written elsewhere may lack this platform's optional packages. */
function npmInstall(everything) {
  // --no-save: starting the program must not change tracked files. NODE_ENV=production would drop the rest by itself.
  const options = ["install", "--no-save", "--no-audit", "--no-fund", everything ? "--include=dev" : "--omit=dev"];
  const script = process.env.npm_execpath;
  const [command, args] = script?.endsWith(".js") ? [process.execPath, [script, ...options]] : ["npm", options];
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: "inherit",
      shell: process.platform === "win32" && command === "npm",
    });
    const started = Date.now();
    const ticker = setInterval(
      () => console.log(`  … installing, ${Math.round((Date.now() - started) / 1000)} s so far`),
      TICK_MS,
    );
    let stopped = false;
    const stop = () => {
      stopped = true;
      child.kill("SIGTERM");
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, stop);
    const end = (code) => {
      clearInterval(ticker);
      for (const signal of signals) process.off(signal, stop);
      resolve(stopped ? "stopped" : code);
    };
    child.on("exit", (code) => end(code ?? 1));
    child.on("error", () => end(1));
  });
}
