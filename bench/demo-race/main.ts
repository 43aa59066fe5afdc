import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createDb } from "@/db/client";
import { addDays } from "@/lib/dates";
import { prepareSchema } from "@/scripts/database/schema";
import { removeHome, startEmbedded } from "@/scripts/postgres/embedded";
import { buildIfChanged } from "@/scripts/start/run-build";
import { throwawayHome } from "@/scripts/test/demo-server";
import { type Round, runRound } from "./race";
import { addRacers } from "./racers";
import { type RaceServer, startServer } from "./server";

const FIRST_DATE = "2040-01-01";
/** The server's own counters are written down by each connection, at the latest when it goes. */
const STATISTICS_MS = 1_500;
const RACING_LATE = 20;
const FAULTS_SHOWN = 20;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "50" },
    students: { type: "string", default: "200" },
    places: { type: "string", default: "10" },
    json: { type: "string" },
  },
});
const [rounds, starters, places] = [Number(values.rounds), Number(values.students), Number(values.places)];
// Mail of promotions is asked for with each change, as in an academy where a worker runs; none runs here.
process.env.JOBS_BACKEND = "embedded";

const home = throwawayHome();
mkdirSync(join(home, "logs"));
const serverLog = join(home, "logs", "server.log");
const postgresLog = join(home, "logs", "postgres.log");
await buildIfChanged(join(home, "logs", "build.log"));
const postgres = await startEmbedded(home);
const authSecret = randomBytes(32).toString("base64");
let server: RaceServer | undefined;

const at = (share: number, sorted: number[]) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
const figures = (times: number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: Math.round(at(0.5, sorted)), p95: Math.round(at(0.95, sorted)), longest: Math.round(at(1, sorted)) };
};
const spelled = ({ p50, p95, longest }: ReturnType<typeof figures>) =>
  `p50 ${p50} ms, p95 ${p95} ms, longest ${longest} ms`;

/** Lines of a log that no race may cause. */
const linesOf = (file: string, pattern: RegExp, from = 0) =>
  readFileSync(file)
    .subarray(from)
    .toString("utf8")
    .split("\n")
    .filter((line) => pattern.test(line));

try {
  await prepareSchema(postgres.url);
  const { sql, close } = createDb(postgres.url, { max: 2, name: "cohort-race" });
  server = await startServer({ databaseUrl: postgres.url, authSecret, log: serverLog });
  const racers = await addRacers(sql, starters + RACING_LATE, authSecret);
  console.log(
    `${rounds} rounds: ${starters} students for ${places} places, then all with a place withdraw while ${RACING_LATE} more sign up.`,
  );
  console.log(`${cpus().length} cores, ${cpus()[0]?.model}; the students, the web server and Postgres share them.`);
  const startsAt = statSync(postgresLog).size;
  const done: Round[] = [];
  for (let number = 0; number < rounds; number++) {
    // Everybody is once among those who come later.
    const start = (number * RACING_LATE) % racers.length;
    const turned = [...racers.slice(start), ...racers.slice(0, start)];
    const round = await runRound(
      { url: server.url, sql, racers: turned, places, starters },
      addDays(FIRST_DATE, number),
    );
    done.push(round);
    const { signUpsMs, changesMs, faults } = round;
    console.log(
      `${String(number + 1).padStart(4)} ${faults.length === 0 ? "exact" : `${faults.length} FAULTS`}` +
        `  ${(signUpsMs / 1000).toFixed(1)} s (${spelled(figures(round.signUps))})  ${(changesMs / 1000).toFixed(1)} s`,
    );
  }
  await server.stop();
  server = undefined;
  await wait(STATISTICS_MS);
  const [counted] = await sql<{ deadlocks: number }[]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  await close();

  const faults = done.flatMap((round) => round.faults);
  const refusedByPostgres = linesOf(postgresLog, /\b(ERROR|FATAL|PANIC):|deadlock/, startsAt);
  const unexpected = linesOf(serverLog, /unexpected error|"level":(50|60|"error"|"fatal")/);
  const verdicts = [
    {
      text: `${done.filter((round) => round.faults.length === 0).length} of ${rounds} rounds exact`,
      holds: faults.length === 0,
    },
    { text: `${counted?.deadlocks} deadlocks`, holds: counted?.deadlocks === 0 },
    { text: `${refusedByPostgres.length} errors in the database's log`, holds: refusedByPostgres.length === 0 },
    { text: `${unexpected.length} unexpected errors in the server's log`, holds: unexpected.length === 0 },
  ];
  const signUps = figures(done.flatMap((round) => round.signUps));
  const changes = figures(done.flatMap((round) => round.changes));
  const seconds = done.reduce((sum, round) => sum + round.signUpsMs, 0) / 1000;
  console.log(`Signing up: ${spelled(signUps)}; ${Math.round((rounds * starters) / seconds)} a second.`);
  console.log(`Withdrawing and signing up: ${spelled(changes)}.`);
  for (const line of [...faults, ...refusedByPostgres, ...unexpected].slice(0, FAULTS_SHOWN)) console.log(line);
  for (const { text, holds } of verdicts) console.log(`${holds ? "✓" : "✗"} ${text}`);
  if (values.json)
    writeFileSync(values.json, `${JSON.stringify({ rounds, signUps, changes, faults, verdicts }, null, 2)}\n`);
  process.exitCode = verdicts.every(({ holds }) => holds) ? 0 : 1;
} finally {
  await server?.stop();
  await postgres.stop();
  removeHome(home);
}
