import type { Db } from "@/db/client";
import { type Notice, writeNotices } from "@/db/mutations/outbox";
import { JobsOffError } from "@/lib/jobs/backend";
import type { Enqueue } from "@/lib/jobs/definition";
import { enqueue as enqueueJob } from "@/lib/jobs/enqueue";

/**
 * Writes notices and asks for their sending, both in the caller's transaction. Where nothing runs jobs they wait in
 * the outbox. Returns how many are new.
 */
export async function notify(tx: Db, notices: Notice[], enqueue: Enqueue = enqueueJob): Promise<number> {
  const ids = await writeNotices(tx, notices);
  const first = ids[0];
  if (first === undefined) return 0;
  try {
    await enqueue(tx, "outbox-send", {}, { key: `outbox:${first}` });
  } catch (error) {
    if (!(error instanceof JobsOffError)) throw error;
  }
  return ids.length;
}
