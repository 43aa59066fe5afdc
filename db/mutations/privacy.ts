import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { lockUser, noSuchUser } from "./user-lock";

/** Hides the names of one's own coding projects from peers and from what is exported or printed, or shows them again. */
export const hideProjectNames = (db: Database, actor: Actor, hidden: boolean): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (actor.type !== "user" || !can(actor, "privacy.change")) {
      return failure("forbidden", "Students decide about their own coding projects.");
    }
    const self = await lockUser(tx, actor.id);
    if (!self) return noSuchUser();
    if (self.hideProjectNames === hidden) return ok();
    await tx
      .update(user)
      .set({ hideProjectNames: hidden, version: sql`${user.version} + 1` })
      .where(eq(user.id, actor.id));
    await recordAudit(tx, actor, {
      ...{ action: "privacy.change", subjectType: "user", subjectId: actor.id, label: self.name },
      before: { hideProjectNames: !hidden },
      after: { hideProjectNames: hidden },
    });
    return ok();
  });
