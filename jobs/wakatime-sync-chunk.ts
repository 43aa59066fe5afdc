import { schemaTask } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const wakatimeSyncChunk = schemaTask({
  id: "wakatime-sync-chunk",
  schema: jobContracts["sync-chunk"].payload,
  maxDuration: jobContracts["sync-chunk"].expireInSeconds,
  // The pace is the academy's (lib/wakatime/rate-limit.ts): more at once would only wait for it, and be paid for.
  concurrency: { total: 2 },
  run: (payload, { signal }) => runTask("sync-chunk", payload, { signal }),
});
