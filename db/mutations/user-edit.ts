import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { getTeachersOf } from "@/db/queries/user-detail";
import { student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import { type LockedUser, lockUser, noSuchUser, refuseOldVersion } from "./user-lock";
import { closeLinks } from "./user-token";

/** A user by their own id, or by their id as a student. */
export type Whom = { userId: number } | { studentId: number };

export type UserEdit = {
  name: string;
  phone: string | null;
  /** Null: the batch's zone holds. Absent leaves it as it is. */
  timeZone?: string | null;
  /** For admins; absent leaves the address as it is. */
  email?: string | undefined;
};

const EMAIL_TAKEN = "Another account has this e-mail address.";

const FIELDS = ["name", "phone", "timeZone", "email"] as const;
type Editable = Pick<LockedUser, (typeof FIELDS)[number]>;

async function lockWhom(tx: Db, whom: Whom): Promise<LockedUser | null> {
  if ("userId" in whom) return lockUser(tx, whom.userId);
  const [found] = await tx.select({ userId: student.userId }).from(student).where(eq(student.id, whom.studentId));
  return found ? lockUser(tx, found.userId) : null;
}

/**
 * Changes name, phone number, time zone and e-mail address. Instructors do it for students of their own batches, all but
 * the address. Another address counts as not confirmed, and links mailed to the old one stop working. Totals follow
 * another zone at once; days that are stored stay filed as they are.
 */
export async function editUser(
  db: Database,
  actor: Actor,
  whom: Whom,
  edit: UserEdit,
  version?: number,
): Promise<ActionResult> {
  try {
    return await db.transaction(async (tx) => {
      const subject = await lockWhom(tx, whom);
      if (!subject) return noSuchUser();
      const isAdmin = can(actor, "user.edit");
      if (!isAdmin && !can(actor, "student.edit", { instructorIds: await getTeachersOf(tx, subject.id) })) {
        return failure("forbidden", "You may edit students of your own batches only.");
      }
      const { name, phone, timeZone, email } = subject;
      const next: Editable = { timeZone, ...edit, email: (isAdmin && edit.email) || email };
      const outdated = await refuseOldVersion(tx, subject, version, {
        ...{ name, phone, email: isAdmin ? email : null },
        ...(edit.timeZone !== undefined && { timeZone }),
      });
      if (outdated) return outdated;
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
        action: "user.edit",
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
