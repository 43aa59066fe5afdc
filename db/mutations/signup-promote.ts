import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import type { Actor } from "@/lib/auth/permissions";
import { recordAudits } from "./audit";
import { tellSignups } from "./demo-notices";
import { type LockedSession, signupLabel, snapshotOf } from "./demo-session-lock";
import { canHavePlace, keepsPlace } from "./signup-standing";

export type ChangedSignup = { id: number; version: number; userId: number; name: string; was: SignupStatus };

/** Those rows of `signups` that a statement changed, one event each. */
export const auditSignups = (
  tx: Db,
  actor: Actor,
  action: string,
  session: LockedSession,
  changed: ChangedSignup[],
  after: Record<string, unknown>,
): Promise<void> =>
  recordAudits(
    tx,
    actor,
    changed.map(({ id, name, was }) => ({
      ...{ action, subjectType: "demo_signup", subjectId: id, label: signupLabel(name, session) },
      before: { status: was },
      after,
    })),
  );

/**
 * Gives the free places of a locked session to the first on its waiting list who can have one, and writes to each of
 * them. Whoever is paused, disabled or out of class is passed over and keeps their turn. Nothing happens once the
 * session has begun or while it is cancelled; one that is switched off only takes nobody new. Returns how many.
 * idx_demo_signup_waiting gives the order, idx_demo_signup_session_status the number of places taken.
 */
export async function promoteWaiting(tx: Db, actor: Actor, session: LockedSession, now: Date): Promise<number> {
  if (session.isCancelled || session.hasBegun) return 0;
  const { id, maxScheduled, batchId } = session;
  const free = sql`(
    select case when ${maxScheduled}::int is not null then greatest(0, ${maxScheduled}::int - count(*)) end
    from demo_signup where session_id = ${id} and status in ('scheduled', 'presented', 'no_show'))`;
  const promoted: ChangedSignup[] = await tx.execute<ChangedSignup>(sql`
    update demo_signup g set status = 'scheduled', running_order = null, version = g.version + 1, updated_at = now()
    from (
      select w.id, w.student_id from demo_signup w
      where w.session_id = ${id} and w.status = 'waitlisted'
        and ${canHavePlace(now, sql`w.student_id`, sql`${batchId}::int`)}
      order by w.queued_at, w.id
      limit ${free}
    ) next, student st, "user" u
    where g.id = next.id and st.id = next.student_id and u.id = st.user_id
    returning g.id, g.version, u.id as "userId", u.name, 'waitlisted' as was`);
  await auditSignups(tx, actor, "signup.promote", session, promoted, { status: "scheduled" });
  await tellPromoted(tx, session, promoted);
  return promoted.length;
}

/** Who lost a place and got one again in the same session hears of each: the sign-up's version tells them apart. */
async function tellPromoted(tx: Db, session: LockedSession, promoted: ChangedSignup[]): Promise<void> {
  for (const version of new Set(promoted.map((each) => each.version))) {
    const people = promoted.filter((each) => each.version === version);
    await tellSignups(
      tx,
      "demo-promoted",
      people.map((each) => ({ userId: each.userId, signupId: each.id, status: "scheduled" })),
      snapshotOf(session),
      { occasion: `session:${session.id}:v${session.version}:place:${version}` },
    );
  }
}

/**
 * Takes out of a locked session who cannot come to it any more (dropped out, graduated, in another batch, disabled), of
 * these students or of all. Paused students stay. Returns how many.
 */
async function withdrawGone(
  tx: Db,
  actor: Actor,
  session: LockedSession,
  studentIds: number[] | null,
  now: Date,
): Promise<number> {
  if (session.hasBegun) return 0;
  const ofThese = studentIds ? sql`and g.student_id = any(${sql.param(studentIds)}::int[])` : sql``;
  const gone: ChangedSignup[] = await tx.execute<ChangedSignup>(sql`
    update demo_signup g set status = 'cancelled', running_order = null, version = g.version + 1, updated_at = now()
    from (select g.id, g.status from demo_signup g
      where g.session_id = ${session.id} and g.status in ('scheduled', 'waitlisted') ${ofThese}
        and not ${keepsPlace(now, sql`g.student_id`, sql`${session.batchId}::int`)}) was, student st, "user" u
    where g.id = was.id and st.id = g.student_id and u.id = st.user_id
    returning g.id, g.version, u.id as "userId", u.name, was.status as was`);
  await auditSignups(tx, actor, "signup.withdraw", session, gone, {
    status: "cancelled",
    because: session.batchId ? "no longer in class in the session’s batch" : "no longer in class",
  });
  return gone.length;
}

/** A locked session as its rules want it: nobody in it who is gone, and no place free that somebody waits for. */
export async function settleSession(
  tx: Db,
  actor: Actor,
  session: LockedSession,
  now: Date,
  studentIds: number[] | null = null,
): Promise<{ withdrawn: number; promoted: number }> {
  const withdrawn = await withdrawGone(tx, actor, session, studentIds, now);
  return { withdrawn, promoted: await promoteWaiting(tx, actor, session, now) };
}
