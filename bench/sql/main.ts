import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDb } from "@/db/client";
import { revokeSession } from "@/db/mutations/session";
import { findHotSubjects } from "@/db/testing/hot-statements";
import { log } from "@/lib/observability/log";
import { Fault, runCommand } from "@/scripts/home/fault";
import { stopEverything, stopOnSignals } from "@/scripts/start/stopping";
import { homeOf, provideAcademy, SIZES, type Size } from "../server/academy";
import { measureStatements, type SqlFigures } from "./measure";

/** The database to ask: the one given, else the kept academy of this size. */
async function databaseOf(size: string, home: string | undefined, url: string | undefined): Promise<string> {
  if (url) return url;
  const known = SIZES.find((name): name is Size => name === size);
  if (!known) throw new Fault(`There is no size ${size}: choose one of ${SIZES.join(", ")}.`);
  return (await provideAcademy(known, homeOf(known, home))).databaseUrl;
}

/** What a bar is held against: the work of Postgres where it is known, for the clock also counts what others do. */
const judged = ({ cpuMs, medianMs }: SqlFigures) => cpuMs ?? medianMs;

function print(figures: SqlFigures[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const cell = (value: number | null) => (value === null ? "" : value.toFixed(1)).padStart(8);
  console.log(`${"statement".padEnd(width)}  median     min     cpu     bar   (ms)`);
  for (const each of figures) {
    const mark = each.barMs === null ? " " : judged(each) <= each.barMs ? "\u2713" : "\u2717";
    const scans = each.scannedWhole.length > 0 ? `  reads all of ${each.scannedWhole.join(", ")}` : "";
    const { name, medianMs, minMs, cpuMs, barMs } = each;
    console.log(`${name.padEnd(width)}${cell(medianMs)}${cell(minMs)}${cell(cpuMs)}${cell(barMs)} ${mark}${scans}`);
  }
}

/** `npm run bench:sql -- --size 100k --runs 7 --json FILE --plans FOLDER`: plans and times of every hot statement. */
async function benchSql(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "10k" },
      runs: { type: "string", default: "7" },
      ...{ only: { type: "string" }, home: { type: "string" }, url: { type: "string" } },
      ...{ json: { type: "string" }, plans: { type: "string" } },
    },
  });
  const runs = Number(values.runs);
  if (!(runs >= 1)) throw new Fault("--runs is a whole number, at least 1: so often each statement is sent.");
  const url = await databaseOf(values.size, values.home, values.url);
  // What is slow stands in the table.
  log.level = "error";
  const { db, close } = createDb(url, { max: 1, name: "cohort-bench-sql" });
  const subjects = await findHotSubjects(db);
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} before; ${runs} runs in turn.`);
  const asked = { subjects, now: new Date(), runs, only: values.only };
  const figures = await measureStatements(url, asked).finally(async () => {
    await revokeSession(db, subjects.sid);
    await close();
  });
  print(figures);
  const over = figures.filter((each) => each.barMs !== null && judged(each) > each.barMs);
  console.log(over.length === 0 ? "Every bar holds." : `${over.length} over their bar.`);
  if (values.json) {
    const report = { at: new Date().toISOString(), command: process.argv.slice(2).join(" "), size: values.size, runs };
    writeFileSync(values.json, `${JSON.stringify({ ...report, figures }, null, 2)}\n`);
  }
  if (values.plans) {
    mkdirSync(values.plans, { recursive: true });
    for (const { name, plan } of figures) {
      writeFileSync(join(values.plans, `${name.replace(/[^a-z0-9]+/gi, "-")}.json`), `${plan}\n`);
    }
  }
  process.exitCode = over.length === 0 ? 0 : 1;
}

stopOnSignals();
await runCommand(benchSql);
await stopEverything();
process.exit();
