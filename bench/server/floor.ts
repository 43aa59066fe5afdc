import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT, readJson, writeJson } from "@/scripts/home/home";
import { freePort } from "@/scripts/home/processes";
import { buildEnvironment, sourceHash } from "@/scripts/start/build";
import { step } from "@/scripts/start/step";
import type { Academy } from "./academy";
import { type Running, startServer } from "./process";

/** Inside the project, where the same packages are found. */
const FLOOR = join(PROJECT_ROOT, ".cohort", "bench", "floor");
const STAMP = join(FLOOR, ".next", "cohort-build.json");
const HOST = "127.0.0.1";

/** Where each part of the small application comes from. */
const PARTS = {
  app: "bench/floor/app",
  "product.config.ts": "next.config.ts",
  "bench/floor/start.ts": "bench/floor/start.ts",
  "package.json": "package.json",
  "tsconfig.json": "tsconfig.json",
  scripts: "scripts",
  lib: "lib",
  db: "db",
};

/** The product's own configuration, but for the packages, which lie further up, and the product's documents. */
const CONFIGURATION = `import product from "./product.config";

const { outputFileTracingIncludes: _, ...config } = product;
export default { ...config, turbopack: { root: ${JSON.stringify(PROJECT_ROOT)} } };
`;

/** An application of an empty page, once without a session and once with the product's check of it, built by the same framework. The server around it is a copy of the product's. */
async function buildFloor(): Promise<void> {
  mkdirSync(FLOOR, { recursive: true });
  for (const [name, source] of Object.entries(PARTS)) {
    rmSync(join(FLOOR, name), { recursive: true, force: true });
    cpSync(join(PROJECT_ROOT, source), join(FLOOR, name), { recursive: true });
  }
  writeFileSync(join(FLOOR, "next.config.ts"), CONFIGURATION);
  const hash = sourceHash(FLOOR);
  if (readJson<{ hash: string }>(STAMP)?.hash === hash && existsSync(join(FLOOR, ".next", "BUILD_ID"))) return;
  await step("Building the empty page", async () => {
    const next = join(PROJECT_ROOT, "node_modules/next/dist/bin/next");
    const built = spawnSync(process.execPath, [next, "build"], {
      cwd: FLOOR,
      env: buildEnvironment(),
      encoding: "utf8",
    });
    if (built.status !== 0) throw new Error(`The empty page cannot be built:\n${built.stdout}\n${built.stderr}`);
    writeJson(STAMP, { hash });
  });
}

/** The framework's floor: the empty page behind as many processes as the product's pages. */
export async function startFloor({ home, databaseUrl, secrets }: Academy): Promise<Running> {
  await buildFloor();
  const port = await freePort();
  return startServer({
    args: ["bench/floor/start.ts"],
    cwd: FLOOR,
    env: {
      HOST,
      PORT: String(port),
      COHORT_HOME: home,
      JOBS_BACKEND: "off",
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: secrets.authSecret,
      WAKATIME_TOKEN_KEYS: secrets.wakatimeTokenKeys,
    },
    url: `http://${HOST}:${port}`,
    ready: "/",
    log: join(home, "logs", "floor.log"),
  });
}
