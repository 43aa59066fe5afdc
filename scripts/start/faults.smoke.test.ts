import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { cohortHome } from "../home/home";
import { takeLock } from "../home/lock";
import { freePort } from "../home/processes";
import { type Embedded, removeHome, startEmbedded } from "../postgres/embedded";
import { spawnStart, throwawayHome } from "../test/demo-server";

const homes: string[] = [];
const servers: Server[] = [];
const databases: Embedded[] = [];

function newHome(): string {
  const home = throwawayHome();
  homes.push(home);
  return home;
}

/** Runs the start until it ends by itself. */
async function runStart(
  settings: Record<string, string>,
): Promise<{ code: number | null; output: string; faults: string }> {
  const child = spawnStart({ COHORT_THROWAWAY: "1", ...settings });
  let output = "";
  let faults = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    faults += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output, faults: faults.trim() };
}

function expectOneSentence(result: { code: number | null; faults: string }, pattern: RegExp) {
  expect(result.faults).toMatch(pattern);
  expect(result.faults.split("\n")).toHaveLength(1);
  expect(result.faults).not.toMatch(/\bat .*\.ts:\d+/);
  expect(result.code).toBe(1);
}

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  for (const database of databases.splice(0)) await database.stop();
  for (const home of homes.splice(0)) removeHome(home);
});

describe("a start that cannot work says what to do, in one sentence", () => {
  it("when the port is taken", async () => {
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    servers.push(server);
    const result = await runStart({ COHORT_HOME: newHome(), PORT: String(port) });
    expectOneSentence(result, new RegExp(`^Port ${port} is taken by another program: .*PORT=${port + 1}`));
  });

  it("when PORT is no port", async () => {
    expectOneSentence(await runStart({ COHORT_HOME: newHome(), PORT: "web" }), /^PORT=web is no port/);
  });

  it("when nothing answers at DATABASE_URL", async () => {
    const url = `postgres://app:hush@127.0.0.1:${await freePort()}/cohort`;
    const result = await runStart({ COHORT_HOME: newHome(), PORT: String(await freePort()), DATABASE_URL: url });
    expectOneSentence(result, /^No Postgres answers at 127\.0\.0\.1:\d+\/cohort: start it or correct DATABASE_URL/);
    expect(result.output + result.faults).not.toContain("hush");
  });

  it("when DATABASE_URL is no address, has the wrong password or names no database", async () => {
    const home = newHome();
    process.env.COHORT_HOME = home;
    const database = await startEmbedded(cohortHome(), { throwaway: true });
    databases.push(database);
    const other = newHome();
    const settings = { COHORT_HOME: other, PORT: String(await freePort()) };
    expectOneSentence(
      await runStart({ ...settings, DATABASE_URL: "mysql://here" }),
      /^DATABASE_URL is not a Postgres address/,
    );
    const wrong = new URL(database.url);
    wrong.password = "wrong";
    expectOneSentence(
      await runStart({ ...settings, DATABASE_URL: wrong.href }),
      /refuses the user or password in DATABASE_URL/,
    );
    const absent = new URL(database.url);
    absent.pathname = "/absent";
    expectOneSentence(await runStart({ ...settings, DATABASE_URL: absent.href }), /^There is no database at .*absent/);
  });

  it("when another start has the data", async () => {
    const home = newHome();
    const release = takeLock(home, "npm start", "http://localhost:3999");
    try {
      const result = await runStart({ COHORT_HOME: home, PORT: String(await freePort()) });
      expectOneSentence(
        result,
        new RegExp(`^Cohort already runs on the data in ${home} at http://localhost:3999 .*COHORT_HOME`),
      );
    } finally {
      if (typeof release === "function") release();
    }
  });
});
