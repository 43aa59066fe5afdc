import { jobsBackend } from "@/lib/jobs/backend";
import { startEmbeddedRunner } from "@/lib/jobs/embedded";
import { log } from "@/lib/observability/log";
import { loadEnvironment, withDatabase } from "./environment";
import { Fault, runCommand } from "./home/fault";

/** Resolves when somebody asks this process to end. */
const askedToStop = () =>
  new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });

/** Runs the background jobs until it is stopped; what it is doing then is handed back and done by the next worker. */
await runCommand(async () => {
  loadEnvironment();
  const backend = jobsBackend();
  if (backend !== "embedded") {
    throw new Fault(
      backend === "off"
        ? "Background jobs are off (JOBS_BACKEND=off): no worker is needed."
        : "Trigger.dev runs the background jobs: set JOBS_BACKEND=embedded to run them here instead.",
    );
  }
  const stop = askedToStop();
  await withDatabase(async (databaseUrl) => {
    const runner = await startEmbeddedRunner({ databaseUrl });
    log.info("worker ready");
    process.send?.("ready");
    await stop;
    await runner.stop();
    log.info("worker stopped");
  });
});
