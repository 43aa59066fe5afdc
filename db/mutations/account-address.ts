import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { user } from "@/db/schema";
import { hashToken } from "@/lib/auth/session-token";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import type { NewLink } from "@/lib/notify/link-token";
import { recordAudit } from "./audit";
import { writeNotices } from "./outbox";
import { closeLinks, lockAccount, mailLink, spendLink } from "./user-token";

const notFound = () => failure("not_found", "There is no such user.");

/** Mails the link that confirms the address once more: the new one while a change is under way, else the present one. */
export const requestVerification = (
  db: Database,
  userId: number,
  link: NewLink,
): Promise<ActionResult<{ email: string }>> =>
  db.transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    if (!account) return notFound();
    const email = account.pendingEmail ?? (account.emailVerifiedAt ? null : account.email);
    if (!email) return failure("conflict", "This address is confirmed already.");
    await mailLink(tx, { userId, kind: "verify", email }, link);
    return ok({ email });
  });

/**
 * Asks for another address; the caller has checked the password. It takes effect when the link mailed to the new one
 * is followed; the old one is warned.
 */
export const requestEmailChange = (
  db: Database,
  userId: number,
  email: string,
  link: NewLink,
): Promise<ActionResult<{ email: string }>> =>
  db.transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    if (!account) return notFound();
    if (account.email === email) return refused("This is your address already.");
    if ((await tx.$count(user, eq(user.email, email))) > 0) return refused("Another account has this address.");
    await tx
      .update(user)
      .set({ pendingEmail: email, version: sql`${user.version} + 1` })
      .where(eq(user.id, userId));
    await mailLink(tx, { userId, kind: "verify", email }, link);
    const occasion = `link:${link.tokenHash.toString("hex").slice(0, 16)}`;
    await writeNotices(tx, [{ userId, kind: "email-change-warning", occasion, payload: { address: account.email } }]);
    await auditAddress(tx, account, "user.request-email-change", { pendingEmail: email });
    return ok({ email });
  });

const refused = (message: string) => failure("conflict", message, { fields: { email: message } });

const LINK_REFUSED =
  "This link has been used, replaced or has expired. You can have a new one mailed from your account.";
const TAKEN = "Another account has this address by now, so it cannot become yours. Your address stays as it was.";

/** Confirms the address that a link was mailed to, once; if it is the one asked for, it becomes the account's. */
export async function confirmEmail(db: Database, token: string): Promise<ActionResult<{ email: string }>> {
  try {
    return await db.transaction(async (tx) => {
      const link = await spendLink(tx, "verify", hashToken(token));
      if (!link) return failure("conflict", LINK_REFUSED);
      const { account, email } = link;
      if (email !== account.email && email !== account.pendingEmail) return failure("conflict", LINK_REFUSED);
      const isNew = email !== account.email;
      await tx
        .update(user)
        .set({
          emailVerifiedAt: sql`now()`,
          version: sql`${user.version} + 1`,
          ...(isNew ? { email, pendingEmail: null } : {}),
        })
        .where(eq(user.id, account.id));
      // A link for a new password that lies in the old mailbox is nobody's any more.
      if (isNew) await closeLinks(tx, account.id, ["reset"]);
      await auditAddress(tx, account, isNew ? "user.change-email" : "user.confirm-email", { email });
      return ok({ email });
    });
  } catch (error) {
    if (violatedConstraint(error) === "idx_user_email") return failure("conflict", TAKEN);
    throw error;
  }
}

const auditAddress = (
  tx: Db,
  { id, role, name, email }: typeof user.$inferSelect,
  action: string,
  after: Record<string, unknown>,
) =>
  recordAudit(
    tx,
    { type: "user", id, role },
    { action, subjectType: "user", subjectId: id, label: name, before: { email }, after },
  );
