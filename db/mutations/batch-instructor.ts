import { and, eq } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { batch, batchInstructor, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { noSuchBatch } from "./batch-lock";

const forbidden = () => failure("forbidden", "Only admins decide who teaches a batch.");

/** The batch stays while somebody is added to it or taken from it. */
async function batchNameOf(tx: Db, batchId: number): Promise<string | null> {
  const [row] = await tx.select({ name: batch.name }).from(batch).where(eq(batch.id, batchId)).for("key share");
  return row?.name ?? null;
}

/** From their next request on this instructor edits the batch's students and sees its key. Twice is as good as once. */
export const addBatchInstructor = (
  db: Database,
  actor: Actor,
  batchId: number,
  userId: number,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "batch.edit")) return forbidden();
    const [person] = await tx
      .select({ name: user.name, role: user.role, disabledAt: user.disabledAt })
      .from(user)
      .where(eq(user.id, userId))
      .for("key share");
    const batchName = await batchNameOf(tx, batchId);
    if (batchName === null) return noSuchBatch();
    if (person?.role !== "instructor" || person.disabledAt) {
      const message = "Please choose somebody with the role of an instructor.";
      return failure("invalid", message, { fields: { userId: message } });
    }
    const added = await tx.insert(batchInstructor).values({ batchId, userId }).onConflictDoNothing().returning();
    if (added.length === 0) return ok();
    await recordAudit(tx, actor, {
      action: "batch.add-instructor",
      subjectType: "batch",
      subjectId: batchId,
      label: batchName,
      after: { instructor: person.name, userId },
    });
    return ok();
  });

/** From their next request on this person is no instructor of the batch. */
export const removeBatchInstructor = (
  db: Database,
  actor: Actor,
  batchId: number,
  userId: number,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "batch.edit")) return forbidden();
    const batchName = await batchNameOf(tx, batchId);
    if (batchName === null) return noSuchBatch();
    const removed = await tx
      .delete(batchInstructor)
      .where(and(eq(batchInstructor.batchId, batchId), eq(batchInstructor.userId, userId)))
      .returning();
    if (removed.length === 0) return ok();
    const [person] = await tx.select({ name: user.name }).from(user).where(eq(user.id, userId));
    await recordAudit(tx, actor, {
      action: "batch.remove-instructor",
      subjectType: "batch",
      subjectId: batchId,
      label: batchName,
      before: { instructor: person?.name ?? null, userId },
    });
    return ok();
  });
