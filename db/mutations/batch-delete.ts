import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { type BatchHoldings, getBatchHoldings, listSeated } from "@/db/queries/batch-deletion";
import { assignment, batch, enrolment, project, syncRun } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { noSuchBatch } from "./batch-lock";
import { moveOneOfMany } from "./enrolment";
import { lockPeopleOfBatch } from "./people-lock";
import { settlePlacesOfBatch } from "./signup-settle";

/** Takes everything back that the transaction has done so far, and becomes the answer. */
class Refused extends Error {
  constructor(readonly answer: Failure) {
    super(answer.message);
  }
}

type Input = {
  batchId: number;
  /** Where its students go; without one a batch that has students is not deleted. */
  moveTo?: number | undefined;
  /** What hung on the batch when somebody agreed to delete it. */
  agreed: Pick<BatchHoldings, "students" | "enrolments" | "projects" | "assignments">;
};

const AGREED = ["students", "enrolments", "projects", "assignments"] as const;

const changedMeanwhile = (now: BatchHoldings) =>
  new Refused(
    failure(
      "conflict",
      `The batch has changed meanwhile: ${now.students} students, ${now.enrolments} enrolments, ${now.projects} projects ` +
        `and ${now.assignments} assignments. Please reload the page and look again.`,
    ),
  );

/**
 * Deletes a batch with its projects, their assignments, and every period that anybody has spent in it; its students are
 * moved first, all or none. Nothing is deleted when anything else hangs on it than what was agreed to.
 */
export async function deleteBatch(db: Database, actor: Actor, input: Input): Promise<ActionResult> {
  if (!can(actor, "batch.delete")) return failure("forbidden", "Only admins delete batches.");
  try {
    return await db.transaction((tx) => deleteInside(tx, actor, input));
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

async function deleteInside(tx: Db, actor: Actor, { batchId, moveTo, agreed }: Input): Promise<ActionResult> {
  // Two that move their students into each other's batch would wait for each other: they take turns.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('batch.delete'))`);
  const row = await lockWithPeople(tx, batchId, moveTo);
  const before = await getBatchHoldings(tx, batchId);
  if (!row || !before) return noSuchBatch();
  if (AGREED.some((key) => before[key] !== agreed[key])) throw changedMeanwhile(before);
  const moved = before.students > 0 ? await moveEverybody(tx, actor, batchId, moveTo) : [];
  await settlePlacesOfBatch(tx, actor, batchId, moved, new Date());

  const projects = await tx
    .select({ id: project.id, name: project.name })
    .from(project)
    .where(eq(project.batchId, batchId))
    .orderBy(project.id)
    .for("update");
  const left = await getBatchHoldings(tx, batchId);
  if (!left || left.students > 0 || left.projects !== before.projects || left.assignments !== before.assignments) {
    throw changedMeanwhile(left ?? before);
  }
  await endSyncRuns(tx, batchId);
  const ids = projects.map(({ id }) => id);
  if (ids.length > 0) {
    await tx.delete(assignment).where(inArray(assignment.projectId, ids));
    await tx.delete(project).where(inArray(project.id, ids));
  }
  await tx.delete(enrolment).where(eq(enrolment.batchId, batchId));
  await tx.delete(batch).where(eq(batch.id, batchId));
  await recordAudit(tx, actor, {
    action: "batch.delete",
    subjectType: "batch",
    subjectId: batchId,
    label: row.name,
    before: {
      startDate: row.startDate,
      endDate: row.endDate,
      enrolments: before.enrolments,
      projects: projects.map(({ name }) => name),
      assignments: before.assignments,
      demoSessions: before.demoSessions,
    },
    after: { moved: moved.length, ...(moveTo ? { movedTo: moveTo } : {}) },
  });
  return ok();
}

/**
 * The batch, which nobody joins from here on: whoever is enrolled needs its key. Locked before it, as everywhere, are all
 * who have ever been in it, because their periods there go with it, and the limited places of the batch they go to.
 */
async function lockWithPeople(tx: Db, batchId: number, moveTo: number | undefined) {
  await lockPeopleOfBatch(tx, batchId);
  await tx
    .select({ id: batch.id })
    .from(batch)
    .where(and(inArray(batch.id, [batchId, moveTo ?? batchId]), isNotNull(batch.capacity)))
    .orderBy(batch.id)
    .for("no key update");
  const [row] = await tx.select().from(batch).where(eq(batch.id, batchId)).for("update");
  return row;
}

/** Who was moved: today, or from the day on which they would have begun. */
async function moveEverybody(tx: Db, actor: Actor, batchId: number, moveTo: number | undefined): Promise<number[]> {
  if (!moveTo || moveTo === batchId) {
    const message = "The batch has students: choose where they go, or archive it instead.";
    throw new Refused(failure("invalid", message, { fields: { moveTo: message } }));
  }
  const seated = await listSeated(tx, batchId);
  for (const { studentId, plannedFrom } of seated) {
    const result = await moveOneOfMany(tx, actor, { studentId, batchId: moveTo, from: plannedFrom ?? undefined });
    if (!result.ok) {
      const message = `Nobody was moved and nothing deleted. ${result.message}`;
      throw new Refused({ ...result, message, fields: { moveTo: message } });
    }
  }
  return seated.map(({ studentId }) => studentId);
}

/** A run without its batch would read as one of everybody: those of the past go with it, one under way is waited for. */
async function endSyncRuns(tx: Db, batchId: number): Promise<void> {
  const ofBatch = eq(syncRun.scopeBatchId, batchId);
  const [open] = await tx
    .select({ id: syncRun.id })
    .from(syncRun)
    .where(and(ofBatch, eq(syncRun.status, "running")))
    .limit(1);
  if (open) {
    throw new Refused(failure("conflict", "A sync of this batch is under way. Please try again when it is over."));
  }
  await tx.delete(syncRun).where(ofBatch);
}
