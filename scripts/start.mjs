// `npm start` and `npm run dev`. Needs nothing but Node 20 and npm: it installs what is missing, then hands over to
// scripts/start/main.ts on the Node version that the project brings with it.
import { installIfNeeded } from "./bootstrap/install.mjs";
import { runOnProjectNode } from "./bootstrap/run.mjs";

if (await installIfNeeded({ development: false })) {
  await runOnProjectNode("scripts/start/main.ts", process.argv.slice(2));
}
