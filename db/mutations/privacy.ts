import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
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
    if (hidden) await hideGoalsOfProjects(tx, actor.id);
    await recordAudit(tx, actor, {
      ...{ action: "privacy.change", subjectType: "user", subjectId: actor.id, label: self.name },
      before: { hideProjectNames: !hidden },
      after: { hideProjectNames: hidden },
    });
    return ok();
  });

/**
 * How one stood in early warning keeps the name of the goal that was furthest behind, and is printed, mailed and exported
 * as it is: what may be a project's name is said as the next check will say it. Only all coding and what is known as a
 * language keep theirs, since the goal may be gone by now.
 */
const hideGoalsOfProjects = (tx: Db, userId: number) =>
  tx.execute(sql`
    with me as (select id from student where user_id = ${userId}),
    named as (
      select b.id, s.at, s.signal, s.signal ->> 'of' as label
      from me join risk_band b on b.student_id = me.id
      cross join lateral jsonb_array_elements(b.signals) with ordinality s(signal, at)
      where s.signal ->> 'kind' = 'goals' and s.signal ->> 'of' is not null
    ), hidden as (
      select id, at, jsonb_set(signal, '{of}', '"a project"') as signal
      from named
      where exists (select from goal g join me on me.id = g.student_id where g.kind = 'project' and g.name = label)
        or label <> 'coding'
          and not exists (select from goal g join me on me.id = g.student_id where g.kind = 'language' and g.name = label)
          and not exists (select from coding_name n where n.kind = 'language' and n.name = label)
    )
    update risk_band b set signals = jsonb_set(b.signals, array[(h.at - 1)::text], h.signal)
    from hidden h where h.id = b.id`);
