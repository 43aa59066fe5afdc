import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Fault } from "../home/fault";
import { PROJECT_ROOT } from "../home/home";
import { endChild, exitOf } from "../start/child";
import { onStop } from "../start/stopping";

const PROJECT_REF = "proj_check";
const KEY = "tr_prod_check";
const LONGEST_MS = 120_000;
const CLI_FLAGS = ["--dry-run", "--local-build", "--plain", "--skip-update-check", "--skip-telemetry"];

/** Loaded first by every program of Trigger.dev's that runs here. */
export const LOOPBACK_ONLY = pathToFileURL(join(PROJECT_ROOT, "scripts/test/loopback-only.mjs")).href;

/** A file inside the package trigger.dev. Its insides are not for others: package.json pins the exact version. */
export const cliFile = (path: string) =>
  join(dirname(fileURLToPath(import.meta.resolve("trigger.dev/package.json"))), "dist/esm", path);

/** Where the command builds. It leaves a folder there also when it fails. */
const BUILDS = join(PROJECT_ROOT, ".trigger/tmp");
const buildFolders = () => (existsSync(BUILDS) ? readdirSync(BUILDS) : []);

/** What `trigger deploy --dry-run` asks Trigger.dev for: the project's environment, and its variables. */
async function startProjectServer() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const found = {
      [`/api/v1/projects/${PROJECT_REF}/prod`]: { apiKey: KEY, name: "check", apiUrl: url, projectId: "check" },
      [`/api/v1/projects/${PROJECT_REF}/envvars`]: { variables: {} },
    }[path];
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, asked, close };
}

/**
 * Has Trigger.dev's own command build what it would deploy, without an account and without leaving this machine.
 * Returns the bundle's folder, which is removed when we end. Throws Fault with the command's output when it does not
 * end as it should.
 */
export async function buildTaskBundle(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "cohort-jobs-"));
  onStop("task bundle's home", () => rmSync(home, { recursive: true, force: true }));
  const noVariables = join(home, "empty.env");
  writeFileSync(noVariables, "");
  const server = await startProjectServer();
  onStop("project server", server.close);
  const before = buildFolders();
  onStop("task bundle", () => {
    for (const name of buildFolders().filter((each) => !before.includes(each)))
      rmSync(join(BUILDS, name), { recursive: true, force: true });
  });

  const args = ["deploy", ...CLI_FLAGS, "--env-file", noVariables];
  const child: ChildProcess = spawn(process.execPath, ["--import", LOOPBACK_ONLY, cliFile("index.js"), ...args], {
    cwd: PROJECT_ROOT,
    // Nothing of this shell's configuration, and nobody's home: the result is the same everywhere.
    env: {
      PATH: process.env.PATH,
      HOME: home,
      XDG_CONFIG_HOME: home,
      TMPDIR: home,
      NO_COLOR: "1",
      TRIGGER_API_URL: server.url,
      TRIGGER_ACCESS_TOKEN: KEY,
      TRIGGER_PROJECT_REF: PROJECT_REF,
      OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  onStop("trigger deploy", () => endChild(child, 2_000));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  const timer = setTimeout(() => endChild(child, 2_000), LONGEST_MS);
  const code = await exitOf(child);
  clearTimeout(timer);

  const folder = output.match(/^Dry run complete\. View the built project at (\S+)\s*$/m)?.[1];
  if (code !== 0 || !folder || !output.includes("Successfully built code")) {
    throw new Fault(
      `trigger deploy --dry-run ended with code ${code ?? "none"} and without saying where the bundle is. It asked for ${server.asked.join(", ") || "nothing"} and said:\n${output}`,
    );
  }
  return folder;
}
