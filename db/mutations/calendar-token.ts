import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calendarToken } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { lockUser, noSuchUser } from "./user-lock";

const mayChange = (actor: Actor, userId: number): boolean =>
  can(actor, "calendar.change") && (actor.type === "system" || actor.id === userId);

const forbidden = () => failure("forbidden", "A calendar link belongs to one person, who alone changes it.");

/** Gives a person a link to their calendar feed; the one that they had opens nothing from now on. */
export const issueCalendarToken = (
  db: Database,
  actor: Actor,
  userId: number,
  { nonce, tokenHash }: { nonce: string; tokenHash: Buffer },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!mayChange(actor, userId)) return forbidden();
    const person = await lockUser(tx, userId);
    if (!person) return noSuchUser();
    const [before] = await tx.delete(calendarToken).where(eq(calendarToken.userId, userId)).returning();
    await tx.insert(calendarToken).values({ userId, nonce, tokenHash });
    await recordAudit(tx, actor, {
      ...{ action: "calendar.issue", subjectType: "user", subjectId: userId, label: person.name },
      after: { replaced: before !== undefined },
    });
    return ok();
  });

/** Ends a person's calendar link. Without one, nothing happens. */
export const revokeCalendarToken = (db: Database, actor: Actor, userId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!mayChange(actor, userId)) return forbidden();
    const person = await lockUser(tx, userId);
    if (!person) return noSuchUser();
    const ended = await tx.delete(calendarToken).where(eq(calendarToken.userId, userId)).returning();
    if (ended.length === 0) return ok();
    await recordAudit(tx, actor, {
      ...{ action: "calendar.revoke", subjectType: "user", subjectId: userId, label: person.name },
    });
    return ok();
  });
