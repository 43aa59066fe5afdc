import { createDb } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { log } from "@/lib/observability/log";
import { explainConnection } from "../database/reach";
import { prepareSchema } from "../database/schema";
import { databaseState } from "../database/state";
import { Fault } from "../home/fault";
import { type Holder, takeLock } from "../home/lock";
import { keepEmbedded } from "../postgres/kept";
import { type DataPlan, planData } from "./data";
import { step } from "./step";
import { onStop } from "./stopping";

/** Takes the embedded data for ourselves, or says who has it. */
export function holdData(home: string, url: string): void {
  const lock = takeLock(home, "npm start", url);
  if (typeof lock === "function") onStop("lock", lock);
  else throw new Fault(heldBy(lock, home));
}

function heldBy(holder: Holder, home: string): string {
  if (!holder.url)
    return `The data in ${home} is in use by ${holder.what} (process ${holder.pid}): wait until it ends, or stop it.`;
  return `Cohort already runs on the data in ${home} at ${holder.url} (process ${holder.pid}): stop that one first, or give this one another COHORT_HOME.`;
}

/** The database that this start uses: ours, started here, or the given one, reached once. Returns its address. */
export async function provideDatabase(home: string, given: string | undefined): Promise<string> {
  if (!given) {
    const starting = keepEmbedded(home, { throwaway: process.env.COHORT_THROWAWAY === "1" });
    // Registered at once: a signal that comes while it starts must find it too.
    onStop("database", async () => (await starting.catch(() => null))?.stop());
    const server = await step("Starting Postgres", async () => starting);
    process.env.DATABASE_URL = server.url;
    return server.url;
  }
  await step("Reaching the database", async () => {
    const fault = await explainConnection(given);
    if (fault) throw new Fault(fault);
  });
  return given;
}

/** Newest schema, then the data that belongs into it. */
export async function prepareData(url: string, embedded: boolean): Promise<DataPlan> {
  // Looked at before the migrations: they would make tables in somebody else's database.
  const plan = planData(await databaseState(url), embedded, process.env.COHORT_DEMO);
  await step("Bringing the schema up to date", () => prepareSchema(url));
  if (plan === "seed") {
    await step("Filling the demo academy", async () => {
      const { seed } = await import("@/db/seed");
      const { db, close } = createDb(url, { max: 4, name: "cohort-seed" });
      const level = log.level;
      // Loading a year of coding takes its time: nobody needs to be warned of that.
      log.level = "error";
      try {
        await seed(db, {
          size: "demo",
          authSecret: requireEnv("AUTH_SECRET"),
          tokenKeys: requireEnv("WAKATIME_TOKEN_KEYS"),
        });
      } finally {
        log.level = level;
        await close();
      }
    });
  }
  return plan;
}

/** The address of the first admin's page, or null when somebody can sign in already. */
export async function setUpAddress(url: string, address: string): Promise<string | null> {
  const { createSetupToken } = await import("@/db/mutations/setup");
  const { db, close } = createDb(url, { max: 1, name: "cohort-setup" });
  try {
    const token = await createSetupToken(db);
    return token ? `${address}/setup?token=${encodeURIComponent(token)}` : null;
  } finally {
    await close();
  }
}
