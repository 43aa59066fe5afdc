import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { BatchContent } from "@/db/queries/batch-page";
import { batch } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { isTimeZone } from "@/lib/dates";
import { type ActionResult, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { newRegistrationKey } from "./batch-key";
import { lockBatch, noSuchBatch, refuseOldBatch } from "./batch-lock";
import { lockPeopleOfBatch } from "./people-lock";

const contentOf = (row: BatchContent): BatchContent => ({
  name: row.name,
  description: row.description,
  startDate: row.startDate,
  endDate: row.endDate,
  timeZone: row.timeZone,
  capacity: row.capacity,
  slackChannel: row.slackChannel,
  curriculum: row.curriculum,
});

const forbidden = () => failure("forbidden", "Only admins create, edit, archive and delete batches.");

/** What the table would refuse, as an answer beside the field. */
function faultOf({ startDate, endDate, timeZone }: BatchContent): Failure | null {
  const beside = (field: string, message: string) => failure("invalid", message, { fields: { [field]: message } });
  if (!isTimeZone(timeZone)) return beside("timeZone", "This time zone is not known.");
  if (endDate < startDate) return beside("endDate", "The last day is before the first one.");
  return null;
}

/** A new batch with a registration key of its own, which lets students in at once. */
export const createBatch = (db: Database, actor: Actor, content: BatchContent): Promise<ActionResult<{ id: number }>> =>
  db.transaction(async (tx) => {
    if (!can(actor, "batch.create")) return forbidden();
    const fault = faultOf(content);
    if (fault) return fault;
    const [row] = await tx
      .insert(batch)
      .values({ ...contentOf(content), registrationKey: newRegistrationKey() })
      .returning({ id: batch.id });
    if (!row) throw new Error("inserting a batch returned no row");
    await recordAudit(tx, actor, {
      action: "batch.create",
      subjectType: "batch",
      subjectId: row.id,
      label: content.name,
      after: contentOf(content),
    });
    return ok(row);
  });

export const editBatch = (
  db: Database,
  actor: Actor,
  batchId: number,
  { version, ...content }: BatchContent & { version: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "batch.edit")) return forbidden();
    const [seen] = await tx.select({ timeZone: batch.timeZone }).from(batch).where(eq(batch.id, batchId));
    // Another zone moves the midnights with which periods begin: their rows are written as well (migration 0010).
    if (seen && seen.timeZone !== content.timeZone) await lockPeopleOfBatch(tx, batchId);
    const row = await lockBatch(tx, batchId);
    if (!row) return noSuchBatch();
    const before = contentOf(row);
    const outdated = await refuseOldBatch(tx, row, version, {
      ...before,
      capacity: before.capacity?.toString() ?? null,
    });
    if (outdated) return outdated;
    const fault = faultOf(content);
    if (fault) return fault;
    const changed = changesOf(before, contentOf(content));
    if (!changed) return ok();
    await tx
      .update(batch)
      .set({ ...contentOf(content), version: sql`${batch.version} + 1` })
      .where(eq(batch.id, batchId));
    await recordAudit(tx, actor, {
      action: "batch.edit",
      subjectType: "batch",
      subjectId: batchId,
      label: content.name,
      ...changed,
    });
    return ok();
  });

/** What an edit changes, before and after; null when it changes nothing. */
function changesOf(before: BatchContent, after: BatchContent) {
  const keys = (Object.keys(after) as (keyof BatchContent)[]).filter((key) => before[key] !== after[key]);
  if (keys.length === 0) return null;
  const pick = (from: BatchContent) => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { before: pick(before), after: pick(after) };
}

/** Puts a batch away, or takes it out again. Its key opens nothing while it is archived; its students stay in it. */
export const archiveBatch = (db: Database, actor: Actor, batchId: number, archived: boolean): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "batch.edit")) return forbidden();
    const row = await lockBatch(tx, batchId);
    if (!row) return noSuchBatch();
    // Twice is as good as once.
    if ((row.archivedAt !== null) === archived) return ok();
    await tx
      .update(batch)
      .set({ archivedAt: archived ? sql`now()` : null, version: sql`${batch.version} + 1` })
      .where(eq(batch.id, batchId));
    await recordAudit(tx, actor, {
      action: archived ? "batch.archive" : "batch.unarchive",
      subjectType: "batch",
      subjectId: batchId,
      label: row.name,
      before: { archived: !archived },
      after: { archived },
    });
    return ok();
  });
