import { schedules } from "@trigger.dev/sdk";
import { jobContracts } from "@/lib/jobs/contracts";
import { runTask } from "@/lib/jobs/run";

export const wakatimeNightly = schedules.task({
  id: "wakatime-nightly",
  // The literal of TICK_CRON: declarative crons are read from the source. Preview branches start no nightly sync.
  cron: { pattern: "0,30 * * * *", timezone: "UTC", window: "0m", environments: ["PRODUCTION"] },
  maxDuration: jobContracts["sync-tick"].expireInSeconds,
  run: ({ timestamp }, { signal }) => runTask("sync-tick", { scheduledFor: timestamp.toISOString() }, { signal }),
});
