import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { Fault, runCommand } from "@/scripts/home/fault";
import { step } from "@/scripts/start/step";
import { stopEverything, stopOnSignals } from "@/scripts/start/stopping";
import { judge } from "./bars";
import type { Figures } from "./figures";
import { startClients } from "./load/clients";
import { measureCrowd, measureLevel, warmUp } from "./measure";
import { printLines, printVerdicts } from "./print";
import { homeOf, provideAcademy, SIZES, type Size } from "./server/academy";
import { startBare } from "./server/bare";
import { startFloor } from "./server/floor";
import { startProduct, startStandIn } from "./server/product";
import { targetsFor, yardsticksFor } from "./targets";

const LEVELS = [1, 50, 500];
const CROWD = { connections: 500, seconds: 15, targets: ["dashboard", "users", "JSON dashboard", "JSON users"] };
/** Above this share of busy cores before anything began, absolute figures say little. */
const BUSY = 0.3;

/** `npm run bench -- --size 10k --seconds 6 --json FILE`: the bars of section 10, with their yardsticks in one run. */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "10k" },
      seconds: { type: "string", default: "6" },
      connections: { type: "string", default: LEVELS.join(",") },
      only: { type: "string" },
      home: { type: "string" },
      json: { type: "string" },
    },
  });
  const size = SIZES.find((name): name is Size => name === values.size);
  if (!size) throw new Fault(`There is no size ${values.size}: choose one of ${SIZES.join(", ")}.`);
  const seconds = Number(values.seconds);
  if (!(seconds >= 1)) throw new Fault("--seconds is a number, at least 1: so long each target is measured at a time.");
  const levels = values.connections.split(",").map(Number);
  const only = values.only?.split(",");

  const cores = availableParallelism();
  const busy = loadavg()[0] ?? 0;
  console.log(`${cores} cores, ${cpus()[0]?.model}; clients, servers and Postgres share them. Size ${size}.`);
  if (busy > BUSY * cores)
    console.log(`The machine was busy before it began (load ${busy.toFixed(1)}): read ratios only.`);

  const academy = await provideAcademy(size, homeOf(size, values.home));
  const variables = await startStandIn(academy);
  const product = await step("Starting the product", () => startProduct(academy, variables));
  const off = { ...variables, SHARED_READS: "off" };
  const unshared = await step("Starting it without shared reads", () => startProduct(academy, off, "unshared"));
  const floor = await step("Starting the empty page", () => startFloor(academy));
  const bare = await startBare(academy);
  const targets = targetsFor(academy.people).filter(({ name }) => !only || only.includes(name));
  if (targets.length < (only?.length ?? 1)) throw new Fault("--only names targets that there are, once each.");
  const servers = { product, unshared, floor, bare };
  const yardsticks = yardsticksFor(academy.people);
  const run = { clients: await startClients(), servers, targets, yardsticks, cookie: academy.people.admin.cookie };
  await step("Warming up", () => warmUp(run));

  const lines: Figures[] = [];
  for (const connections of levels) {
    const found = await measureLevel(run, connections, seconds);
    printLines(`${connections} ${connections === 1 ? "connection" : "connections"}`, found);
    lines.push(...found);
  }
  const crowd = levels.includes(CROWD.connections)
    ? await measureCrowd(run, CROWD.targets, CROWD.connections, CROWD.seconds)
    : [];
  if (crowd.length > 0) printLines(`${CROWD.connections} for ${CROWD.seconds} s`, crowd);
  run.clients.stop();

  const verdicts = judge({ lines, crowd, cores });
  printVerdicts(verdicts);
  if (values.json) {
    const machine = { cores, model: cpus()[0]?.model, loadBefore: busy };
    const report = { at: new Date().toISOString(), command: process.argv.slice(2).join(" "), machine, size, seconds };
    writeFileSync(values.json, `${JSON.stringify({ ...report, lines, crowd, verdicts }, null, 2)}\n`);
  }
  process.exitCode = verdicts.some(({ holds }) => holds === false) ? 1 : 0;
}

stopOnSignals();
await runCommand(bench);
await stopEverything();
process.exit();
