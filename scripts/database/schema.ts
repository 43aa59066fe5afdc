import { migrate } from "@/db/migrate";
import { jobsBackend } from "@/lib/jobs/backend";
import { installQueue } from "@/lib/jobs/queue";

/** Brings the schema up to date, and with the embedded engine the queue's: web processes only ever send to it. */
export async function prepareSchema(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  if (jobsBackend() === "embedded") await installQueue(databaseUrl);
}
