import { eq, type SQL, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { AssignmentStatus } from "@/db/enums";
import { getLastEditor } from "@/db/queries/last-editor";
import { isActiveIn } from "@/db/queries/project-detail";
import { assignment, project, student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, editedMeanwhile, failure, ok, violatedConstraint } from "@/lib/errors";
import type { BulkResult } from "@/lib/lists/bulk";
import { recordAudit } from "./audit";
import { instructorIdsOf } from "./batch-key";

const forbidden = () => failure("forbidden", "Students are assigned by admins and by the batch's own instructors.");

type Candidate = { id: number; name: string; active: boolean; here: boolean; elsewhere: string | null };

/** The students of these ids as they stand towards the project; read after the project was locked. */
async function candidatesFor(tx: Db, projectId: number, batchId: number, ids: number[]): Promise<Candidate[]> {
  return tx.execute<Candidate>(sql`
    select st.id, u.name,
      exists (
        select from enrolment en join batch b on b.id = en.batch_id
        where en.student_id = st.id and en.batch_id = ${batchId} and ${isActiveIn}) as active,
      exists (select from assignment a where a.student_id = st.id and a.project_id = ${projectId}) as here,
      (select p.name from assignment a join project p on p.id = a.project_id
        where a.student_id = st.id and a.status in ('assigned', 'active')) as elsewhere
    from student st
    join "user" u on u.id = st.user_id
    where st.id = any(${`{${ids.join(",")}}`}::int[])
    order by st.id`);
}

const MEANWHILE = "was assigned by somebody else at the same moment";

function obstacle({ active, here, elsewhere }: Candidate): string | null {
  if (here) return "is or was on this project already";
  if (elsewhere) return `works on “${elsewhere}”`;
  return active ? null : "is not an active student of this batch";
}

/**
 * Puts students on a project, all who can be in one transaction; the answer names the others with the reason. Two people
 * who assign the same student at once: one does, the other is told (idx_assignment_one_open).
 */
export const assignStudents = (
  db: Database,
  actor: Actor,
  projectId: number,
  studentIds: number[],
): Promise<ActionResult<BulkResult>> =>
  db.transaction(async (tx) => {
    // Shared, so that it is neither ended nor deleted meanwhile, while others may assign too.
    const [target] = await tx.select().from(project).where(eq(project.id, projectId)).for("share");
    if (!target) return failure("not_found", "There is no such project any more.");
    if (!can(actor, "project.edit", { instructorIds: await instructorIdsOf(tx, target.batchId) })) return forbidden();
    if (target.status === "completed" || target.status === "cancelled") {
      return failure("conflict", `This project is ${target.status}: nobody can be assigned to it.`);
    }
    const candidates = await candidatesFor(tx, projectId, target.batchId, studentIds);
    const result: BulkResult = { done: 0, failed: [] };
    // One by one in the order of ids: whoever assigns the same students waits, and never each for the other.
    for (const candidate of candidates) {
      const reason = obstacle(candidate) ?? (await assignOne(tx, actor, target, candidate));
      if (reason) result.failed.push({ label: candidate.name, reason });
      else result.done += 1;
    }
    const known = new Set(candidates.map(({ id }) => id));
    for (const id of studentIds) {
      if (!known.has(id)) result.failed.push({ label: `Student ${id}`, reason: "no longer exists" });
    }
    return ok(result);
  });

/** The reason why it could not be done, or null. */
async function assignOne(tx: Db, actor: Actor, { id: projectId, name }: { id: number; name: string }, who: Candidate) {
  const [row] = await tx
    .insert(assignment)
    .values({ projectId, studentId: who.id })
    .onConflictDoNothing()
    .returning({ id: assignment.id });
  if (!row) return MEANWHILE;
  await recordAudit(tx, actor, {
    action: "assignment.create",
    subjectType: "assignment",
    subjectId: row.id,
    label: `${who.name} · ${name}`,
    after: { studentId: who.id, student: who.name, project: name, status: "assigned" },
  });
  return null;
}

/** The assignment, locked, with the project and the student by name; undefined when none is `asked` for. */
export async function lockAssignment(tx: Db, asked: SQL | undefined) {
  const [row] = await tx
    .select({ assignment, batchId: project.batchId, project: project.name, student: user.name })
    .from(assignment)
    .innerJoin(project, eq(project.id, assignment.projectId))
    .innerJoin(student, eq(student.id, assignment.studentId))
    .innerJoin(user, eq(user.id, student.userId))
    .where(asked)
    .for("no key update", { of: assignment });
  return row;
}

type LockedAssignment = NonNullable<Awaited<ReturnType<typeof lockAssignment>>>;

/** The assignment, locked, when the actor may change it. */
async function assignmentToChange(tx: Db, actor: Actor, assignmentId: number) {
  const row = await lockAssignment(tx, eq(assignment.id, assignmentId));
  if (!row) return failure("not_found", "This student is no longer on the project.");
  return can(actor, "project.edit", { instructorIds: await instructorIdsOf(tx, row.batchId) }) ? ok(row) : forbidden();
}

/** What a form about an assignment holds. */
export type AssignmentContent = {
  status: AssignmentStatus;
  resumeUrl: string | null;
  linkedinUrl: string | null;
  offerDate: string | null;
};

const contentOf = ({ status, resumeUrl, linkedinUrl, offerDate }: AssignmentContent) => ({
  status,
  resumeUrl,
  linkedinUrl,
  offerDate,
});

const BUSY = "This student works on another project now, and on one at a time.";

/** Writes what a form says of an assignment that is locked; for whoever was asked about it already. */
export async function saveAssignment(
  tx: Db,
  actor: Actor,
  { assignment: before, project: projectName, student: studentName }: LockedAssignment,
  { version, ...content }: AssignmentContent & { version: number },
): Promise<ActionResult> {
  if (before.version !== version) {
    const by = await getLastEditor(tx, "assignment", before.id);
    return editedMeanwhile({ version: before.version, by, values: contentOf(before) });
  }
  await tx
    .update(assignment)
    .set({ ...contentOf(content), version: sql`${assignment.version} + 1` })
    .where(eq(assignment.id, before.id));
  await recordAudit(tx, actor, {
    action: "assignment.edit",
    subjectType: "assignment",
    subjectId: before.id,
    label: `${studentName} · ${projectName}`,
    before: contentOf(before),
    after: contentOf(content),
  });
  return ok();
}

export async function editAssignment(
  db: Database,
  actor: Actor,
  assignmentId: number,
  edit: AssignmentContent & { version: number },
): Promise<ActionResult> {
  try {
    return await db.transaction(async (tx) => {
      const found = await assignmentToChange(tx, actor, assignmentId);
      return found.ok ? saveAssignment(tx, actor, found.data, edit) : found;
    });
  } catch (error) {
    if (violatedConstraint(error) !== "idx_assignment_one_open") throw error;
    return failure("conflict", BUSY, { fields: { status: BUSY } });
  }
}

/** Takes a student off a project, with the links and the offer that were kept there. */
export const removeAssignment = (db: Database, actor: Actor, assignmentId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await assignmentToChange(tx, actor, assignmentId);
    if (!found.ok) return found;
    const { assignment: before, project: projectName, student: studentName } = found.data;
    await tx.delete(assignment).where(eq(assignment.id, assignmentId));
    await recordAudit(tx, actor, {
      action: "assignment.remove",
      subjectType: "assignment",
      subjectId: assignmentId,
      label: `${studentName} · ${projectName}`,
      before: { studentId: before.studentId, student: studentName, project: projectName, ...contentOf(before) },
    });
    return ok();
  });
