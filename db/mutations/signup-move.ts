import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import type { Actor } from "@/lib/auth/permissions";
import { recordAudits } from "./audit";
import type { ToldSignup } from "./demo-notices";
import { type LockedSession, sessionLabel, signupLabel } from "./demo-session-lock";
import { promoteWaiting } from "./signup-promote";
import { canHavePlace, keepsPlace } from "./signup-standing";

type Candidate = {
  id: number;
  userId: number;
  name: string;
  status: SignupStatus;
  /** Gets a place where one is free; others of those who come along wait. */
  canHavePlace: boolean;
  /** What is left of an earlier sign-up of theirs in the target. */
  formerId: number | null;
};

/** Who waits or has a place in `from` and can come along: whoever is signed up in `to` already is not moved. */
const listCandidates = (tx: Db, from: LockedSession, to: LockedSession, now: Date): Promise<Candidate[]> =>
  tx.execute<Candidate>(sql`
    select g.id, u.id as "userId", u.name, g.status, former.id as "formerId",
      ${canHavePlace(now, sql`g.student_id`, sql`${to.batchId}::int`)} as "canHavePlace"
    from demo_signup g
    join student st on st.id = g.student_id
    join "user" u on u.id = st.user_id
    left join demo_signup former on former.session_id = ${to.id} and former.student_id = g.student_id
    where g.session_id = ${from.id} and g.status in ('scheduled', 'waitlisted')
      and (former.id is null or former.status = 'cancelled')
      and ${keepsPlace(now, sql`g.student_id`, sql`${to.batchId}::int`)}
    order by g.status = 'waitlisted', g.queued_at, g.id`);

async function freePlaces(tx: Db, { id, maxScheduled }: LockedSession): Promise<number> {
  if (maxScheduled === null) return Number.POSITIVE_INFINITY;
  const [row] = await tx.execute<{ taken: number }>(sql`
    select count(*)::int as taken from demo_signup
    where session_id = ${id} and status in ('scheduled', 'presented', 'no_show')`);
  return maxScheduled - (row?.taken ?? 0);
}

type Going = Candidate & { next: "scheduled" | "waitlisted"; signupId: number };

/**
 * Moves those who wait or have a place to another session, both locked and `to` open: first those who had a place, then
 * those who waited, each in turn behind who waits there already. Writes to nobody. Returns who goes, with the sign-up
 * that they have now.
 */
export async function moveSignups(
  tx: Db,
  actor: Actor,
  from: LockedSession,
  to: LockedSession,
  now: Date,
): Promise<(ToldSignup & { status: "scheduled" | "waitlisted" })[]> {
  await promoteWaiting(tx, actor, to, now);
  let free = await freePlaces(tx, to);
  const going = (await listCandidates(tx, from, to, now)).map((each): Going => {
    const seated = each.canHavePlace && free > 0;
    if (seated) free -= 1;
    return { ...each, next: seated ? "scheduled" : "waitlisted", signupId: each.formerId ?? each.id };
  });
  if (going.length > 0) await writeMoves(tx, to, going);
  await recordAudits(
    tx,
    actor,
    going.map(({ signupId, name, status, next }) => ({
      ...{ action: "signup.move", subjectType: "demo_signup", subjectId: signupId, label: signupLabel(name, to) },
      before: { session: sessionLabel(from), status },
      after: { session: sessionLabel(to), status: next },
    })),
  );
  return going.map(({ userId, signupId, next }) => ({ userId, signupId, status: next }));
}

/** A row goes along, or hands what it holds to the one that the student has in the target from before. */
async function writeMoves(tx: Db, to: LockedSession, going: Going[]): Promise<void> {
  // One clock for all: who hands something on and who goes along stay in their turn.
  const [clock] = await tx.execute<{ at: string }>(sql`select clock_timestamp()::text as at`);
  if (!clock) throw new Error("the database gave no time");
  const rows = sql`(
    select go.*, ${clock.at}::timestamptz + go.place * interval '1 microsecond' as queued_at
    from jsonb_to_recordset(${JSON.stringify(
      going.map(({ id, formerId, next }, place) => ({ id, former: formerId, next, place })),
    )}::jsonb) as go(id int, former int, next signup_status, place int))`;
  await tx.execute(sql`
    update demo_signup g set status = go.next, demo_id = source.demo_id, signup_notes = source.signup_notes,
      queued_at = go.queued_at, running_order = null, version = g.version + 1, updated_at = now()
    from ${rows} go join demo_signup source on source.id = go.id
    where g.id = go.former`);
  await tx.execute(sql`
    update demo_signup g set status = 'cancelled', running_order = null, version = g.version + 1, updated_at = now()
    from ${rows} go where g.id = go.id and go.former is not null`);
  await tx.execute(sql`
    update demo_signup g set session_id = ${to.id}, status = go.next, queued_at = go.queued_at, running_order = null,
      version = g.version + 1, updated_at = now()
    from ${rows} go where g.id = go.id and go.former is null`);
}

/** Who still waits or has a place here, to be told of what becomes of the session. */
export const listSignedUp = async (tx: Db, sessionId: number): Promise<ToldSignup[]> => [
  ...(await tx.execute<ToldSignup>(sql`
    select u.id as "userId", g.id as "signupId", g.status
    from demo_signup g join student st on st.id = g.student_id join "user" u on u.id = st.user_id
    where g.session_id = ${sessionId} and g.status in ('scheduled', 'waitlisted')
    order by g.id`)),
];
