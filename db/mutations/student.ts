import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { getTeachersOf } from "@/db/queries/user-detail";
import { student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import { type LockedUser, lockUser, refuseOldVersion } from "./user-lock";
import { closeLinks } from "./user-token";

type StudentEdit = {
  name: string;
  phone: string | null;
  /** Null: the batch's zone holds. */
  timeZone: string | null;
  /** For admins; absent leaves the address as it is. */
  email?: string | undefined;
};

const EMAIL_TAKEN = "Another account has this e-mail address.";

const FIELDS = ["name", "phone", "timeZone", "email"] as const;
type Editable = Pick<LockedUser, (typeof FIELDS)[number]>;

/**
 * Changes what the student page shows in its head: name, phone, time zone, and for admins the e-mail address. Another
 * address counts as not confirmed, and links mailed to the old one stop working. Totals follow the new zone at once;
 * days that are stored stay filed as they are.
 */
export async function editStudent(
  db: Database,
  actor: Actor,
  studentId: number,
  edit: StudentEdit,
  version?: number,
): Promise<ActionResult> {
  try {
    return await db.transaction(async (tx) => {
      const [found] = await tx.select({ userId: student.userId }).from(student).where(eq(student.id, studentId));
      const subject = found && (await lockUser(tx, found.userId));
      if (!subject) return failure("not_found", "There is no such student.");
      if (!can(actor, "student.edit", { instructorIds: await getTeachersOf(tx, subject.id) })) {
        return failure("forbidden", "You may edit students of your own batches only.");
      }
      const { name, phone, timeZone, email } = subject;
      const outdated = await refuseOldVersion(tx, subject, version, { name, phone, timeZone, email });
      if (outdated) return outdated;
      const next: Editable = { ...edit, email: (can(actor, "user.edit") && edit.email) || email };
      const changed = FIELDS.filter((field) => next[field] !== subject[field]);
      if (changed.length === 0) return ok();
      const moved = next.email !== email;
      await tx
        .update(user)
        .set({
          ...next,
          ...(moved && { emailVerifiedAt: null, pendingEmail: null }),
          version: sql`${user.version} + 1`,
        })
        .where(eq(user.id, subject.id));
      if (moved) await closeLinks(tx, subject.id, ["reset", "verify"]);
      const pick = (from: Editable) => Object.fromEntries(changed.map((field) => [field, from[field]]));
      await recordAudit(tx, actor, {
        action: "student.edit",
        subjectType: "user",
        subjectId: subject.id,
        label: next.name,
        before: pick(subject),
        after: pick(next),
      });
      return ok();
    });
  } catch (error) {
    if (violatedConstraint(error) !== "idx_user_email") throw error;
    return failure("conflict", EMAIL_TAKEN, { fields: { email: EMAIL_TAKEN } });
  }
}
