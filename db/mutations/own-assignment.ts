import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { assignment, student } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure } from "@/lib/errors";
import { type AssignmentContent, lockAssignment, saveAssignment } from "./assignment";

export type OwnAssignmentContent = Omit<AssignmentContent, "status">;

/**
 * A student's own links and offer date, on a project of now or of before: the offer often comes when the project is over.
 * How they stand on it stays staff's word.
 */
export const editOwnAssignment = (
  db: Database,
  actor: Actor,
  assignmentId: number,
  edit: OwnAssignmentContent & { version: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (actor.type !== "user" || !can(actor, "assignment.change-own")) {
      return failure("forbidden", "Only students have links on projects of their own.");
    }
    // Another's assignment is none at all.
    const own = await lockAssignment(tx, and(eq(assignment.id, assignmentId), eq(student.userId, actor.id)));
    if (!own) return failure("not_found", "You are no longer on this project.");
    return saveAssignment(tx, actor, own, { ...edit, status: own.assignment.status });
  });
