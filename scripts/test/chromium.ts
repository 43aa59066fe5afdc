import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../home/fault";
import { PROJECT_ROOT } from "../home/home";
import { endChild, exitOf } from "../start/child";
import { onStop } from "../start/stopping";

/** Without the window that nobody sees, which costs the journeys a third of their time. */
const SHELL = { program: "/usr/bin/chromium-headless-shell", debian: "chromium-headless-shell" };
const SYSTEM = [
  SHELL.program,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const APT = "/usr/bin/apt-get";
const isDebianRoot = () => process.getuid?.() === 0 && existsSync(APT);

/** A download that says nothing for so long is going nowhere. */
const SILENCE_MS = 20_000;
const LONGEST_MS = 300_000;

/** The browser that the journeys run in: Playwright's own, the system's, or one installed now. Returns its program. */
export async function provideChromium(): Promise<string> {
  const found = (await playwrightsOwn()) ?? SYSTEM.find((path) => existsSync(path));
  if (found && (found !== "/usr/bin/chromium" || !isDebianRoot())) return found;
  if (found) {
    // One command here, and two minutes less in each run.
    await runBounded(APT, ["install", "-y", "-q", "--no-install-recommends", SHELL.debian]);
    return existsSync(SHELL.program) ? SHELL.program : found;
  }

  console.log("  No Chromium here yet: asking Playwright for one …");
  if (await runBounded(join(PROJECT_ROOT, "node_modules/.bin/playwright"), ["install", "chromium"])) {
    const own = await playwrightsOwn();
    // As root the system's libraries it needs can be added as well; on a desktop they are there.
    if (own && process.getuid?.() === 0)
      await runBounded(join(PROJECT_ROOT, "node_modules/.bin/playwright"), ["install-deps", "chromium"]);
    if (own) return own;
  }
  if (isDebianRoot()) {
    console.log("  That did not work: installing the system's package instead …");
    await runBounded(APT, ["update", "-q"]);
    for (const name of [SHELL.debian, "chromium"]) {
      await runBounded(APT, ["install", "-y", "-q", "--no-install-recommends", name]);
      const system = SYSTEM.find((path) => existsSync(path));
      if (system) return system;
    }
  }
  throw new Fault(
    "No Chromium for the browser journeys: install one (package chromium, or npx playwright install chromium).",
  );
}

async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

/** Runs an installer, showing only its end, and gives up when it falls silent. True when it succeeded. */
async function runBounded(program: string, args: string[]): Promise<boolean> {
  const child: ChildProcess = spawn(program, args, {
    cwd: PROJECT_ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "5000" },
  });
  onStop("installer", () => endChild(child, 2_000));
  let tail = "";
  const give = () => endChild(child, 2_000);
  let silence = setTimeout(give, SILENCE_MS);
  const longest = setTimeout(give, LONGEST_MS);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      tail = (tail + chunk.toString("utf8")).slice(-2_000);
      clearTimeout(silence);
      silence = setTimeout(give, SILENCE_MS);
    });
  }
  const code = await exitOf(child);
  clearTimeout(silence);
  clearTimeout(longest);
  const lines = tail.trim().split("\n");
  if (code !== 0) console.log(`  … ${lines.findLast((line) => /error|failed|unable/i.test(line)) ?? lines.at(-1)}`);
  return code === 0;
}
