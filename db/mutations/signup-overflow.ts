import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Actor } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import type { LockedSession } from "./demo-session-lock";
import { auditSignups, type ChangedSignup } from "./signup-promote";

const people = (count: number) => (count === 1 ? "1 person has" : `${count} people have`);

/**
 * Makes a locked session fit a lower limit. Without `overflow` it only says whom that would cost their place; else those
 * who came last wait at the head of the list, in the order in which they came. Who has been marked keeps the place.
 */
export async function fitLimit(
  tx: Db,
  actor: Actor,
  session: LockedSession,
  limit: number | null,
  overflow: "wait" | undefined,
): Promise<ActionResult<ChangedSignup[]>> {
  if (limit === null) return ok([]);
  const [places] = await tx.execute<{ taken: number; marked: number }>(sql`
    select count(*)::int as taken, (count(*) filter (where status <> 'scheduled'))::int as marked
    from demo_signup where session_id = ${session.id} and status in ('scheduled', 'presented', 'no_show')`);
  const { taken, marked } = places ?? { taken: 0, marked: 0 };
  if (taken <= limit) return ok([]);
  if (marked > limit) {
    const message = `${people(marked)} been marked as presented or missed: the limit cannot be lower.`;
    return failure("conflict", message, { fields: { maxScheduled: message } });
  }
  const over = taken - limit;
  if (!overflow) {
    const message =
      `${people(taken)} a place. With ${limit === 1 ? "1 place" : `${limit} places`}, the last ` +
      `${over === 1 ? "one goes" : `${over} go`} to the head of the waiting list and ${over === 1 ? "is" : "are"} told.`;
    return failure("conflict", message, { fields: { overflow: message } });
  }
  const moved: ChangedSignup[] = await tx.execute<ChangedSignup>(sql`
    update demo_signup g set status = 'waitlisted', running_order = null, version = g.version + 1, updated_at = now(),
      queued_at = head.at - last.place * interval '1 microsecond'
    from (
      select id, student_id, row_number() over (order by queued_at desc, id desc) as place
      from demo_signup where session_id = ${session.id} and status = 'scheduled'
      order by queued_at desc, id desc
      limit ${over}
    ) last, (
      select coalesce(min(queued_at), clock_timestamp()) as at
      from demo_signup where session_id = ${session.id} and status = 'waitlisted'
    ) head, student st, "user" u
    where g.id = last.id and st.id = last.student_id and u.id = st.user_id
    returning g.id, g.version, u.id as "userId", u.name, 'scheduled' as was`);
  await auditSignups(tx, actor, "signup.wait", session, moved, { status: "waitlisted", because: "fewer places" });
  return ok(moved);
}
