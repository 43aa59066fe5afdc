import { join } from "node:path";
import { env } from "@/lib/env";
import { jobsBackend } from "@/lib/jobs/backend";
import { fillEnvironment, loadEnvironment } from "../environment";
import { clearDemoMark, demoVariables, readDemoMark, writeDemoMark } from "../home/demo";
import { sentenceOf } from "../home/fault";
import { freePort } from "../home/processes";
import { loadSecrets } from "../home/secrets";
import { holdData, prepareData, provideDatabase, setUpAddress } from "./database";
import { buildIfChanged } from "./run-build";
import { startFakeWakaTime, startWeb, startWorker, syncOnce } from "./services";
import { readAddress, requireFreePort } from "./settings";
import { seconds, step } from "./step";
import { isStopping, stopEverything, stopOnSignals } from "./stopping";

const DEFAULT_FAKE_PORT = 4010;
const LOOPBACK = "127.0.0.1";

/** `npm start` and, with --dev, `npm run dev`: everything that Cohort needs, until a signal ends it. */
async function start(dev: boolean): Promise<void> {
  const started = Date.now();
  const { home, embedded, givenDatabaseUrl } = loadEnvironment();
  const address = readAddress(process.env);
  await step("Checking the configuration", async () => {
    if (embedded) holdData(home, address.url);
    await requireFreePort(address);
    fillEnvironment({ APP_URL: address.url });
    process.env.PORT = String(address.port);
    process.env.NEXT_TELEMETRY_DISABLED = "1";
    env();
  });

  const url = await provideDatabase(home, givenDatabaseUrl);
  const plan = await prepareData(url, embedded);
  const demo = plan === "seed" || plan === "demo";
  const standIn = demo ? await prepareStandIn(home, givenDatabaseUrl) : null;
  if (!demo) clearDemoMark(home);
  // Invented people have known passwords: only this machine may see them, unless HOST says otherwise.
  if (demo && !address.host) process.env.HOST = LOOPBACK;

  if (!dev) await step("Building", () => buildIfChanged(join(home, "logs", "build.log")));
  if (standIn) await step("Starting the local WakaTime stand-in", () => startFakeWakaTime(home, standIn));
  const worker = jobsBackend() === "embedded";
  if (worker) await step("Starting the worker", startWorker);
  await step("Starting the web server", () => startWeb(dev));
  if (worker && standIn) await step("Syncing the last two weeks of coding time", () => syncOnce(home));

  const setUp = demo ? null : await setUpAddress(url, address.url);
  console.log(`\nCohort is ready at ${address.url}`);
  if (setUp) console.log(`Set up the first admin (once): ${setUp}`);
  if (demo) await printSignIns();
  console.log(`Started in ${seconds(Date.now() - started)}. Ctrl-C stops it.`);
}

/** The stand-in's port, chosen and kept; null when the person set a WakaTime client of their own. */
async function prepareStandIn(home: string, givenDatabaseUrl: string | undefined): Promise<number | null> {
  const secrets = loadSecrets(home);
  const own = process.env.WAKATIME_CLIENT_ID;
  if (own && own !== secrets.demoClientId) return null;
  const port = await freePort(readDemoMark(home, givenDatabaseUrl)?.fakePort ?? DEFAULT_FAKE_PORT);
  writeDemoMark(home, givenDatabaseUrl, port);
  Object.assign(process.env, demoVariables(secrets, port));
  return port;
}

async function printSignIns(): Promise<void> {
  const { DEMO_SIGN_INS, demoPassword } = await import("@/db/seed");
  const password = demoPassword(process.env.AUTH_SECRET as string);
  for (const { email } of DEMO_SIGN_INS) console.log(`${email} password: ${password}`);
}

stopOnSignals();
try {
  await start(process.argv.includes("--dev"));
} catch (error) {
  // Ctrl-C in the middle of a step makes that step fail; that is no fault.
  if (!isStopping()) {
    console.error(`\n${sentenceOf(error) ?? (error as Error).stack}`);
    await stopEverything();
    process.exit(1);
  }
}
