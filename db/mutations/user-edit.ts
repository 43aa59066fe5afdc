import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { getTeachersOf } from "@/db/queries/user-detail";
import { user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import { type LockedUser, lockUser, noSuchUser, refuseOldVersion } from "./user-lock";
import { closeLinks } from "./user-token";

export type UserEdit = { name: string; phone: string | null; email?: string | undefined };

const EMAIL_TAKEN = "Another account has this e-mail address.";

/**
 * Changes name, phone number and e-mail address. Instructors do it for students of their own batches, all but the
 * address. Another address counts as not confirmed, and links mailed to the old one stop working.
 */
export async function editUser(
  db: Database,
  actor: Actor,
  userId: number,
  edit: UserEdit,
  version?: number,
): Promise<ActionResult> {
  try {
    return await db.transaction(async (tx) => {
      const subject = await lockUser(tx, userId);
      if (!subject) return noSuchUser();
      const isAdmin = can(actor, "user.edit");
      if (!isAdmin && !can(actor, "student.edit", { instructorIds: await getTeachersOf(tx, userId) })) {
        return failure("forbidden", "You may edit students of your own batches only.");
      }
      const next = { name: edit.name, phone: edit.phone, email: (isAdmin && edit.email) || subject.email };
      const { name, phone, email } = subject;
      const outdated = await refuseOldVersion(tx, subject, version, { name, phone, email: isAdmin ? email : null });
      if (outdated) return outdated;
      const changed = changesOf(subject, next);
      if (!changed) return ok();
      const moved = next.email !== email;
      await tx
        .update(user)
        .set({
          ...next,
          ...(moved && { emailVerifiedAt: null, pendingEmail: null }),
          version: sql`${user.version} + 1`,
        })
        .where(eq(user.id, userId));
      if (moved) await closeLinks(tx, userId, ["reset", "verify"]);
      await recordAudit(tx, actor, {
        action: "user.edit",
        subjectType: "user",
        subjectId: userId,
        label: next.name,
        ...changed,
      });
      return ok();
    });
  } catch (error) {
    if (violatedConstraint(error) !== "idx_user_email") throw error;
    return failure("conflict", EMAIL_TAKEN, { fields: { email: EMAIL_TAKEN } });
  }
}

type Editable = { name: string; phone: string | null; email: string };

/** What an edit changes, before and after; null when it changes nothing. */
function changesOf(subject: LockedUser, next: Editable) {
  const keys = (["name", "phone", "email"] as const).filter((key) => next[key] !== subject[key]);
  if (keys.length === 0) return null;
  const pick = (from: Editable) => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { before: pick(subject), after: pick(next) };
}
