import { join } from "node:path";
import { runCommand } from "./home/fault";
import { cohortHome } from "./home/home";
import { buildIfChanged } from "./start/run-build";
import { stopEverything, stopOnSignals } from "./start/stopping";
import { runJourneys } from "./test/browser";

/** Browser journeys against a demo server started for them. Arguments go to Playwright, e.g. a file's name or --headed. */
stopOnSignals();
await runCommand(async () => {
  try {
    await buildIfChanged(join(cohortHome(), "logs", "build.log"));
    process.exitCode = await runJourneys(process.argv.slice(2));
  } finally {
    await stopEverything();
  }
});
process.exit();
