import { parseArgs } from "node:util";
import { createDb } from "@/db/client";
import { seed } from "@/db/seed";
import { requireEnv } from "@/lib/env";
import { prepareSchema } from "./database/schema";
import { databaseState } from "./database/state";
import { loadEnvironment, withDatabase } from "./environment";
import { Fault, runCommand } from "./home/fault";

const SIZES = ["demo", "1k", "10k", "100k"] as const;
type Size = (typeof SIZES)[number];

/** Fills an empty database: `npm run db:seed -- --size 10k`. Never one that holds anything. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { size: { type: "string", default: "demo" } } });
  const size = SIZES.find((name): name is Size => name === values.size);
  if (!size) throw new Fault(`There is no size ${values.size}: choose one of ${SIZES.join(", ")}.`);
  loadEnvironment();

  await withDatabase(async (url) => {
    if ((await databaseState(url)) !== "empty") {
      throw new Fault(
        "This database is not empty: seed only an empty one (another COHORT_HOME, or another DATABASE_URL).",
      );
    }
    await prepareSchema(url);
    const started = Date.now();
    const { db, close } = createDb(url, { max: 4, name: "cohort-seed" });
    try {
      await seed(db, { size, authSecret: requireEnv("AUTH_SECRET"), tokenKeys: requireEnv("WAKATIME_TOKEN_KEYS") });
    } finally {
      await close();
    }
    console.log(`Filled with the ${size} academy in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  });
});
