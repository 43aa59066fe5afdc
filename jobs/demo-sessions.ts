import { schedules } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const demoSessions = schedules.task({
  id: "demo-sessions",
  // The literal of TICK_CRON: declarative crons are read from the source. Preview branches remind nobody.
  cron: { pattern: "0,30 * * * *", timezone: "UTC", window: "0m", environments: ["PRODUCTION"] },
  maxDuration: jobContracts["demo-tick"].expireInSeconds,
  run: (_payload, { signal }) => runTask("demo-tick", {}, { signal }),
});
