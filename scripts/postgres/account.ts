import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { Fault } from "../home/fault";

/** Who runs the server. Postgres refuses to run as root; `undefined` means ourselves. */
export type Account = { uid: number; gid: number } | undefined;

/** The owner of existing data, else the system's postgres user (made when missing), else nobody. */
export function postgresAccount(dataDir?: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  if (dataDir) {
    const owner = statSync(dataDir, { throwIfNoEntry: false });
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  const account = lookUp("postgres") ?? create("postgres") ?? lookUp("nobody");
  if (!account)
    throw new Fault("Postgres cannot run as root: start as an ordinary user, or create a user named postgres.");
  return account;
}

function lookUp(name: string): Account {
  try {
    const id = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

function create(name: string): Account {
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
  spawnSync("useradd", [...options, name], { stdio: "ignore" });
  return lookUp(name);
}

/** Whether that account can reach and use the path. Asked of the system itself, so that every kind of rule counts. */
export function canReach(account: Account, path: string, right: "-x" | "-r" = "-x"): boolean {
  const result = spawnSync("/bin/sh", ["-c", `test ${right} "$0"`, path], { ...account, cwd: "/", stdio: "ignore" });
  return result.status === 0;
}
