import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { assignment, student } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure } from "@/lib/errors";
import { type AssignmentContent, lockAssignment, saveAssignment } from "./assignment";
import { stillHolds } from "./still-holds";

export type OwnAssignmentContent = Omit<AssignmentContent, "status">;

/**
 * A student's own links and offer date, on a project of now or of before: the offer often comes when the project is over.
 * How they stand on it stays staff's word, and a new status is no conflict: where all that the form showed (`seen`) is
 * still stored, it is saved with the newest version.
 */
export const editOwnAssignment = (
  db: Database,
  actor: Actor,
  assignmentId: number,
  { seen, ...edit }: OwnAssignmentContent & { version: number; seen?: OwnAssignmentContent | undefined },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (actor.type !== "user" || !can(actor, "assignment.change-own")) {
      return failure("forbidden", "Only students have links on projects of their own.");
    }
    // Another's assignment is none at all.
    const own = await lockAssignment(tx, and(eq(assignment.id, assignmentId), eq(student.userId, actor.id)));
    if (!own) return failure("not_found", "You are no longer on this project.");
    const { status, version, resumeUrl, linkedinUrl, offerDate } = own.assignment;
    const newest = stillHolds(seen, { resumeUrl, linkedinUrl, offerDate }) ? { version } : {};
    return saveAssignment(tx, actor, own, { ...edit, ...newest, status });
  });
