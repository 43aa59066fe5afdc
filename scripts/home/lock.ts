import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine, isAlive } from "./processes";

export type Holder = { pid: number; what: string; command: string; url?: string };

/**
 * One process at a time owns an embedded database. Returns the release function, or the holder when it is taken.
 * A lock whose process is gone, or whose number now belongs to another program, is taken over.
 */
export function takeLock(home: string, what: string, url?: string): (() => void) | Holder {
  const file = join(home, "lock.json");
  const mine: Holder = { pid: process.pid, what, command: commandLine(process.pid), url };
  // Linked into place, so that nobody ever reads a lock that is not written yet.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, file);
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = currentHolder(home);
      if (holder && holder.pid !== process.pid) return holder;
      rmSync(file, { force: true });
    }
    return { pid: 0, what: "another command", command: "" };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The living process that holds this home, or null. */
export function currentHolder(home: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(join(home, "lock.json"), "utf8")) as Holder;
    return isAlive(holder.pid) && commandLine(holder.pid) === holder.command ? holder : null;
  } catch {
    return null;
  }
}
