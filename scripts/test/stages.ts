import { join } from "node:path";
import { buildIfChanged } from "../start/run-build";
import { runJourneys } from "./browser";
import { type CommandOptions, command } from "./command";
import { type Counts, oneCheck, playwrightCounts, vitestCounts } from "./counts";

/** `folder` is for reports; `log` is the file that a stage writes to which runs beside others. */
type Place = { folder: string; log?: string };

export type Stage = {
  name: string;
  /** The stage without which this one would only fail again. */
  needs?: string;
  run: (place: Place) => Promise<Counts>;
};

const CRUISED = ["app", "components", "db", "jobs", "lib", "e2e", "bench", "scripts"];

const check = (name: string, run: (options: CommandOptions) => Promise<number>): Stage => ({
  name,
  run: async ({ log }) => oneCheck((await run({ log })) === 0),
});

const vitest = (name: string, project: string, needs?: string): Stage => ({
  name,
  needs,
  run: async ({ folder, log }) => {
    const report = join(folder, `${project}.json`);
    const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    return vitestCounts(report, await command("vitest", args, { log }));
  },
});

/**
 * In this order, the cheap ones first, so that a slip shows early. Those of one group run beside each other: alone each
 * of them leaves a core idle. What measures times or fills both cores by itself runs alone.
 */
export const STAGES: Stage[][] = [
  [
    check("lint", (options) => command("biome", ["check", "."], options)),
    check("import rule", (options) =>
      command("depcruise", [...CRUISED, "--config", ".dependency-cruiser.cjs", "--output-type", "err-long"], options),
    ),
    check(
      "types",
      async (options) => (await command("next", ["typegen"], options)) || (await command("tsc", ["--noEmit"], options)),
    ),
    check("jobs", (options) => command("tsx", ["scripts/check-jobs.ts"], options)),
  ],
  [vitest("unit", "unit")],
  [vitest("database", "db")],
  [
    {
      name: "build",
      run: async ({ folder }) => {
        console.log(await buildIfChanged(join(folder, "build.log")));
        return oneCheck(true);
      },
    },
  ],
  [vitest("smoke", "smoke", "build")],
  [
    {
      name: "browser",
      needs: "build",
      run: async ({ folder }) => {
        const report = join(folder, "browser.json");
        return playwrightCounts(report, await runJourneys([], report));
      },
    },
  ],
];
