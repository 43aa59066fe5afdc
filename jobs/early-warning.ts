import { schedules } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const earlyWarning = schedules.task({
  id: "early-warning",
  // The literal of TICK_CRON: declarative crons are read from the source. Preview branches judge nobody.
  cron: { pattern: "0,30 * * * *", timezone: "UTC", window: "0m", environments: ["PRODUCTION"] },
  maxDuration: jobContracts["risk-tick"].expireInSeconds,
  run: (_payload, { signal }) => runTask("risk-tick", {}, { signal }),
});
