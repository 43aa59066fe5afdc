import { sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { placesTaken, sessionStart } from "@/db/queries/demo-session-state";
import type { Actor } from "@/lib/auth/permissions";
import { atInstant, lockSession, lockSessions } from "./demo-session-lock";
import { settleSession } from "./signup-promote";
import { canHavePlace, keepsPlace } from "./signup-standing";

const MOVES = sql`hashtext('demo-session.moves')`;

/** Sign-ups that go from one session to another take turns with each other and with whoever looks for a student's. */
export async function holdMoves(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${MOVES})`);
}

/** Sessions to come in which one of these students waits or has a place; and all of a batch, where one is given. */
async function lockSessionsOf(tx: Db, studentIds: number[], batchId: number | null, now: Date) {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${MOVES})`);
  // Nobody signs these students up meanwhile: that waits for their lock.
  const rows: { id: number }[] = await tx.execute<{ id: number }>(sql`
    select g.session_id as id
    from demo_signup g join demo_session s on s.id = g.session_id
    where g.student_id = any(${sql.param(studentIds)}::int[]) and g.status in ('scheduled', 'waitlisted')
      and ${sessionStart} > ${atInstant(now)}
    union
    select id from demo_session where batch_id = ${batchId}::int`);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return [...(await lockSessions(tx, ids, now)).values()];
}

/**
 * After these students' enrolment, role or account has changed, in the same transaction and with user and student
 * locked: their sign-ups for sessions to come follow. Who dropped out, graduated, left the session's batch or was
 * disabled is taken out and the place handed on; who is back in class gets a place that is free. A paused student keeps
 * theirs: staff decide. A change that is still to come takes effect on its day (settleUpcomingSessions).
 */
export async function settlePlacesOf(tx: Db, actor: Actor, studentIds: number[], now: Date): Promise<void> {
  if (studentIds.length === 0) return;
  for (const session of await lockSessionsOf(tx, studentIds, null, now)) {
    await settleSession(tx, actor, session, now, studentIds);
  }
}

/**
 * The same before a batch is deleted, for all who were moved out of it. Its sessions become everybody's with that; they
 * are locked here, in order, because the database will lock them in any.
 */
export async function settlePlacesOfBatch(
  tx: Db,
  actor: Actor,
  batchId: number,
  studentIds: number[],
  now: Date,
): Promise<void> {
  for (const session of await lockSessionsOf(tx, studentIds, batchId, now)) {
    await settleSession(
      tx,
      actor,
      { ...session, batchId: session.batchId === batchId ? null : session.batchId },
      now,
      studentIds,
    );
  }
}

/** The same of one user, whom the caller has locked; nothing when they are no student. */
export async function settlePlacesOfUser(tx: Db, actor: Actor, userId: number, now: Date): Promise<void> {
  const rows: { id: number }[] = await tx.execute<{ id: number }>(
    sql`select id from student where user_id = ${userId} for no key update`,
  );
  await settlePlacesOf(
    tx,
    actor,
    rows.map(({ id }) => id),
    now,
  );
}

/**
 * What changes by the calendar alone: an enrolment that ends or begins on its day. Only sessions in which something is to
 * be done are locked, each by itself, so that nobody waits for long. Doing it again changes nothing.
 */
export async function settleUpcomingSessions(
  db: Database,
  actor: Actor,
  now: Date,
): Promise<{ withdrawn: number; promoted: number }> {
  const batchId = sql`s.batch_id`;
  const due = await db.execute<{ id: number }>(sql`
    select s.id from demo_session s
    where s.session_date >= (${atInstant(now)} at time zone 'UTC')::date - 1 and ${sessionStart} > ${atInstant(now)}
      and (
        exists (
          select from demo_signup g
          where g.session_id = s.id and g.status in ('scheduled', 'waitlisted')
            and not ${keepsPlace(now, sql`g.student_id`, batchId)})
        or not s.is_cancelled and (s.max_scheduled is null or s.max_scheduled > ${placesTaken})
          and exists (
            select from demo_signup w
            where w.session_id = s.id and w.status = 'waitlisted' and ${canHavePlace(now, sql`w.student_id`, batchId)}))
    order by s.session_date, s.id`);
  const total = { withdrawn: 0, promoted: 0 };
  for (const { id } of due) {
    const done = await db.transaction(async (tx) => {
      const session = await lockSession(tx, id, now);
      return session ? settleSession(tx, actor, session, now) : null;
    });
    total.withdrawn += done?.withdrawn ?? 0;
    total.promoted += done?.promoted ?? 0;
  }
  return total;
}
