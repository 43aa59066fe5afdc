import { schemaTask } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const wakatimeSyncUser = schemaTask({
  id: "wakatime-sync-user",
  schema: jobContracts["sync-user"].payload,
  maxDuration: jobContracts["sync-user"].expireInSeconds,
  // Beside the chunks: somebody waits for it, and a nightly sync that is under way must not hold it up.
  concurrency: { total: 4 },
  run: (payload, { signal }) => runTask("sync-user", payload, { signal }),
});
