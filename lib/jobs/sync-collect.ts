import type { Db } from "@/db/client";
import { type FinishedSync, finishUserSyncs, type SyncOutcome } from "@/db/mutations/sync-outcome";

const TOGETHER = 16;
/** An outcome is in the database this soon, however slow the others are. */
const LONGEST_WAIT_MS = 500;

/** Writes outcomes down, several in one statement. `add` returns at once unless it is the one that makes it full. */
export function collectOutcomes(db: Db, { runId, owner }: { runId: number; owner: string }) {
  let waiting: FinishedSync[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    // In the order in which they came, and nothing more once one has failed: the chunk ends with that fault.
    writing = writing.then(() => (batch.length > 0 ? finishUserSyncs(db, batch) : undefined));
    return writing;
  }

  return {
    flush,
    async add(userId: number, outcome: SyncOutcome): Promise<void> {
      waiting.push({ userId, runId, leaseOwner: owner, outcome });
      if (waiting.length >= TOGETHER) return flush();
      timer ??= setTimeout(() => {
        flush().catch(() => {});
      }, LONGEST_WAIT_MS);
    },
  };
}
