import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sentenceOf } from "../home/fault";
import { seconds } from "../start/step";
import { isStopping, onStop, stopEverything, stopOnSignals } from "../start/stopping";
import { type Counts, MOST_FLAKY } from "./counts";
import { STAGES, type Stage } from "./stages";

/** Everything that `npm test` proves, stage by stage. A stage that fails does not keep the others from telling more. */
process.env.NEXT_TELEMETRY_DISABLED = "1";
stopOnSignals();
const folder = mkdtempSync(join(tmpdir(), "cohort-test-"));
onStop("reports", () => rmSync(folder, { recursive: true, force: true }));

const failed = new Set<string>();
const total: Counts = { passed: 0, failed: 0 };
const lines: string[] = [];
const flaky: string[] = [];
const started = Date.now();

const headline = (name: string) => console.log(`\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}`);

async function runStage(stage: Stage, log?: string): Promise<void> {
  const from = Date.now();
  let counts: Counts = { passed: 0, failed: 1 };
  let fault: unknown;
  if (!log) headline(stage.name);
  if (stage.needs && failed.has(stage.needs)) {
    console.log(`Not run: the stage ${stage.needs} failed.`);
  } else {
    try {
      counts = await stage.run({ folder, log });
    } catch (error) {
      fault = error;
    }
  }
  // What stages say that run beside each other is told at their end, so that it stands together.
  if (log) headline(stage.name);
  if (log && existsSync(log)) process.stdout.write(readFileSync(log));
  if (fault) console.error(sentenceOf(fault) ?? fault);
  if (counts.failed > 0) failed.add(stage.name);
  total.passed += counts.passed;
  total.failed += counts.failed;
  flaky.push(...(counts.flaky ?? []));
  const line = `${counts.failed > 0 ? "✗" : "✓"} ${stage.name.padEnd(12)} ${seconds(Date.now() - from).padStart(12)}   ${counts.passed} passed, ${counts.failed} failed`;
  lines.push(line);
  console.log(line);
}

for (const group of STAGES) {
  if (isStopping()) break;
  const beside = group.length > 1;
  await Promise.all(group.map((stage) => runStage(stage, beside ? join(folder, `${stage.name}.log`) : undefined)));
}

if (!isStopping()) {
  await stopEverything();
  console.log(`\n${lines.join("\n")}\nin ${seconds(Date.now() - started)}`);
  if (flaky.length > 0) {
    console.log(
      `flaky, passed at the second try (${flaky.length}; at most ${MOST_FLAKY} may):\n  ${flaky.join("\n  ")}`,
    );
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}
