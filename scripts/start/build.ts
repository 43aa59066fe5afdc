import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT, readJson, writeJson } from "../home/home";

const FOLDERS = ["app", "components", "db", "lib", "public"];
const FILES = ["package-lock.json", "package.json", "tsconfig.json", "instrumentation.ts", "instrumentation-client.ts"];
const CONFIGURATION = /^(next|postcss|tailwind)\.config\.(ts|js|mjs|cjs)$/;
/** Inside those folders, but never part of the build. */
const NOT_BUILT = /(\.test\.tsx?$)|^db\/(testing|seed)\/|(^|\/)\./;

const STAMP = join(PROJECT_ROOT, ".next", "cohort-build.json");

/** One hash over everything that the production build reads, its Node version and public variables included. */
export function sourceHash(root = PROJECT_ROOT): string {
  const files = FOLDERS.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      : [],
  ).filter((file) => !NOT_BUILT.test(file));
  files.push(...FILES, ...readdirSync(root).filter((name) => CONFIGURATION.test(name)));

  const hash = createHash("sha256").update(process.version);
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`${name}=${value}\0`);
  }
  for (const file of files.sort()) {
    if (!existsSync(join(root, file))) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Whether `.next` holds a finished build of these sources. */
export function isBuilt(hash: string): boolean {
  const stamp = readJson<{ hash: string }>(STAMP);
  return stamp?.hash === hash && existsSync(join(PROJECT_ROOT, ".next", "BUILD_ID"));
}

export const rememberBuild = (hash: string) => writeJson(STAMP, { hash, at: new Date().toISOString() });

/** What a build may know: no address of a database and no secret, so that it is the same on every machine. */
export function buildEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, CI, NODE_OPTIONS } = process.env;
  const visible = Object.entries(process.env).filter(([name]) => name.startsWith("NEXT_PUBLIC_"));
  const kept = Object.entries({ PATH, HOME, TMPDIR, CI, NODE_OPTIONS }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries([...visible, ...kept]), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
}
