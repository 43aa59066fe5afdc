import { and, eq, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { session, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";

type Person = Extract<Actor, { type: "user" }>;

const isPerson = (actor: Actor): actor is Person => actor.type === "user" && can(actor, "profile.change");

const forbidden = () => failure("forbidden", "Sign-ins belong to one person, who alone ends them here.");

/** Ends those of the person's own sign-ins that hold and are meant, writes that down, and returns how many. */
async function endOwn(tx: Db, actor: Person, meant: SQL): Promise<number> {
  const holds = and(isNull(session.revokedAt), gt(session.expiresAt, sql`now()`));
  const ended = await tx
    .update(session)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(session.userId, actor.id), holds, meant))
    .returning({ id: session.id });
  if (ended.length === 0) return 0;
  const [self] = await tx.select({ name: user.name }).from(user).where(eq(user.id, actor.id));
  await recordAudit(tx, actor, {
    ...{ action: "user.end-sign-ins", subjectType: "user", subjectId: actor.id, label: self?.name ?? "" },
    after: { ended: ended.length },
  });
  return ended.length;
}

/** Signs one of one's own devices out. Another person's sign-in is answered like one that is over or never was. */
export const endOwnSession = (
  db: Database,
  actor: Actor,
  { current, id }: { current: number; id: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!isPerson(actor)) return forbidden();
    if (id === current) return failure("conflict", "This is where you are now: use “Sign out” instead.");
    const ended = await endOwn(tx, actor, eq(session.id, id));
    return ended > 0 ? ok() : failure("not_found", "This sign-in has ended already.");
  });

/** Signs oneself out everywhere but in the session `current`, on devices that the page did not show too. */
export const endOtherSessions = (
  db: Database,
  actor: Actor,
  current: number,
): Promise<ActionResult<{ ended: number }>> =>
  db.transaction(async (tx) =>
    isPerson(actor) ? ok({ ended: await endOwn(tx, actor, ne(session.id, current)) }) : forbidden(),
  );
