import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { demoSession, demoSignup } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type Failure, failure } from "@/lib/errors";
import { type LockedSession, lockSession } from "./demo-session-lock";
import { getStanding, type Standing, teachersOf } from "./signup-standing";

export type SignupRow = typeof demoSignup.$inferSelect;
export type LockedSignup = { signup: SignupRow; session: LockedSession };

export const noSuchSignup = () => failure("not_found", "There is no such sign-up any more.");

/** The sign-up went to another session while we waited for the one that it was in. */
class Moved extends Error {}

const TRIES = 5;

/**
 * Runs a change of one sign-up, whose session is locked first. Where the sign-up is moved meanwhile, everything is taken
 * back and tried again with the session that it is in now.
 */
export async function withSignup<T>(
  db: Database,
  signupId: number,
  now: Date,
  change: (tx: Db, locked: LockedSignup) => Promise<T>,
): Promise<T | ReturnType<typeof noSuchSignup>> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction(async (tx) => {
        const locked = await lockSignup(tx, signupId, now);
        return locked ? change(tx, locked) : noSuchSignup();
      });
    } catch (error) {
      if (!(error instanceof Moved) || tries === TRIES) throw error;
    }
  }
}

async function lockSignup(tx: Db, signupId: number, now: Date): Promise<LockedSignup | null> {
  const [found] = await tx
    .select({ sessionId: demoSignup.sessionId })
    .from(demoSignup)
    .where(eq(demoSignup.id, signupId));
  const session = found && (await lockSession(tx, found.sessionId, now));
  const [signup] = await tx.select().from(demoSignup).where(eq(demoSignup.id, signupId)).for("no key update");
  if (!signup) return null;
  if (signup.sessionId !== session?.id) throw new Moved();
  return { signup, session };
}

/** Is the student signed up by themself, or by whoever teaches them? Null when neither may. */
export function whoChanges(actor: Actor, standing: Standing): "self" | "staff" | null {
  if (actor.type === "user" && actor.id === standing.userId) return can(actor, "signup.change") ? "self" : null;
  return can(actor, "signup.edit", teachersOf(standing)) ? "staff" : null;
}

/** To a student what is another's does not exist (`missing`): its id can be guessed. Staff are told who may. */
export const notYours = (actor: Actor, missing: Failure): Failure =>
  actor.type === "user" && actor.role === "student"
    ? missing
    : failure("forbidden", "Students are signed up and taken out by admins and the instructors of their own batch.");

/** Whose sign-up it is, when the actor may change it. */
export async function signupOwner(tx: Db, actor: Actor, signup: SignupRow, now: Date) {
  const standing = await getStanding(tx, signup.studentId, now);
  if (!standing) throw new Error("a sign-up has no student");
  const by = whoChanges(actor, standing);
  return by ? { standing, by } : null;
}

/** What a form about a sign-up holds, trimmed; nothing is null. */
export const trimmed = (text: string | null): string | null => text?.trim() || null;

/** Counts up, so that whoever decided on an older sign-up is told. */
export const nextVersion = sql`${demoSignup.version} + 1`;

export const nextSessionVersion = sql`${demoSession.version} + 1`;
