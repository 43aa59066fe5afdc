import { vi } from "vitest";

/**
 * Before each test file. One process runs many of them, which saves starting it and loading the libraries each time;
 * our own modules are loaded anew, and what the file before left in the environment, the globals or the clock is gone.
 */
const FIRST = Symbol.for("cohort.test.environment");
const worker = globalThis as { [FIRST]?: NodeJS.ProcessEnv };

worker[FIRST] ??= { ...process.env };
const first = worker[FIRST];
for (const name of new Set([...Object.keys(first), ...Object.keys(process.env)])) {
  // The runner numbers its workers there.
  if (name.startsWith("VITEST") || process.env[name] === first[name]) continue;
  if (first[name] === undefined) delete process.env[name];
  else process.env[name] = first[name];
}

vi.unstubAllGlobals();
vi.useRealTimers();
vi.resetModules();
