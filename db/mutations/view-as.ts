import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { session, student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { hashToken } from "@/lib/auth/session-token";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";

/** How long one look lasts; after that the session is the admin's own again, whatever they do. */
export const VIEWING_MINUTES = 30;

/**
 * From the next request on this session shows the product as the student sees it, and writes nothing. Who may is asked
 * again on every request: an admin who loses the role, or a student who is none any more, ends it at once.
 */
export const startViewing = (
  db: Database,
  actor: Actor,
  sessionId: number,
  userId: number,
): Promise<ActionResult<{ name: string }>> =>
  db.transaction(async (tx) => {
    const [subject] = await tx
      .select({ id: user.id, name: user.name, role: user.role })
      .from(user)
      .where(eq(user.id, userId));
    if (actor.type !== "user" || !can(actor, "user.view-as", subject ?? { id: userId, role: "student" })) {
      return failure("forbidden", "Only admins view as somebody else, and only as a student.");
    }
    if (!subject) return failure("not_found", "There is no such student.");
    const [changed] = await tx
      .update(session)
      .set({ viewingAs: userId, viewingUntil: sql`now() + make_interval(mins => ${VIEWING_MINUTES}::int)` })
      .where(and(eq(session.id, sessionId), eq(session.userId, actor.id), isNull(session.revokedAt)))
      .returning({ id: session.id });
    if (!changed) return failure("unauthenticated", "Your session has ended. Please sign in again.");
    await recordAudit(tx, actor, {
      action: "user.view-as",
      actingAs: userId,
      subjectType: "user",
      subjectId: userId,
      label: subject.name,
      after: { minutes: VIEWING_MINUTES },
    });
    return ok({ name: subject.name });
  });

/**
 * Makes the session behind a cookie its owner's own again. Returns the student whom it showed, by their student id, or
 * null when it showed nobody. One whose time was over already ended by itself, and leaves no event.
 */
export const endViewing = (db: Database, sid: string): Promise<number | null> =>
  db.transaction(async (tx) => {
    const [current] = await tx
      .select({
        id: session.id,
        userId: session.userId,
        viewingAs: session.viewingAs,
        isOver: sql<boolean>`viewing_until <= now()`,
      })
      .from(session)
      .where(and(eq(session.tokenHash, hashToken(sid)), isNull(session.revokedAt)))
      .for("update");
    if (!current?.viewingAs) return null;
    await tx.update(session).set({ viewingAs: null, viewingUntil: null }).where(eq(session.id, current.id));
    const [shown] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, current.viewingAs));
    const studentId = shown?.id ?? null;
    if (current.isOver) return studentId;
    const people = await tx
      .select({ id: user.id, name: user.name, role: user.role })
      .from(user)
      .where(sql`${user.id} in (${current.userId}, ${current.viewingAs})`);
    const owner = people.find(({ id }) => id === current.userId);
    const viewed = people.find(({ id }) => id === current.viewingAs);
    if (!owner || !viewed) throw new Error("a session refers to people who do not exist");
    await recordAudit(
      tx,
      { type: "user", id: owner.id, role: owner.role },
      {
        action: "user.view-as-end",
        actingAs: viewed.id,
        subjectType: "user",
        subjectId: viewed.id,
        label: viewed.name,
      },
    );
    return studentId;
  });
