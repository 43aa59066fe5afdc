import { schemaTask } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const outboxSend = schemaTask({
  id: "outbox-send",
  schema: jobContracts["outbox-send"].payload,
  maxDuration: jobContracts["outbox-send"].expireInSeconds,
  concurrency: { total: 1 },
  run: (payload, { signal }) => runTask("outbox-send", payload, { signal }),
});
