import { defineJob } from "./definition";
import { syncUsers } from "./sync-chunk";

/** Syncs one user under a run of their own. */
export const syncUserJob = defineJob("sync-user", ({ runId, asOf, userId }, io) =>
  syncUsers({ runId, asOf, userIds: [userId] }, io),
);
