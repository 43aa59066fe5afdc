import { defineConfig, devices } from "@playwright/test";

// Debian's Chromium refuses its sandbox to root; the rest keeps it from talking to anybody but our server.
const root = process.getuid?.() === 0;
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Started by scripts/test/browser.ts, which brings the browser and a demo server and says so in E2E_ variables. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  forbidOnly: Boolean(process.env.CI),
  // Two in a run may need their second try: scripts/test/counts.ts counts and names them.
  retries: 1,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    baseURL: process.env.E2E_URL,
    // Recording every journey costs a third of its time: `--trace on` when one has to be understood.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM || undefined,
      args: [...quiet, ...(root ? ["--no-sandbox"] : [])],
    },
  },
});
