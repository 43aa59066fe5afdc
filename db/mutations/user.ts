import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { Role } from "@/db/enums";
import { student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { enrolStudent } from "./enrolment";
import { settlePlacesOfUser } from "./signup-settle";
import { lockUser, noSuchUser, protectingLastAdmin, refuseOldVersion } from "./user-lock";

/**
 * Gives a user another role. Becoming a student asks for a batch, unless the user has been a student before. Takes
 * effect on their next request.
 */
export const changeUserRole = (
  db: Database,
  actor: Actor,
  userId: number,
  role: Role,
  { batchId, version }: { batchId?: number | undefined; version?: number | undefined } = {},
): Promise<ActionResult> =>
  protectingLastAdmin(() =>
    db.transaction(async (tx) => {
      const subject = await lockUser(tx, userId);
      if (!subject) return noSuchUser();
      if (!can(actor, "user.change-role", subject)) {
        return failure("forbidden", "Nobody changes their own role, and only admins change the role of others.");
      }
      const outdated = await refuseOldVersion(tx, subject, version, { role: subject.role });
      if (outdated) return outdated;
      if (subject.role === role) return ok();
      if (role === "student") {
        const refused = await ensureStudent(tx, actor, userId, batchId);
        if (refused) return refused;
      }
      await tx
        .update(user)
        .set({ role, version: sql`${user.version} + 1` })
        .where(eq(user.id, userId));
      await recordAudit(tx, actor, {
        action: "user.change-role",
        subjectType: "user",
        subjectId: userId,
        label: subject.name,
        before: { role: subject.role },
        after: { role },
      });
      await settlePlacesOfUser(tx, actor, userId, new Date());
      return ok();
    }),
  );

/** The answer when the user cannot become a student; who has been one before keeps what they had. */
async function ensureStudent(tx: Db, actor: Actor, userId: number, batchId: number | undefined) {
  const [existing] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
  if (existing) return null;
  if (!batchId) {
    const message = "A student belongs to a batch: please choose one.";
    return failure("invalid", message, { fields: { batchId: message } });
  }
  const enrolled = await enrolStudent(tx, actor, { userId, batchId });
  return enrolled.ok ? null : enrolled;
}
