import { schemaTask } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const wakatimeSyncChunk = schemaTask({
  id: "wakatime-sync-chunk",
  schema: jobContracts["sync-chunk"].payload,
  // WakaTime's rate limit is the academy's, and a process keeps it for itself alone.
  concurrency: { total: 1 },
  run: (payload, { signal }) => runTask("sync-chunk", payload, { signal }),
});
