import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { Role } from "@/db/enums";
import { batch, enrolment, student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import { revokeSessionsOf } from "./session";

const LAST_ADMIN = "The last active admin can be neither demoted nor disabled. Make somebody else an admin first.";

/** The trigger behind the constraint's name holds under concurrency too; here it becomes an answer. */
async function protectingLastAdmin(run: () => Promise<ActionResult>): Promise<ActionResult> {
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) === "user_last_admin") return failure("conflict", LAST_ADMIN);
    throw error;
  }
}

/** Not FOR UPDATE: the audit event of somebody else's change refers to this row, and must not wait for us. */
async function lockUser(tx: Db, userId: number) {
  const [row] = await tx.select().from(user).where(eq(user.id, userId)).for("no key update");
  return row ?? null;
}

const notFound = () => failure("not_found", "There is no such user.");

/**
 * Gives a user another role. Becoming a student asks for a batch, unless the user has been a student before. Takes
 * effect on their next request.
 */
export const changeUserRole = (
  db: Database,
  actor: Actor,
  userId: number,
  role: Role,
  batchId?: number,
): Promise<ActionResult> =>
  protectingLastAdmin(() =>
    db.transaction(async (tx) => {
      const subject = await lockUser(tx, userId);
      if (!subject) return notFound();
      if (!can(actor, "user.change-role", subject)) {
        return failure("forbidden", "Nobody changes their own role, and only admins change the role of others.");
      }
      if (role === "student") {
        const refused = await ensureStudent(tx, userId, batchId);
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
      return ok();
    }),
  );

async function ensureStudent(tx: Db, userId: number, batchId: number | undefined) {
  const [existing] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
  if (existing) return null;
  const [target] = batchId
    ? await tx.select({ id: batch.id, timeZone: batch.timeZone }).from(batch).where(eq(batch.id, batchId))
    : [];
  if (!target) {
    const message = "A student belongs to a batch: please choose one.";
    return failure("invalid", message, { fields: { batchId: message } });
  }
  const [created] = await tx.insert(student).values({ userId }).returning({ id: student.id });
  if (!created) throw new Error("inserting a student returned no row");
  await tx.insert(enrolment).values({
    studentId: created.id,
    batchId: target.id,
    fromDate: sql`(now() at time zone ${target.timeZone})::date`,
  });
  return null;
}

/** Shuts a user out: refused at sign-in and, because their sessions end, on the next request. */
export const disableUser = (db: Database, actor: Actor, userId: number, reason: string): Promise<ActionResult> =>
  protectingLastAdmin(() =>
    db.transaction(async (tx) => {
      const subject = await lockUser(tx, userId);
      if (!subject) return notFound();
      if (!can(actor, "user.disable", subject)) {
        return failure("forbidden", "Only admins disable users, and nobody disables themselves.");
      }
      await tx
        .update(user)
        .set({ disabledAt: sql`now()`, disabledReason: reason, version: sql`${user.version} + 1` })
        .where(eq(user.id, userId));
      await revokeSessionsOf(tx, userId);
      await recordAudit(tx, actor, {
        action: "user.disable",
        subjectType: "user",
        subjectId: userId,
        label: subject.name,
        after: { reason },
      });
      return ok();
    }),
  );
