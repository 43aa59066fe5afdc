import { sql } from "drizzle-orm";
import { endDueAssignments } from "@/db/mutations/assignment-due";
import { deleteExpiredOauthStates } from "@/db/mutations/oauth-state";
import { refreshShownEnrolments } from "@/db/mutations/shown-enrolment";
import { closeStalledSyncRuns, deleteOldSyncOutcomes } from "@/db/mutations/sync-run";
import { academyZone } from "@/db/queries/fragments";
import { drainOutbox } from "@/lib/notify/drain";
import { defineJob, type JobIo } from "./definition";
import { dueNight } from "./nightly";
import { startSync } from "./sync-start";

const STALLED_AFTER_HOURS = 2;
const OUTCOMES_KEPT_DAYS = 30;
/** So that no tick holds its table for long; there are 48 ticks a day. */
const OUTCOMES_PER_TICK = 20_000;

/**
 * Every half hour: starts the nightly sync once its time has come, ends the assignments of those who have left by a date,
 * closes dead runs, sweeps, and sends what waits.
 */
export const syncTick = defineJob("sync-tick", async ({ scheduledFor }, io) => {
  const { db, now } = io;
  await startNightlySync(new Date(scheduledFor), io);
  await refreshShownEnrolments(db);
  await endDueAssignments(db, now());
  await closeStalledSyncRuns(db, now(), STALLED_AFTER_HOURS);
  await deleteOldSyncOutcomes(db, now(), { days: OUTCOMES_KEPT_DAYS, limit: OUTCOMES_PER_TICK });
  await deleteExpiredOauthStates(db, now());
  await drainOutbox(io);
});

async function startNightlySync(scheduledFor: Date, { db, log, enqueue }: JobIo): Promise<void> {
  const [academy] = await db.execute<{ zone: string }>(sql`select ${academyZone} as zone`);
  const night = dueNight(scheduledFor, academy?.zone ?? "UTC");
  if (!night) return;
  const { runId, started } = await startSync(db, {
    actor: { type: "system", job: "sync-tick" },
    key: `nightly:${night.date}`,
    scheduledFor: night.startedAt,
    enqueue,
  });
  if (started) log.info({ runId, night: night.date }, "nightly sync started");
}
