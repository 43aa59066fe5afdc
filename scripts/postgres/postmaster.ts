import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../home/fault";
import { commandLine, isAlive, waitForExit } from "../home/processes";

const STOP_TIMEOUT_MS = 20_000;

export type Postmaster = { pid: number; port: number };

/** The server that runs on this data directory, whoever started it; null when there is none. */
export function runningPostmaster(dataDir: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  // After a reboot the number may belong to any other program.
  if (!pid || !isAlive(pid) || !commandLine(pid).includes(dataDir)) return null;
  return { pid, port };
}

/** Removes the note a killed server left behind; Postgres itself refuses when the number was given to another process. */
export function clearStalePid(dataDir: string): void {
  if (!runningPostmaster(dataDir)) rmSync(join(dataDir, "postmaster.pid"), { force: true });
}

/** A fast shutdown: open transactions are rolled back, data is written out. Immediate when that takes too long. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitForExit(pid, STOP_TIMEOUT_MS)) return;
  }
  throw new Fault(`The embedded Postgres (process ${pid}) does not stop: end it with kill -QUIT ${pid}.`);
}
