import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import { stillHolds } from "./still-holds";
import { type LockedUser, lockUser, noSuchUser, refuseOldVersion } from "./user-lock";

export const PROFILE_FIELDS = ["name", "phone", "timeZone"] as const;

/** Of oneself. A zone of null: that of the batch holds, else the academy's. */
export type ProfileEdit = Pick<LockedUser, (typeof PROFILE_FIELDS)[number]>;

const UNKNOWN_ZONE = "This time zone is not known here.";

/**
 * Changes one's own name, phone number and time zone. Totals follow another zone at once; days that are stored stay
 * filed as they are until a sync reads them anew. The address has a way of its own: see `requestEmailChange`. That way
 * raises the version, too: where all that the form showed (`seen`) is still stored, an older version is no conflict.
 */
export async function changeProfile(
  db: Database,
  actor: Actor,
  edit: ProfileEdit,
  version: number,
  seen?: Record<keyof ProfileEdit, string | null>,
): Promise<ActionResult> {
  if (actor.type !== "user" || !can(actor, "profile.change")) {
    return failure("forbidden", "A profile belongs to one person, who alone changes it here.");
  }
  try {
    return await db.transaction(async (tx) => {
      const self = await lockUser(tx, actor.id);
      if (!self) return noSuchUser();
      const { name, phone, timeZone } = self;
      const stored = { name, phone, timeZone };
      const changed = PROFILE_FIELDS.filter((field) => edit[field] !== stored[field]);
      if (changed.length === 0) return ok();
      const outdated = stillHolds(seen, stored) ? null : await refuseOldVersion(tx, self, version, stored);
      if (outdated) return outdated;
      const pick = (from: ProfileEdit) => Object.fromEntries(changed.map((field) => [field, from[field]]));
      await tx
        .update(user)
        .set({ ...pick(edit), version: sql`${user.version} + 1` })
        .where(eq(user.id, self.id));
      await recordAudit(tx, actor, {
        ...{ action: "user.edit-profile", subjectType: "user", subjectId: self.id, label: edit.name },
        before: pick(self),
        after: pick(edit),
      });
      return ok();
    });
  } catch (error) {
    // A zone that browsers know and Postgres does not.
    if (violatedConstraint(error) !== "user_time_zone_known") throw error;
    return failure("invalid", UNKNOWN_ZONE, { fields: { timeZone: UNKNOWN_ZONE } });
  }
}
