import { stopOnSignals } from "./start/stopping";
import { command } from "./test/command";

/** Tests against a real Postgres, which vitest's global set-up starts. Arguments go to vitest, e.g. a file's name. */
stopOnSignals();
process.exitCode = await command("vitest", ["run", "--project", "db", ...process.argv.slice(2)]);
