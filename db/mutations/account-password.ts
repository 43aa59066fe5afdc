import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { session, user } from "@/db/schema";
import { hashToken } from "@/lib/auth/session-token";
import { type ActionResult, failure, ok } from "@/lib/errors";
import type { NewLink } from "@/lib/notify/link-token";
import { recordAudit } from "./audit";
import { activateInvited } from "./invite";
import { revokeSessionsOf } from "./session";
import { closeLinks, lockAccount, mailLink, spendLink } from "./user-token";

/** Writes a link for a new password and its mail, if an account that is not disabled has this address. Says nothing. */
export const requestPasswordReset = (db: Database, email: string, link: NewLink): Promise<void> =>
  db.transaction(async (tx) => {
    const [account] = await tx
      .select({ id: user.id, email: user.email })
      .from(user)
      .where(and(eq(user.email, email), isNull(user.disabledAt)))
      .for("no key update");
    if (account) await mailLink(tx, { userId: account.id, kind: "reset", email: account.email }, link);
  });

const REFUSED = "This link has been used, replaced or has expired. Please ask for a new one.";

/**
 * Sets a password by a mailed link, once. All sessions end, other links and a change of address that was under way too:
 * whoever made them may not have been the owner. Having got the mail proves the address.
 */
export const resetPassword = (db: Database, token: string, passwordHash: string): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const link = await spendLink(tx, "reset", hashToken(token));
    if (!link || link.account.email !== link.email) return failure("conflict", REFUSED);
    const { account } = link;
    await tx
      .update(user)
      .set({
        passwordHash,
        pendingEmail: null,
        emailVerifiedAt: account.emailVerifiedAt ?? sql`now()`,
        version: sql`${user.version} + 1`,
      })
      .where(eq(user.id, account.id));
    await closeLinks(tx, account.id, ["reset", "verify", "invite"]);
    await revokeSessionsOf(tx, account.id);
    await auditPassword(tx, account, "user.reset-password");
    // Whoever was invited and took this way in has taken up the invitation.
    await activateInvited(tx, { type: "user", id: account.id, role: account.role }, account.id);
    return ok();
  });

/** A signed-in person's new password; the caller has checked the old one. Every other session of theirs ends. */
export const changePassword = (
  db: Database,
  { userId, sessionId }: { userId: number; sessionId: number },
  passwordHash: string,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    if (!account) return failure("not_found", "There is no such user.");
    await tx
      .update(user)
      .set({ passwordHash, version: sql`${user.version} + 1` })
      .where(eq(user.id, userId));
    await closeLinks(tx, userId, ["reset"]);
    await tx
      .update(session)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(session.userId, userId), ne(session.id, sessionId), isNull(session.revokedAt)));
    await auditPassword(tx, account, "user.change-password");
    return ok();
  });

const auditPassword = (tx: Db, { id, role, name }: typeof user.$inferSelect, action: string) =>
  recordAudit(tx, { type: "user", id, role }, { action, subjectType: "user", subjectId: id, label: name });
