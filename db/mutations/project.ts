import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { AssignmentStatus, ProjectStatus } from "@/db/enums";
import { getLastEditor } from "@/db/queries/last-editor";
import type { ProjectContent } from "@/db/queries/project-detail";
import { assignment, batch, project } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, editedMeanwhile, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { instructorIdsOf } from "./batch-key";

const notFound = () => failure("not_found", "There is no such project any more.");
const forbidden = () => failure("forbidden", "Projects are changed by admins and by the batch's own instructors.");

function datesInOrder({ startDate, endDate }: ProjectContent): Failure | null {
  if (!endDate || endDate >= startDate) return null;
  const message = "The last day is before the first one.";
  return failure("invalid", message, { fields: { endDate: message } });
}

type Row = typeof project.$inferSelect;

const contentOf = ({ name, description, startDate, endDate, happyHour, status }: Row | ProjectContent) => ({
  name,
  description,
  startDate,
  endDate,
  happyHour,
  status,
});

export const createProject = (
  db: Database,
  actor: Actor,
  batchId: number,
  content: ProjectContent,
): Promise<ActionResult<{ id: number }>> =>
  db.transaction(async (tx) => {
    const [target] = await tx.select({ name: batch.name }).from(batch).where(eq(batch.id, batchId)).for("key share");
    if (!can(actor, "project.edit", { instructorIds: await instructorIdsOf(tx, batchId) })) return forbidden();
    if (!target) return failure("invalid", "Please choose a batch.", { fields: { batchId: "Please choose a batch." } });
    const refused = datesInOrder(content);
    if (refused) return refused;
    const [row] = await tx
      .insert(project)
      .values({ batchId, ...contentOf(content) })
      .returning({ id: project.id });
    if (!row) throw new Error("inserting a project returned no row");
    await recordAudit(tx, actor, {
      action: "project.create",
      subjectType: "project",
      subjectId: row.id,
      label: content.name,
      after: { batch: target.name, ...contentOf(content) },
    });
    return ok(row);
  });

/** The project, locked, when the actor may change it. Its assignments wait for us where `for update` is asked for. */
async function projectToChange(tx: Db, actor: Actor, projectId: number, lock: "update" | "no key update") {
  const [row] = await tx.select().from(project).where(eq(project.id, projectId)).for(lock);
  if (!row) return notFound();
  return can(actor, "project.edit", { instructorIds: await instructorIdsOf(tx, row.batchId) }) ? ok(row) : forbidden();
}

/** What becomes of those who are on a project that ends like this. */
const ENDED: Partial<Record<ProjectStatus, AssignmentStatus>> = { completed: "completed", cancelled: "dropped" };

type Edit = ProjectContent & {
  version: number;
  /** A project that ends takes its open assignments along: completed with it, or dropped. Else they stay as they are. */
  closeOpen: boolean;
};

export const editProject = (
  db: Database,
  actor: Actor,
  projectId: number,
  { version, closeOpen, ...content }: Edit,
): Promise<ActionResult<{ closed: number }>> =>
  db.transaction(async (tx) => {
    const found = await projectToChange(tx, actor, projectId, "no key update");
    if (!found.ok) return found;
    const before = found.data;
    if (before.version !== version) {
      const by = await getLastEditor(tx, "project", projectId);
      return editedMeanwhile({ version: before.version, by, values: contentOf(before) });
    }
    const refused = datesInOrder(content);
    if (refused) return refused;
    await tx
      .update(project)
      .set({ ...contentOf(content), version: sql`${project.version} + 1` })
      .where(eq(project.id, projectId));
    await recordAudit(tx, actor, {
      action: "project.edit",
      subjectType: "project",
      subjectId: projectId,
      label: content.name,
      before: contentOf(before),
      after: contentOf(content),
    });
    const end = closeOpen ? ENDED[content.status] : undefined;
    return ok({ closed: end ? await closeAssignments(tx, actor, projectId, content.name, end) : 0 });
  });

/** Ends a project instead of deleting it: what was done stays, and those who work on it are free for another one. */
export const cancelProject = (db: Database, actor: Actor, projectId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await projectToChange(tx, actor, projectId, "no key update");
    if (!found.ok) return found;
    const { name, status } = found.data;
    await tx
      .update(project)
      .set({ status: "cancelled", version: sql`${project.version} + 1` })
      .where(eq(project.id, projectId));
    await recordAudit(tx, actor, {
      action: "project.edit",
      subjectType: "project",
      subjectId: projectId,
      label: name,
      before: { status },
      after: { status: "cancelled" },
    });
    await closeAssignments(tx, actor, projectId, name, "dropped");
    return ok();
  });

async function closeAssignments(tx: Db, actor: Actor, projectId: number, name: string, status: AssignmentStatus) {
  const open = await tx
    .select({ id: assignment.id, status: assignment.status })
    .from(assignment)
    .where(and(eq(assignment.projectId, projectId), inArray(assignment.status, ["assigned", "active"])))
    .orderBy(assignment.studentId)
    .for("no key update");
  if (open.length === 0) return 0;
  const ids = open.map(({ id }) => id);
  await tx
    .update(assignment)
    .set({ status, version: sql`${assignment.version} + 1` })
    .where(inArray(assignment.id, ids));
  for (const each of open) {
    await recordAudit(tx, actor, {
      action: "assignment.edit",
      subjectType: "assignment",
      subjectId: each.id,
      label: name,
      before: { status: each.status },
      after: { status },
    });
  }
  return open.length;
}

/**
 * Deletes a project. `assignments` is how many somebody agreed to lose with it: when there are others by now, nothing
 * is deleted and the answer says how many.
 */
export const deleteProject = (
  db: Database,
  actor: Actor,
  projectId: number,
  assignments: number,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    // Nobody is assigned while this is locked: a new assignment needs the project's key.
    const found = await projectToChange(tx, actor, projectId, "update");
    if (!found.ok) return found;
    const lost = await tx
      .select({ status: assignment.status })
      .from(assignment)
      .where(eq(assignment.projectId, projectId))
      .for("update");
    if (lost.length !== assignments) {
      return failure("conflict", `The project has ${lost.length} assignments by now. Please look at it again.`);
    }
    await tx.delete(assignment).where(eq(assignment.projectId, projectId));
    await tx.delete(project).where(eq(project.id, projectId));
    await recordAudit(tx, actor, {
      action: "project.delete",
      subjectType: "project",
      subjectId: projectId,
      label: found.data.name,
      before: { ...contentOf(found.data), assignments: lost.length },
    });
    return ok();
  });
