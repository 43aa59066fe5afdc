import { schedules } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const accountDeletions = schedules.task({
  id: "account-deletions",
  // The literal of TICK_CRON: declarative crons are read from the source. Preview branches delete nobody.
  cron: { pattern: "0,30 * * * *", timezone: "UTC", window: "0m", environments: ["PRODUCTION"] },
  maxDuration: jobContracts["account-tick"].expireInSeconds,
  run: (_payload, { signal }) => runTask("account-tick", {}, { signal }),
});
