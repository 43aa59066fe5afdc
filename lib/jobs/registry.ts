import { accountTick } from "./account-tick";
import type { JobName } from "./contracts";
import type { Job } from "./definition";
import { demoTick } from "./demo-tick";
import { outboxSend } from "./outbox-send";
import { riskTick } from "./risk-tick";
import { syncChunk } from "./sync-chunk";
import { syncPlan } from "./sync-plan";
import { syncTick } from "./sync-tick";
import { syncUserJob } from "./sync-user";

/** What each job does, for the engines. */
export const jobs: { [Name in JobName]: Job<Name> } = {
  "sync-tick": syncTick,
  "demo-tick": demoTick,
  "risk-tick": riskTick,
  "account-tick": accountTick,
  "sync-plan": syncPlan,
  "sync-chunk": syncChunk,
  "sync-user": syncUserJob,
  "outbox-send": outboxSend,
};
