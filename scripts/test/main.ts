import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sentenceOf } from "../home/fault";
import { seconds } from "../start/step";
import { isStopping, onStop, stopEverything, stopOnSignals } from "../start/stopping";
import type { Counts } from "./counts";
import { STAGES } from "./stages";

/** Everything that `npm test` proves, stage by stage. A stage that fails does not keep the others from telling more. */
process.env.NEXT_TELEMETRY_DISABLED = "1";
stopOnSignals();
const folder = mkdtempSync(join(tmpdir(), "cohort-test-"));
onStop("reports", () => rmSync(folder, { recursive: true, force: true }));

const failed = new Set<string>();
const total: Counts = { passed: 0, failed: 0 };
const lines: string[] = [];
const started = Date.now();

for (const stage of STAGES) {
  if (isStopping()) break;
  console.log(`\n── ${stage.name} ${"─".repeat(Math.max(0, 60 - stage.name.length))}`);
  const from = Date.now();
  let counts: Counts = { passed: 0, failed: 1 };
  if (stage.needs && failed.has(stage.needs)) {
    console.log(`Not run: the stage ${stage.needs} failed.`);
  } else {
    try {
      counts = await stage.run(folder);
    } catch (error) {
      console.error(sentenceOf(error) ?? error);
    }
  }
  if (counts.failed > 0) failed.add(stage.name);
  total.passed += counts.passed;
  total.failed += counts.failed;
  lines.push(
    `${counts.failed > 0 ? "✗" : "✓"} ${stage.name.padEnd(12)} ${seconds(Date.now() - from).padStart(12)}   ${counts.passed} passed, ${counts.failed} failed`,
  );
  console.log(lines.at(-1));
}

if (!isStopping()) {
  await stopEverything();
  console.log(`\n${lines.join("\n")}\nin ${seconds(Date.now() - started)}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}
