import { sql } from "drizzle-orm";
import { closeStalledSyncRuns } from "@/db/mutations/sync-run";
import { academyZone } from "@/db/queries/fragments";
import { defineJob } from "./definition";
import { dueNight } from "./nightly";
import { startSync } from "./sync-start";

const STALLED_AFTER_HOURS = 2;

/** Every half hour: starts the nightly sync once its time has come in the academy's zone, and closes dead runs. */
export const syncTick = defineJob("sync-tick", async ({ scheduledFor }, { db, now, log, enqueue }) => {
  await closeStalledSyncRuns(db, now(), STALLED_AFTER_HOURS);
  const [academy] = await db.execute<{ zone: string }>(sql`select ${academyZone} as zone`);
  const night = dueNight(new Date(scheduledFor), academy?.zone ?? "UTC");
  if (!night) return;
  const { runId, started } = await startSync(db, {
    actor: { type: "system", job: "sync-tick" },
    key: `nightly:${night.date}`,
    scheduledFor: night.startedAt,
    enqueue,
  });
  if (started) log.info({ runId, night: night.date }, "nightly sync started");
});
