// `npm test`. Needs nothing but Node 20 and npm: it installs everything, then hands over to scripts/test/main.ts on the
// Node version that the project brings with it.
import { installIfNeeded } from "./bootstrap/install.mjs";
import { runOnProjectNode } from "./bootstrap/run.mjs";

if (await installIfNeeded({ development: true })) {
  await runOnProjectNode("scripts/test/main.ts", process.argv.slice(2));
} else {
  console.log("0 passed, 1 failed");
}
