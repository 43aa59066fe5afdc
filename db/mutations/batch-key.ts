import { randomInt } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { batch, batchInstructor } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { type BatchRow, lockBatch, noSuchBatch, refuseOldBatch } from "./batch-lock";

/** Without what is mistaken for something else when it is read aloud or from paper: 0 and O, 1 and I and L. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const GROUPS = 3;
const PER_GROUP = 4;

/** `7KQM-2VXD-9RTA`: 59 random bits, so that nobody guesses one. */
export function newRegistrationKey(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)] ?? "";
  const group = () => Array.from({ length: PER_GROUP }, letter).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

export async function instructorIdsOf(tx: Db, batchId: number): Promise<number[]> {
  const rows = await tx
    .select({ userId: batchInstructor.userId })
    .from(batchInstructor)
    .where(eq(batchInstructor.batchId, batchId));
  return rows.map(({ userId }) => userId);
}

/** The batch, locked, when the actor may change its key. */
async function batchToChange(tx: Db, actor: Actor, batchId: number) {
  const row = await lockBatch(tx, batchId);
  if (!row) return noSuchBatch();
  return can(actor, "batch.change-key", { instructorIds: await instructorIdsOf(tx, batchId) })
    ? ok(row)
    : failure("forbidden", "Registration keys are changed by admins and by the batch's own instructors.");
}

const audited = (
  tx: Db,
  actor: Actor,
  row: BatchRow,
  action: string,
  before?: Record<string, unknown>,
  after?: Record<string, unknown>,
) =>
  recordAudit(tx, actor, {
    action,
    subjectType: "batch",
    subjectId: row.id,
    label: row.name,
    ...(before && { before }),
    ...(after && { after }),
  });

/**
 * Another key, which is on from the start; the old one opens nothing from this moment. `version` is the batch as the
 * person saw it: of two who press at once, the second is told, and does not undo the key that the first gave out.
 */
export const rotateRegistrationKey = (
  db: Database,
  actor: Actor,
  batchId: number,
  version: number,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await batchToChange(tx, actor, batchId);
    if (!found.ok) return found;
    const row = found.data;
    const outdated = await refuseOldBatch(tx, row, version, {});
    if (outdated) return outdated;
    await tx
      .update(batch)
      .set({ registrationKey: newRegistrationKey(), keyActive: true, version: sql`${batch.version} + 1` })
      .where(eq(batch.id, batchId));
    // What it was and is stays a secret.
    await audited(tx, actor, row, "batch.rotate-key", { keyActive: row.keyActive }, { keyActive: true });
    return ok();
  });

export const switchRegistrationKey = (
  db: Database,
  actor: Actor,
  batchId: number,
  keyActive: boolean,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await batchToChange(tx, actor, batchId);
    if (!found.ok) return found;
    const row = found.data;
    if (row.keyActive === keyActive) return ok();
    await tx
      .update(batch)
      .set({ keyActive, version: sql`${batch.version} + 1` })
      .where(eq(batch.id, batchId));
    await audited(tx, actor, row, "batch.switch-key", { keyActive: row.keyActive }, { keyActive });
    return ok();
  });

/** `lastDay`: the key opens until the end of that day in the batch's zone; null has no end. `maxUses` null: no limit. */
export type KeyLimits = { lastDay: string | null; maxUses: number | null };

export const limitRegistrationKey = (
  db: Database,
  actor: Actor,
  batchId: number,
  { version, lastDay, maxUses }: KeyLimits & { version: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await batchToChange(tx, actor, batchId);
    if (!found.ok) return found;
    const row = found.data;
    const before: KeyLimits = { lastDay: await lastDayOf(tx, batchId), maxUses: row.keyMaxUses };
    const outdated = await refuseOldBatch(tx, row, version, {
      lastDay: before.lastDay,
      maxUses: before.maxUses?.toString() ?? null,
    });
    if (outdated) return outdated;
    // A limit within a day, which this form cannot say, stays as it is unless another day is given.
    const keepsDay = before.lastDay === lastDay;
    if (keepsDay && before.maxUses === maxUses) return ok();
    await tx
      .update(batch)
      .set({
        keyMaxUses: maxUses,
        ...(!keepsDay && {
          keyExpiresAt: lastDay ? sql`(${lastDay}::date + 1)::timestamp at time zone ${batch.timeZone}` : null,
        }),
        version: sql`${batch.version} + 1`,
      })
      .where(eq(batch.id, batchId));
    await audited(tx, actor, row, "batch.limit-key", before, { lastDay, maxUses });
    return ok();
  });

async function lastDayOf(tx: Db, batchId: number): Promise<string | null> {
  const [row] = await tx.select({ lastDay: keyLastDay }).from(batch).where(eq(batch.id, batchId));
  return row?.lastDay ?? null;
}

/** The last day, in the batch's zone, on which the key opens anything. */
const keyLastDay = sql<
  string | null
>`((${batch.keyExpiresAt} at time zone ${batch.timeZone}) - interval '1 microsecond')::date::text`;
