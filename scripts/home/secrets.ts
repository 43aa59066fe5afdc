import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readJson, writeJson } from "./home";

export type Secrets = {
  authSecret: string;
  /** `id:base64-32-bytes[,…]`; the first key encrypts, the others only decrypt. */
  wakatimeTokenKeys: string;
  postgresPassword: string;
  /** The stand-in's client, used only when the demo talks to the local WakaTime. */
  demoClientId: string;
  demoClientSecret: string;
};

const makers: Record<keyof Secrets, () => string> = {
  authSecret: () => randomBytes(32).toString("base64url"),
  wakatimeTokenKeys: () => `k1:${randomBytes(32).toString("base64")}`,
  postgresPassword: () => randomBytes(18).toString("base64url"),
  demoClientId: () => `demo_${randomBytes(9).toString("base64url")}`,
  demoClientSecret: () => `demo_${randomBytes(24).toString("base64url")}`,
};

/** The secrets of this installation, generated once. A later version's new secret is added to an older file. */
export function loadSecrets(home: string): Secrets {
  const file = join(home, "secrets.json");
  const known = readJson<Partial<Secrets>>(file) ?? {};
  const secrets = { ...known } as Secrets;
  let added = false;
  for (const name of Object.keys(makers) as (keyof Secrets)[]) {
    if (typeof secrets[name] === "string" && secrets[name] !== "") continue;
    secrets[name] = makers[name]();
    added = true;
  }
  if (added) writeJson(file, secrets, 0o600);
  return secrets;
}
