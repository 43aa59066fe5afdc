import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import type { NewLink } from "@/lib/notify/link-token";
import { recordAudit } from "./audit";
import { revokeSessionsOf } from "./session";
import { settlePlacesOfUser } from "./signup-settle";
import { lockUser, noSuchUser, protectingLastAdmin } from "./user-lock";
import { mailLink } from "./user-token";

/** Shuts a user out: refused at sign-in and, because their sessions end, on the next request. */
export const disableUser = (db: Database, actor: Actor, userId: number, reason: string): Promise<ActionResult> =>
  protectingLastAdmin(() =>
    db.transaction(async (tx) => {
      const subject = await lockUser(tx, userId);
      if (!subject) return noSuchUser();
      if (!can(actor, "user.disable", subject)) {
        return failure("forbidden", "Only admins disable users, and nobody disables themselves.");
      }
      if (subject.disabledAt) return failure("conflict", "This account is disabled already.");
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
        before: { disabled: false },
        after: { disabled: true, reason },
      });
      await settlePlacesOfUser(tx, actor, userId, new Date());
      return ok();
    }),
  );

/** Lets a disabled user in again. Their old sessions stay ended. */
export const enableUser = (db: Database, actor: Actor, userId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const subject = await lockUser(tx, userId);
    if (!subject) return noSuchUser();
    if (!can(actor, "user.disable", subject)) return failure("forbidden", "Only admins enable users.");
    if (!subject.disabledAt) return failure("conflict", "This account is not disabled.");
    await tx
      .update(user)
      .set({ disabledAt: null, disabledReason: null, version: sql`${user.version} + 1` })
      .where(eq(user.id, userId));
    await recordAudit(tx, actor, {
      action: "user.enable",
      subjectType: "user",
      subjectId: userId,
      label: subject.name,
      before: { disabled: true, reason: subject.disabledReason },
      after: { disabled: false },
    });
    return ok();
  });

/** Ends every session of a user, who has to sign in again; the account itself stays as it is. */
export const signOutUser = (db: Database, actor: Actor, userId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const subject = await lockUser(tx, userId);
    if (!subject) return noSuchUser();
    if (!can(actor, "user.sign-out", subject)) {
      return failure("forbidden", "Only admins sign others out; you sign yourself out in your account.");
    }
    await revokeSessionsOf(tx, userId);
    await recordAudit(tx, actor, {
      action: "user.sign-out",
      subjectType: "user",
      subjectId: userId,
      label: subject.name,
    });
    return ok();
  });

/** Mails a user the link with which they choose a new password; nothing changes until it is followed. */
export const sendPasswordReset = (
  db: Database,
  actor: Actor,
  userId: number,
  link: NewLink,
): Promise<ActionResult<{ email: string }>> =>
  db.transaction(async (tx) => {
    const subject = await lockUser(tx, userId);
    if (!subject) return noSuchUser();
    if (!can(actor, "user.reset-password")) return failure("forbidden", "Only admins send links for a new password.");
    if (subject.disabledAt) return failure("conflict", "This account is disabled: enable it first.");
    await mailLink(tx, { userId, kind: "reset", email: subject.email }, link);
    await recordAudit(tx, actor, {
      action: "user.send-password-reset",
      subjectType: "user",
      subjectId: userId,
      label: subject.name,
      after: { email: subject.email },
    });
    return ok({ email: subject.email });
  });
