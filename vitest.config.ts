import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Forty-five minutes off the hour: code that mixes up local and UTC days fails here.
process.env.TZ = "Asia/Kathmandu";

const root = fileURLToPath(new URL(".", import.meta.url));
const outside = ["**/node_modules/**", "**/.next/**", "**/.cohort/**", "e2e/**/*.spec.ts"];
const shared = {
  alias: [
    { find: /^@\//, replacement: root },
    // Next's marker throws outside its own compiler.
    { find: /^server-only$/, replacement: `${root}scripts/test/empty-module.ts` },
  ],
  env: {
    NODE_ENV: "test" as const,
    LOG_LEVEL: "silent",
    AUTH_SECRET: "a test secret that is long enough to sign with",
    WAKATIME_TOKEN_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
  },
  // What a test waits for comes, or the test's own time is over.
  expect: { poll: { timeout: 60_000 } },
  pool: "forks" as const,
  maxWorkers: 2,
};
/** Many files in one process, each with modules and an environment of its own. */
const together = { isolate: false, setupFiles: ["scripts/test/clean-worker.ts"] };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          ...together,
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...outside, "**/*.db.test.ts", "**/*.smoke.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          ...together,
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: outside,
          globalSetup: ["db/testing/global-setup.ts"],
          // For what hangs: a busy machine takes a minute for some that are done in three seconds otherwise.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "smoke",
          include: ["scripts/**/*.smoke.test.ts"],
          exclude: outside,
          // They start whole servers, each in a home and on ports of its own.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
