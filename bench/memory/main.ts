import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Fault, runCommand } from "@/scripts/home/fault";
import { step } from "@/scripts/start/step";
import { stopEverything, stopOnSignals } from "@/scripts/start/stopping";
import { startClients } from "../load/clients";
import { homeOf, provideAcademy, SIZES, type Size } from "../server/academy";
import { commandOf, descendants, residentMb } from "../server/processes";
import { startProduct, startStandIn } from "../server/product";
import { headersOf, type Target, targetsFor } from "../targets";
import { type Inspected, inspect } from "./inspector";

/** Section 10: heap after collection within 5 % of the start; major collections below ten a minute. */
const GROWTH = 0.05;
const MAJOR_A_MINUTE = 10;
/** Caches fill and code is compiled before the first look: so long for each target. */
const WARM_SECONDS = 2;
const TURN_SECONDS = 5;
const CONNECTIONS = 50;
const QUIET_MS = 2_000;

const mb = (value: number) => `${value.toFixed(1)} MB`;

/** `npm run bench:memory -- --minutes 10`: what a long day of requests leaves behind in each web process. */
async function soak(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "10k" },
      minutes: { type: "string", default: "10" },
      home: { type: "string" },
      json: { type: "string" },
    },
  });
  const size = SIZES.find((name): name is Size => name === values.size);
  if (!size) throw new Fault(`There is no size ${values.size}: choose one of ${SIZES.join(", ")}.`);
  const minutes = Number(values.minutes);
  console.log(`${availableParallelism()} cores, ${cpus()[0]?.model}. Size ${size}, ${minutes} minutes.`);

  const academy = await provideAcademy(size, homeOf(size, values.home));
  const settings = { ...(await startStandIn(academy)), NODE_OPTIONS: "--inspect-port=0" };
  const product = await step("Starting the product", () => startProduct(academy, settings));
  const { load, stop } = await startClients();
  const targets = targetsFor(academy.people);
  let [requests, failed] = [0, 0];
  const ask = async (target: Target, seconds: number) => {
    const { path, method = "GET" } = target;
    const url = product.url + path;
    const answer = await load({ url, method, headers: headersOf(target), connections: CONNECTIONS, seconds });
    requests += answer.requests;
    failed += answer.failed + answer.errors + answer.timeouts;
  };
  const soakFor = async (seconds: number) => {
    const until = Date.now() + seconds * 1000;
    for (let turn = 0; Date.now() < until; turn++) {
      const rest = Math.max(1, Math.min(TURN_SECONDS, (until - Date.now()) / 1000));
      await ask(targets[turn % targets.length] as Target, rest);
    }
  };

  await step("Warming up", async () => {
    for (const target of targets) await ask(target, WARM_SECONDS);
  });
  await wait(QUIET_MS);
  const processes: Inspected[] = [];
  // One after the other: each says its address on the same output.
  for (const pid of descendants(product.pid).filter(isWeb)) processes.push(await inspect(pid, product.log));
  if (processes.length === 0) throw new Error("No web process was found.");
  const begun = await Promise.all(processes.map((each) => each.measure()));
  await Promise.all(processes.map((each) => each.watch()));
  [requests, failed] = [0, 0];
  let peakMb = 0;
  const timer = setInterval(() => {
    peakMb = Math.max(
      peakMb,
      descendants(product.pid).reduce((sum, pid) => sum + residentMb(pid), 0),
    );
  }, 1_000);
  await step("Soaking", () => soakFor(minutes * 60));
  clearInterval(timer);
  await wait(QUIET_MS);
  const ended = await Promise.all(processes.map((each) => each.measure()));
  for (const each of processes) each.close();
  stop();

  const verdicts = processes.map(({ pid }, index) => {
    const from = begun[index]?.usedMb ?? 0;
    const { usedMb: to, majorCollections } = ended[index] ?? { usedMb: 0, majorCollections: 0 };
    const growth = to / from - 1;
    const perMinute = majorCollections / minutes;
    const holds = growth <= GROWTH && perMinute < MAJOR_A_MINUTE;
    console.log(
      `${holds ? "✓" : "✗"} process ${pid}: ${mb(from)} to ${mb(to)} after collection (${(growth * 100).toFixed(1)} %), ${perMinute.toFixed(1)} major collections a minute`,
    );
    return { pid, fromMb: from, toMb: to, growth, perMinute, holds };
  });
  console.log(`${requests.toLocaleString("en")} requests, ${failed} failed; at most ${mb(peakMb)} resident together.`);
  if (values.json) {
    const report = { at: new Date().toISOString(), command: process.argv.slice(2).join(" "), size, minutes };
    writeFileSync(values.json, `${JSON.stringify({ ...report, requests, failed, peakMb, verdicts }, null, 2)}\n`);
  }
  process.exitCode = verdicts.every(({ holds }) => holds) && failed === 0 && requests > 0 ? 0 : 1;
}

/** The front, and the processes behind it, which the framework renames; not the compiler that some of them keep. */
const isWeb = (pid: number) => /scripts\/server\/|^next-server/.test(commandOf(pid));

stopOnSignals();
await runCommand(soak);
await stopEverything();
process.exit();
