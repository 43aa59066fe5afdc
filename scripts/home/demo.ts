import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeJson } from "./home";
import type { Secrets } from "./secrets";

/** Written by a start that found or made the demo academy, so that `npm run worker` and `npm run sync` know it too. */
type DemoMark = { database: string; fakePort: number };

const markFile = (home: string) => join(home, "demo.json");

/** The embedded server changes its port; another database is told apart by its address, kept as a hash. */
const nameOf = (databaseUrl: string | undefined) =>
  databaseUrl ? createHash("sha256").update(databaseUrl).digest("hex") : "embedded";

export function readDemoMark(home: string, databaseUrl: string | undefined): DemoMark | null {
  const mark = readJson<DemoMark>(markFile(home));
  return mark?.database === nameOf(databaseUrl) ? mark : null;
}

export function writeDemoMark(home: string, databaseUrl: string | undefined, fakePort: number): void {
  writeJson(markFile(home), { database: nameOf(databaseUrl), fakePort } satisfies DemoMark);
}

export function clearDemoMark(home: string): void {
  rmSync(markFile(home), { force: true });
}

/** What a demo's processes get so that they talk to the local stand-in; a client id of the person's own wins. */
export function demoVariables(secrets: Secrets, fakePort: number): Record<string, string> {
  const address = `http://127.0.0.1:${fakePort}`;
  return {
    COHORT_DEMO: "1",
    FAKE_WAKATIME_PORT: String(fakePort),
    WAKATIME_CLIENT_ID: secrets.demoClientId,
    WAKATIME_CLIENT_SECRET: secrets.demoClientSecret,
    WAKATIME_API_URL: `${address}/api/v1`,
    WAKATIME_OAUTH_URL: `${address}/oauth`,
  };
}
