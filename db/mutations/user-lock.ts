import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { getLastEditor } from "@/db/queries/last-editor";
import { user } from "@/db/schema";
import { type ActionResult, editedMeanwhile, type Failure, failure, violatedConstraint } from "@/lib/errors";

export type LockedUser = typeof user.$inferSelect;

/**
 * Not FOR UPDATE: the audit event of somebody else's change refers to this row, and must not wait for us. Whose account
 * was deleted is nobody any more, and nobody changes them.
 */
export async function lockUser(tx: Db, userId: number): Promise<LockedUser | null> {
  const [row] = await tx.select().from(user).where(eq(user.id, userId)).for("no key update");
  return row && !row.anonymisedAt ? row : null;
}

export const noSuchUser = () => failure("not_found", "There is no such user.");

/** The answer for a form that was filled in from an older version of the user; null when it is the newest. */
export async function refuseOldVersion(
  tx: Db,
  subject: LockedUser,
  version: number | undefined,
  values: Record<string, string | null>,
): Promise<Failure | null> {
  if (version === undefined || version === subject.version) return null;
  const by = await getLastEditor(tx, "user", subject.id);
  return editedMeanwhile({ version: subject.version, by, values });
}

const LAST_ADMIN = "The last active admin can be neither demoted nor disabled. Make somebody else an admin first.";

/** The trigger behind the constraint's name holds under concurrency too; here it becomes an answer. */
export async function protectingLastAdmin<T>(run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) === "user_last_admin") return failure("conflict", LAST_ADMIN);
    throw error;
  }
}
