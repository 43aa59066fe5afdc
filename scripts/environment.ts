import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { demoVariables, readDemoMark } from "./home/demo";
import { Fault } from "./home/fault";
import { cohortHome, PROJECT_ROOT } from "./home/home";
import { type Holder, takeLock } from "./home/lock";
import { loadSecrets } from "./home/secrets";
import { runningUrl, startEmbedded } from "./postgres/embedded";

const OTHER_START_TIMEOUT_MS = 60_000;

export type Environment = {
  home: string;
  /** Whether the database is ours to start and stop: DATABASE_URL was not given. */
  embedded: boolean;
  /** What the person set, before ours was filled in. */
  givenDatabaseUrl: string | undefined;
};

let loaded: Environment | undefined;

/** Sets what is not set (an empty value counts as not set): what a person says wins over what we made. */
export function fillEnvironment(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && !process.env[name]) process.env[name] = value;
  }
}

/**
 * Completes process.env: `.env`, the secrets in COHORT_HOME, the embedded server's address while it runs, and the local
 * WakaTime stand-in when this is a demo. Call it before anything reads the configuration.
 */
export function loadEnvironment(): Environment {
  if (loaded) return loaded;
  const file = join(PROJECT_ROOT, ".env");
  if (existsSync(file)) process.loadEnvFile(file);

  const home = cohortHome();
  // Absolute for the processes that read it: the mail they write must be found by the others.
  process.env.COHORT_HOME = home;
  const secrets = loadSecrets(home);
  const givenDatabaseUrl = process.env.DATABASE_URL || undefined;
  const mark = readDemoMark(home, givenDatabaseUrl);
  if (mark && !process.env.WAKATIME_CLIENT_ID) fillEnvironment(demoVariables(secrets, mark.fakePort));
  fillEnvironment({
    AUTH_SECRET: secrets.authSecret,
    WAKATIME_TOKEN_KEYS: secrets.wakatimeTokenKeys,
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: givenDatabaseUrl ?? runningUrl(home) ?? undefined,
  });
  loaded = { home, embedded: givenDatabaseUrl === undefined, givenDatabaseUrl };
  return loaded;
}

/** Runs `fn` with a database: the given one, the embedded one that runs already, or one started just for this. */
export async function withDatabase<T>(fn: (url: string) => Promise<T>): Promise<T> {
  const { home, embedded } = loadEnvironment();
  if (!embedded) return fn(process.env.DATABASE_URL as string);

  const command = process.argv[1]?.split("/").at(-1) ?? "a script";
  const lock = takeLock(home, command);
  if (typeof lock !== "function") {
    const url = await urlOfHolder(home, lock);
    process.env.DATABASE_URL = url;
    return fn(url);
  }
  let stop: () => Promise<void> = async () => {};
  const onSignal = () => {
    // A long-running `fn` listens itself, ends its work and returns; then the finally below stops the server.
    if (process.listenerCount("SIGINT") > 1 || process.listenerCount("SIGTERM") > 1) return;
    stop().finally(() => {
      lock();
      process.exit(130);
    });
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    const server = await startEmbedded(home);
    stop = server.stop;
    process.env.DATABASE_URL = server.url;
    return await fn(server.url);
  } finally {
    await stop();
    lock();
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** Another command owns the server and may be in the middle of starting it. */
async function urlOfHolder(home: string, holder: Holder): Promise<string> {
  const deadline = Date.now() + OTHER_START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const url = runningUrl(home);
    if (url) return url;
    await sleep(200);
  }
  throw new Fault(
    `The database in ${home} is held by ${holder.what} (process ${holder.pid}), which does not start it: end that first.`,
  );
}
