import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "./fault";

export const PROJECT_ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The folder that keeps what one installation generates: secrets, the embedded database, logs. Created when missing. */
export function cohortHome(): string {
  const setting = process.env.COHORT_HOME || ".cohort";
  const home = isAbsolute(setting) ? setting : join(PROJECT_ROOT, setting);
  try {
    // 711: the unprivileged Postgres user must be able to pass through it, nobody needs to list it.
    mkdirSync(join(home, "logs"), { recursive: true, mode: 0o711 });
  } catch (error) {
    throw new Fault(
      `Cannot write to ${home} (${(error as Error).message}): set COHORT_HOME to a folder you may write.`,
    );
  }
  return home;
}

/** A small JSON file, or null when it does not exist. */
export function readJson<T>(file: string): T | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Fault(`${file} is not readable JSON any more: restore it, or remove it to have it made again.`);
  }
}

/** Written beside and renamed, so that a reader or a power cut never meets half a file. */
export function writeJson(file: string, value: unknown, mode = 0o644): void {
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode });
  renameSync(draft, file);
}
