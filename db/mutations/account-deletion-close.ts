import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { enrolment, student, user } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { addDays, later, localDate } from "@/lib/dates";
import { isOfStaff, isReminded, keepAccountOfStaff } from "./account-deletion";
import { recordAudit } from "./audit";
import { type EnrolmentRow, endAssignment, hasBegun, isOver, lockStudent } from "./enrolment-rows";
import { revokeSessionsOf } from "./session";
import { settlePlacesOf } from "./signup-settle";
import { lockUser } from "./user-lock";
import { closeLinks } from "./user-token";

export const DELETION_REASON = "Deleted at their own request.";

/**
 * The first step, from which there is no way back: nobody gets in any more, the current enrolment ends today and those to
 * come fall away, the open assignment is dropped, and places in sessions to come go to who waits. False when the account
 * is not to be deleted, or not yet. Done again it changes nothing.
 */
export const closeAccount = (db: Database, actor: Actor, userId: number, now: Date): Promise<boolean> =>
  db.transaction(async (tx) => {
    const self = await lockUser(tx, userId);
    if (!self?.deletionDueAt || self.deletionDueAt > now) return false;
    const isClosed = self.disabledAt !== null && self.disabledReason === DELETION_REASON;
    if (!isClosed && isOfStaff(self)) {
      await keepAccountOfStaff(tx, actor, self);
      return false;
    }
    if (!(await isReminded(tx, userId, self.deletionDueAt))) return false;
    const [pupil] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
    const found = pupil && (await lockStudent(tx, pupil.id));
    if (!self.disabledAt) {
      await tx
        .update(user)
        .set({ disabledAt: sql`now()`, disabledReason: DELETION_REASON, version: sql`${user.version} + 1` })
        .where(eq(user.id, userId));
      await recordAudit(tx, actor, {
        ...{ action: "user.close-account", subjectType: "user", subjectId: userId, label: self.name },
        before: { disabled: false },
        after: { disabled: true },
      });
    }
    await revokeSessionsOf(tx, userId);
    await closeLinks(tx, userId, ["reset", "verify", "invite"]);
    if (found) {
      for (const row of found.rows) await endEnrolment(tx, row, now);
      await endAssignment(tx, found.studentId, "dropped", null);
      await settlePlacesOf(tx, actor, [found.studentId], now);
    }
    return true;
  });

/** What was reached stays as it is: who has graduated has. What began today lasts that day. */
async function endEnrolment(tx: Db, row: EnrolmentRow, now: Date): Promise<void> {
  const mine = eq(enrolment.id, row.id);
  if (!hasBegun(row, now)) return void (await tx.delete(enrolment).where(mine));
  if (isOver(row, now) || row.status === "graduated" || row.status === "dropped") return;
  const toDate = later(localDate(now, row.timeZone), addDays(row.fromDate, 1));
  if (toDate === row.toDate) return;
  await tx
    .update(enrolment)
    .set({ toDate, version: sql`${enrolment.version} + 1` })
    .where(mine);
}
