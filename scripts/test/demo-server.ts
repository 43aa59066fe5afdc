import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, openSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDemoMark } from "../home/demo";
import { Fault } from "../home/fault";
import { PROJECT_ROOT } from "../home/home";
import { freePort } from "../home/processes";
import { loadSecrets } from "../home/secrets";
import { removeHome, runningUrl } from "../postgres/embedded";
import { endChild, exitOf } from "../start/child";
import { onStop } from "../start/stopping";

const READY_TIMEOUT_MS = 240_000;

export type DemoServer = {
  url: string;
  databaseUrl: string;
  authSecret: string;
  /** The stand-in for WakaTime that it talks to. */
  wakatimeUrl: string;
  /** Its COHORT_HOME, with the logs; what the processes print is in `OUTPUT_FILE`. */
  home: string;
  /** One per printed sign-in: e-mail to password. */
  signIns: Record<string, string>;
  /** Stops it as Ctrl-C would; returns its exit code. */
  stop: () => Promise<number | null>;
};

/** In the home of a demo server: everything that its processes printed. */
export const OUTPUT_FILE = "output.log";

/** A new folder that the unprivileged Postgres user can pass through. */
export function throwawayHome(): string {
  const home = mkdtempSync(join(tmpdir(), "cohort-home-"));
  chmodSync(home, 0o711);
  return home;
}

/** What `npm start` would get on a fresh machine: nothing of this shell's configuration. */
export function freshEnvironment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, CI } = process.env;
  const kept = Object.fromEntries(
    Object.entries({ PATH, HOME, TMPDIR, CI }).filter(([, value]) => value !== undefined),
  );
  return { ...kept, NEXT_TELEMETRY_DISABLED: "1", ...settings } as unknown as NodeJS.ProcessEnv;
}

export function spawnStart(settings: Record<string, string>, stdio: "pipe" | "inherit" = "pipe"): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "scripts/start/main.ts"], {
    cwd: PROJECT_ROOT,
    env: freshEnvironment(settings),
    stdio: ["ignore", stdio, stdio, "ipc"],
    detached: true,
  });
}

/** The whole product, started by the same code as `npm start`, with invented people in a home that is removed afterwards. */
export async function startDemoServer(settings: Record<string, string> = {}): Promise<DemoServer> {
  const home = throwawayHome();
  const port = await freePort();
  const child = spawnStart({ COHORT_HOME: home, COHORT_THROWAWAY: "1", PORT: String(port), ...settings });
  const stop = async () => {
    await endChild(child, 40_000);
    const code = await exitOf(child);
    removeHome(home);
    return code;
  };
  onStop("demo server", async () => void (await stop()));

  const output = await readUntilReady(child, join(home, OUTPUT_FILE));
  const databaseUrl = runningUrl(home);
  if (!databaseUrl) throw new Fault("The demo server is ready but its database does not run.");
  const signIns = [...output.matchAll(/^(\S+@cohort\.test) password: (\S+)$/gm)].map((found) => [found[1], found[2]]);
  return {
    url: `http://localhost:${port}`,
    databaseUrl,
    authSecret: loadSecrets(home).authSecret,
    wakatimeUrl: `http://127.0.0.1:${readDemoMark(home, undefined)?.fakePort}`,
    home,
    signIns: Object.fromEntries(signIns),
    stop,
  };
}

function readUntilReady(child: ChildProcess, file: string): Promise<string> {
  let output = "";
  const written = openSync(file, "a");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Fault(`The demo server is not ready:\n${output}`)), READY_TIMEOUT_MS);
    const onData = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      // Written down beyond the start: journeys look into it for what must never stand there.
      writeSync(written, chunk);
      process.stdout.write(chunk.toString("utf8").replace(/^(?=.)/gm, "  "));
      if (!/^Started in .*$/m.test(output)) return;
      clearTimeout(timer);
      resolve(output);
    };
    child.stdout?.on("data", onData);
    child.stderr?.on("data", onData);
    child.once("exit", () => reject(new Fault(`The demo server ended before it was ready:\n${output}`)));
  });
}
