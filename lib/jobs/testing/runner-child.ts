import { testKeys } from "@/lib/wakatime/testing/people";
import { createTestClient } from "@/lib/wakatime/testing/stored";
import { startEmbeddedRunner } from "../embedded";

// A worker of its own, to be killed.
const { DATABASE_URL = "", FAKE_URL = "", NOW = "" } = process.env;
const client = createTestClient(FAKE_URL);
const runner = await startEmbeddedRunner({
  databaseUrl: DATABASE_URL,
  io: { wakatime: () => ({ client, keys: testKeys }), now: () => new Date(NOW) },
});
process.send?.("ready");
process.once("SIGTERM", async () => {
  await runner.stop();
  await client.close();
  process.exit(0);
});
