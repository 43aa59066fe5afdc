import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { setting as settingTable } from "@/db/schema";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { createConnection, createUser } from "@/db/testing/factories";
import { testKey } from "@/lib/wakatime/testing/people";
import { encryptToken, encryptTokenPair, type TokenKeys } from "@/lib/wakatime/token-crypto";
import { PROJECT_ROOT } from "./home/home";
import { freshEnvironment } from "./test/demo-server";

const home = mkdtempSync(join(tmpdir(), "cohort-rotate-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const setting = (...keys: TokenKeys) =>
  keys.map((each) => `${each.id}:${each.key.export().toString("base64")}`).join(",");

/** The command as a person calls it: its exit code and what it printed. */
function rotate(WAKATIME_TOKEN_KEYS: string): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/tokens-rotate.ts"], {
    cwd: PROJECT_ROOT,
    env: freshEnvironment({ COHORT_HOME: home, DATABASE_URL: testDatabaseUrl(), WAKATIME_TOKEN_KEYS }),
  });
  let printed = "";
  const keep = (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, printed })));
}

describe("npm run tokens:rotate", () => {
  it("counts what it did, names the key it lacks, and succeeds once that is there", async () => {
    const [oldKey, newKey] = [testKey("k1", 1), testKey("k2", 2)];
    const person = await createUser(testDb());
    const tokens = { accessToken: "a-token", refreshToken: "another-token" };
    await createConnection(testDb(), person.id, encryptTokenPair(person.id, tokens, [oldKey]));

    const blind = await rotate(setting(newKey));
    expect(blind.printed).toMatch(/0 rotated, 0 already current\.\n1 under key "k1" cannot be read/);
    expect(blind.code).toBe(1);
    const seeing = await rotate(setting(newKey, oldKey));
    expect(seeing).toEqual({ code: 0, printed: 'Newest key "k2": 1 rotated, 0 already current.\n' });
    expect((await rotate(setting(newKey))).printed).toContain("0 rotated, 1 already current.");

    const slack = { host: "hooks.slack.test", ...encryptToken("https://x/y", [oldKey], "setting:slack_webhook") };
    await testDb()
      .insert(settingTable)
      .values({ key: "slack_webhook", value: { ...slack, ending: "x/y" } });
    expect(await rotate(setting(newKey))).toMatchObject({
      code: 1,
      printed: expect.stringContaining("Slack: none of the keys reads what is stored."),
    });
    expect(await rotate(setting(newKey, oldKey))).toMatchObject({
      code: 0,
      printed: expect.stringContaining("Slack: rotated."),
    });
    expect((await rotate(setting(newKey))).printed).not.toContain("Slack");
    expect(await rotate("k2:short")).toMatchObject({
      code: 1,
      printed: expect.stringMatching(/^WAKATIME_TOKEN_KEYS: /),
    });
  });
});
