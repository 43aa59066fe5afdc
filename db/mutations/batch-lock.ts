import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { getLastEditor } from "@/db/queries/last-editor";
import { batch } from "@/db/schema";
import { editedMeanwhile, type Failure, failure } from "@/lib/errors";

export type BatchRow = typeof batch.$inferSelect;

export const noSuchBatch = () => failure("not_found", "There is no such batch any more.");

/** The batch, locked against other changes of its own row; who joins or leaves it meanwhile need not wait. */
export async function lockBatch(tx: Db, batchId: number): Promise<BatchRow | null> {
  const [row] = await tx.select().from(batch).where(eq(batch.id, batchId)).for("no key update");
  return row ?? null;
}

/** The answer for a form that was filled in from an older version of the batch; null when it is the newest. */
export async function refuseOldBatch(
  tx: Db,
  row: BatchRow,
  version: number,
  values: Record<string, string | null>,
): Promise<Failure | null> {
  if (row.version === version) return null;
  const by = await getLastEditor(tx, "batch", row.id);
  return editedMeanwhile({ version: row.version, by, values });
}
