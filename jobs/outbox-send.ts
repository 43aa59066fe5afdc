import { schemaTask } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const outboxSend = schemaTask({
  id: "outbox-send",
  schema: jobContracts["outbox-send"].payload,
  run: (payload, { signal }) => runTask("outbox-send", payload, { signal }),
});
