import { setTimeout as sleep } from "node:timers/promises";
import { createDb, type Database } from "@/db/client";
import { getSyncRun } from "@/db/queries/sync-runs";
import { jobsBackend } from "@/lib/jobs/backend";
import { type EmbeddedRunner, startEmbeddedRunner } from "@/lib/jobs/embedded";
import { installQueue } from "@/lib/jobs/queue";
import { startSync } from "@/lib/jobs/sync-start";
import { isWakatimeConfigured } from "@/lib/wakatime/access";
import { loadEnvironment, withDatabase } from "./environment";
import { Fault, runCommand } from "./home/fault";

const POLL_MS = 500;
const PROGRESS_EVERY_MS = 2_000;
/** A run that no worker has planned, or moved, for this long gets one of our own for the time it takes. */
const PLANNING_PATIENCE_MS = 4_000;
const WORKER_PATIENCE_MS = 60_000;

type Run = NonNullable<Awaited<ReturnType<typeof getSyncRun>>>;

const progressOf = (run: Run) => (run.plannedAt ? `${run.usersDone} of ${run.usersTotal} users` : "planning");

const resultOf = (run: Run) =>
  [
    `${run.usersTotal} users: ${run.usersOk} synced, ${run.usersDone - run.usersOk - run.usersFailed} skipped,`,
    `${run.usersFailed} failed; days: ${run.daysWritten} written, ${run.daysUnchanged} unchanged,`,
    `${run.daysUnavailable} unavailable`,
  ].join(" ");

/** Prints how far the run is until it ends. Starts a runner of our own when nobody else takes the work. */
async function follow(db: Database, databaseUrl: string, runId: number): Promise<Run> {
  const startedAt = Date.now();
  let runner: EmbeddedRunner | undefined;
  let printedAt = 0;
  let printed = "";
  try {
    for (;;) {
      const run = await getSyncRun(db, runId);
      if (!run) throw new Fault(`The sync run ${runId} is gone.`);
      if (run.status !== "running") return run;
      const waitedMs = Date.now() - Math.max(startedAt, run.updatedAt.getTime());
      const patienceMs = run.plannedAt ? WORKER_PATIENCE_MS : PLANNING_PATIENCE_MS;
      if (!runner && waitedMs > patienceMs && jobsBackend() === "embedded") {
        console.log("No worker takes the run: working on it here.");
        runner = await startEmbeddedRunner({ databaseUrl });
      }
      const line = progressOf(run);
      if (line !== printed && Date.now() - printedAt > PROGRESS_EVERY_MS) {
        console.log(line);
        printed = line;
        printedAt = Date.now();
      }
      await sleep(POLL_MS);
    }
  } finally {
    await runner?.stop();
  }
}

/** Starts a sync of everybody; with --wait stays until it has ended, and ends with 1 when it failed. */
await runCommand(async () => {
  loadEnvironment();
  if (!isWakatimeConfigured()) {
    throw new Fault("WakaTime is not configured: set WAKATIME_CLIENT_ID and WAKATIME_CLIENT_SECRET.");
  }
  await withDatabase(async (databaseUrl) => {
    const { db, close } = createDb(databaseUrl, { max: 2, name: "cohort-sync-command" });
    try {
      if (jobsBackend() === "embedded") await installQueue(databaseUrl);
      const { runId } = await startSync(db, { actor: { type: "system", job: "sync-command" } });
      if (!process.argv.includes("--wait")) {
        console.log(`Sync run ${runId} is under way.`);
        return;
      }
      const run = await follow(db, databaseUrl, runId);
      if (run.status !== "completed") throw new Fault(`The sync run ${runId} failed: ${run.error ?? "unknown reason"}`);
      console.log(resultOf(run));
      // One person's broken link is that person's matter; everybody's is ours.
      if (run.usersTotal > 0 && run.usersFailed === run.usersTotal) process.exitCode = 1;
    } finally {
      await close();
    }
  });
});
