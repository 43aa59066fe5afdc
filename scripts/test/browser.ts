import { freePort } from "../home/processes";
import { provideChromium } from "./chromium";
import { command } from "./command";
import { startDemoServer } from "./demo-server";

/** Playwright's journeys against a demo server started for them. `report`: where the JSON report goes. Returns the exit code. */
export async function runJourneys(args: string[], report?: string): Promise<number> {
  const chromium = await provideChromium();
  // Nothing listens there until the journey that connects Slack starts a stand-in.
  const slackPort = String(await freePort());
  const server = await startDemoServer({ SLACK_API_URL: `http://127.0.0.1:${slackPort}/api` });
  let code = 1;
  try {
    const env = {
      E2E_CHROMIUM: chromium,
      E2E_URL: server.url,
      E2E_DATABASE_URL: server.databaseUrl,
      E2E_AUTH_SECRET: server.authSecret,
      E2E_WAKATIME_URL: server.wakatimeUrl,
      E2E_SLACK_PORT: slackPort,
      E2E_HOME: server.home,
      E2E_SIGN_INS: JSON.stringify(server.signIns),
      ...(report ? { PLAYWRIGHT_JSON_OUTPUT_FILE: report } : {}),
    };
    code = await command("playwright", ["test", `--reporter=${report ? "list,json" : "list"}`, ...args], { env });
  } finally {
    const stopped = await server.stop();
    if (stopped !== 0) {
      console.error(`The demo server did not stop cleanly (code ${stopped ?? "none"}).`);
      code ||= 1;
    }
  }
  return code;
}
