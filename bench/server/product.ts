import { join } from "node:path";
import { demoVariables } from "@/scripts/home/demo";
import { freePort } from "@/scripts/home/processes";
import type { Academy } from "./academy";
import { type Running, startServer } from "./process";

const HOST = "127.0.0.1";

/** The stand-in for WakaTime, so that nothing here ever asks the real one. */
export async function startStandIn({ home, secrets }: Academy): Promise<Record<string, string>> {
  const port = await freePort();
  const { COHORT_DEMO: _, ...variables } = demoVariables(secrets, port);
  await startServer({
    args: ["scripts/fake-wakatime.ts"],
    env: { NODE_ENV: "production", COHORT_HOME: home, ...variables },
    url: `http://${HOST}:${port}`,
    ready: "/",
    log: join(home, "logs", "fake-wakatime.log"),
  });
  return variables;
}

/**
 * The product by the code of `npm start`, building when sources changed. Without the worker, whose jobs start by the
 * clock: what is measured is what answers requests.
 */
export async function startProduct(
  academy: Academy,
  settings: Record<string, string>,
  name = "product",
): Promise<Running> {
  const port = await freePort();
  return startServer({
    args: ["scripts/start/main.ts"],
    env: {
      COHORT_HOME: academy.home,
      DATABASE_URL: academy.databaseUrl,
      AUTH_SECRET: academy.secrets.authSecret,
      WAKATIME_TOKEN_KEYS: academy.secrets.wakatimeTokenKeys,
      JOBS_BACKEND: "off",
      HOST,
      PORT: String(port),
      ...settings,
    },
    url: `http://${HOST}:${port}`,
    ready: "/readyz",
    log: join(academy.home, "logs", `${name}.log`),
  });
}
