import { schemaTask } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const wakatimeSyncPlan = schemaTask({
  id: "wakatime-sync-plan",
  schema: jobContracts["sync-plan"].payload,
  maxDuration: jobContracts["sync-plan"].expireInSeconds,
  concurrency: { total: 1 },
  run: (payload, { signal }) => runTask("sync-plan", payload, { signal }),
});
