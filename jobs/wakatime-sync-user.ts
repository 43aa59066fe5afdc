import { schemaTask } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const wakatimeSyncUser = schemaTask({
  id: "wakatime-sync-user",
  schema: jobContracts["sync-user"].payload,
  run: (payload, { signal }) => runTask("sync-user", payload, { signal }),
});
