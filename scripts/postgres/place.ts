import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../home/fault";
import { readJson, writeJson } from "../home/home";
import { type Account, canReach } from "./account";

/** Kept in COHORT_HOME/postgres.json: where the data lies and the port it last used. */
export type Pointer = { place: string; port?: number };

export const dataDirOf = (place: string) => join(place, "data");

export function readPointer(home: string): Pointer | null {
  return readJson<Pointer>(join(home, "postgres.json"));
}

export function writePointer(home: string, pointer: Pointer): void {
  writeJson(join(home, "postgres.json"), pointer);
}

/** Folders outside the clone that every user can pass through, best first. */
const OUTSIDE = ["/var/lib/cohort", "/var/tmp/cohort", join(tmpdir(), "cohort")];

/** The first of these folders that root can make and `account` can enter. */
export function writableBase(account: Account, bases = OUTSIDE): string {
  for (const base of bases) {
    try {
      mkdirSync(base, { recursive: true });
      chmodSync(base, 0o755);
      if (canReach(account, base)) return base;
    } catch {
      // Read-only or forbidden: the next one may do.
    }
  }
  throw new Fault(
    `None of ${bases.join(", ")} can hold the database of an unprivileged user: set COHORT_HOME elsewhere.`,
  );
}

/**
 * The folder of this home's database, owned by `account`: inside the home, or, when root's home lies where the
 * unprivileged user cannot go, outside it under a name derived from the home's path.
 */
export function choosePlace(home: string, account: Account, bases?: string[]): string {
  const known = readPointer(home);
  if (known && existsSync(dataDirOf(known.place)) && (!account || canReach(account, known.place))) return known.place;

  let place = join(home, "postgres");
  if (account && !canReach(account, home)) {
    const key = createHash("sha256").update(home).digest("hex").slice(0, 16);
    place = join(writableBase(account, bases), `postgres-${key}`);
    setAsideForeign(place);
  }
  mkdirSync(place, { recursive: true, mode: 0o700 });
  if (account) chownSync(place, account.uid, account.gid);
  writeFileSync(join(place, "belongs-to"), `${home}\n`);
  writePointer(home, { place });
  return place;
}

/** Data whose home was deleted has lost its password and keys with it; it is kept, but out of the way. */
function setAsideForeign(place: string): void {
  if (!existsSync(dataDirOf(place))) return;
  const aside = `${place}-left-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}`;
  renameSync(place, aside);
  const owner = readFileSync(join(aside, "belongs-to"), "utf8").trim();
  console.log(`  The database of an earlier ${owner} was set aside as ${aside}; remove it when it is not needed.`);
}
