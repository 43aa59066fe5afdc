import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../home/fault";
import type { Account } from "./account";
import { dataDirOf } from "./place";

export const SUPERUSER = "cohort";
export const DATABASE = "cohort";

/** What Postgres gets from our environment: nothing that could change its behaviour. */
export const POSTGRES_ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv;

/** Makes the data directory unless it is there. A first start that was killed half-way is repeated. */
export function ensureCluster(place: string, native: string, account: Account, password: string): void {
  const dataDir = dataDirOf(place);
  const complete = join(place, "initialised");
  if (existsSync(complete) && existsSync(join(dataDir, "PG_VERSION"))) return;
  rmSync(dataDir, { recursive: true, force: true });

  // initdb reads the password from a file; the folder's mode keeps it from others while it exists.
  const folder = mkdtempSync(join(place, "new-"));
  const passwordFile = join(folder, "password");
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) {
      chownSync(folder, account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
    }
    const options = [
      `--pgdata=${dataDir}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
    ];
    // cwd: initdb insists on knowing its working directory, and the clone's may be closed to this account.
    const result = spawnSync(join(native, "bin", "initdb"), options, {
      ...account,
      cwd: "/",
      env: POSTGRES_ENVIRONMENT,
      encoding: "utf8",
    });
    if (result.status !== 0) {
      const reason = (result.error?.message ?? result.stderr ?? "").trim().split("\n").at(-1);
      throw new Fault(`The embedded Postgres could not be set up in ${dataDir}: ${reason}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(complete, `${new Date().toISOString()}\n`);
}
