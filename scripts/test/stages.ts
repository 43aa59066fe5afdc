import { join } from "node:path";
import { buildIfChanged } from "../start/run-build";
import { runJourneys } from "./browser";
import { command } from "./command";
import { type Counts, oneCheck, playwrightCounts, vitestCounts } from "./counts";

export type Stage = {
  name: string;
  /** The stage without which this one would only fail again. */
  needs?: string;
  run: (folder: string) => Promise<Counts>;
};

const CRUISED = ["app", "components", "db", "jobs", "lib", "e2e", "bench", "scripts"];

const check = (name: string, run: () => Promise<number>): Stage => ({
  name,
  run: async () => oneCheck((await run()) === 0),
});

const vitest = (name: string, project: string, needs?: string): Stage => ({
  name,
  needs,
  run: async (folder) => {
    const report = join(folder, `${project}.json`);
    const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    return vitestCounts(report, await command("vitest", args));
  },
});

/** In this order: the cheap ones first, so that a slip shows early. */
export const STAGES: Stage[] = [
  check("lint", () => command("biome", ["check", "."])),
  check("import rule", () =>
    command("depcruise", [...CRUISED, "--config", ".dependency-cruiser.cjs", "--output-type", "err-long"]),
  ),
  check("types", async () => (await command("next", ["typegen"])) || (await command("tsc", ["--noEmit"]))),
  check("jobs", () => command("tsx", ["scripts/check-jobs.ts"])),
  vitest("unit", "unit"),
  vitest("database", "db"),
  {
    name: "build",
    run: async (folder) => {
      console.log(await buildIfChanged(join(folder, "build.log")));
      return oneCheck(true);
    },
  },
  vitest("smoke", "smoke", "build"),
  {
    name: "browser",
    needs: "build",
    run: async (folder) => {
      const report = join(folder, "browser.json");
      return playwrightCounts(report, await runJourneys([], report));
    },
  },
];
