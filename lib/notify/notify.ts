import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { type Notice, writeNotices } from "@/db/mutations/outbox";
import { JobsOffError } from "@/lib/jobs/backend";
import type { Enqueue } from "@/lib/jobs/definition";
import { enqueue as enqueueJob } from "@/lib/jobs/enqueue";
import { describeError } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";

/**
 * Writes notices and asks for their sending, both in the caller's transaction. Where nothing runs jobs they wait in
 * the outbox. Returns how many are new.
 */
export async function notify(tx: Db, notices: Notice[], enqueue: Enqueue = enqueueJob): Promise<number> {
  const ids = await writeNotices(tx, notices);
  if (ids.length > 0) await askToSend(tx, enqueue);
  return ids.length;
}

/**
 * Asks for what waits in the outbox to be sent soon. Never fails for want of a queue, and leaves the caller's
 * transaction usable: the notices are written, and the half-hourly tick sends what nobody was asked to.
 */
export async function askToSend(db: Db, enqueue: Enqueue = enqueueJob): Promise<void> {
  try {
    // A key of its own each time: a job that is at its end already would not see the new notice.
    await db.transaction((inner) => enqueue(inner, "outbox-send", {}, { key: `outbox:${randomUUID()}` }));
  } catch (error) {
    if (!(error instanceof JobsOffError)) log.warn(describeError(error), "mail waits for the next half hour");
  }
}
