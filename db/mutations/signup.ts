import { and, eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import { getLastEditor } from "@/db/queries/last-editor";
import { batch, demo, demoSignup } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { type ActionResult, editedMeanwhile, type Failure, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import { type LockedSession, lockSession, noSuchSession, signupLabel } from "./demo-session-lock";
import {
  nextVersion,
  noSuchSignup,
  notYours,
  type SignupRow,
  signupOwner,
  trimmed,
  whoChanges,
  withSignup,
} from "./signup-lock";
import { promoteWaiting } from "./signup-promote";
import { getStanding, holdStudent, refuseStanding, type Standing } from "./signup-standing";

export type SignedUp = {
  signupId: number;
  status: "scheduled" | "waitlisted";
  /** From 1, in the waiting list; null with a place. */
  place: number | null;
  /** Who waited and got a place before them. */
  promoted: number;
};

type SignupInput = { sessionId: number; studentId: number; demoId: number | null; notes: string | null };

const noSuchStudent = () => failure("not_found", "There is no such student.");

const notOwnDemo = (): Failure => {
  const message = "Choose a demo of this student.";
  return failure("invalid", message, { fields: { demoId: message } });
};

const signedUpAlready = (isSelf: boolean, name: string) =>
  failure("conflict", isSelf ? "You are signed up for this session already." : `${name} is signed up already.`);

/** Why nobody signs up for this session any more; null while it is open. */
function refuseSession(session: LockedSession): Failure | null {
  if (session.isCancelled) return failure("conflict", "This session is cancelled.");
  if (session.hasBegun) return failure("conflict", "This session has begun: nobody can sign up any more.");
  return session.isActive ? null : failure("conflict", "This session is closed: it takes no sign-ups.");
}

/** The constraints stand behind the rules, for whatever comes by another way; here they become answers. */
async function toldByConstraints<T>(run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await run();
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === "demo_signup_own_demo") return notOwnDemo();
    if (constraint === "idx_demo_signup_session_student" || constraint === "demo_session_places") {
      return failure("conflict", "This session was changed at the same moment. Please look again.");
    }
    throw error;
  }
}

/**
 * Signs a student up: with a place while there is one, else at the end of the waiting list. Students do it themselves;
 * staff in their stead. Whoever withdrew before and comes again goes last.
 */
export const signUp = (db: Database, actor: Actor, input: SignupInput, now: Date): Promise<ActionResult<SignedUp>> =>
  toldByConstraints(() =>
    db.transaction(async (tx) => {
      // How the student stands is read before the session is locked, so that those who race for it wait for little.
      await holdStudent(tx, input.studentId);
      const standing = await getStanding(tx, input.studentId, now);
      if (!standing) return noSuchStudent();
      const by = whoChanges(actor, standing);
      if (!by) return notYours(actor, noSuchStudent());
      const isSelf = by === "self";
      if (!(await isOwnDemo(tx, input.demoId, input.studentId))) return notOwnDemo();

      const session = await lockSession(tx, input.sessionId, now);
      if (!session) return noSuchSession();
      const facts = await readPlaces(tx, session, input.studentId);
      if (facts.status !== null && facts.status !== "cancelled") return signedUpAlready(isSelf, standing.name);
      const target = { batchId: session.batchId, batchName: await batchNameOf(tx, session) };
      const refused = refuseSession(session) ?? refuseStanding(standing, target, isSelf);
      if (refused) return refused;
      return ok(await write(tx, actor, session, standing, input, facts, now));
    }),
  );

async function isOwnDemo(tx: Db, demoId: number | null, studentId: number): Promise<boolean> {
  if (demoId === null) return true;
  const [own] = await tx
    .select({ id: demo.id })
    .from(demo)
    .where(and(eq(demo.id, demoId), eq(demo.studentId, studentId)));
  return own !== undefined;
}

async function batchNameOf(tx: Db, { batchId }: LockedSession): Promise<string | null> {
  if (batchId === null) return null;
  const [row] = await tx.select({ name: batch.name }).from(batch).where(eq(batch.id, batchId));
  return row?.name ?? null;
}

/** `id` and `status` of the row that the student has here from before. */
type Places = { id: number | null; status: SignupStatus | null; taken: number; waiting: number };

async function readPlaces(tx: Db, session: LockedSession, studentId: number): Promise<Places> {
  const [row] = await tx.execute<Places>(sql`
    select max(id) filter (where student_id = ${studentId}) as id,
      max(status) filter (where student_id = ${studentId}) as status,
      (count(*) filter (where status in ('scheduled', 'presented', 'no_show')))::int as taken,
      (count(*) filter (where status = 'waitlisted'))::int as waiting
    from demo_signup where session_id = ${session.id}`);
  if (!row) throw new Error("counting places returned no row");
  return row;
}

async function write(
  tx: Db,
  actor: Actor,
  session: LockedSession,
  { studentId, name }: Standing,
  { demoId, notes }: SignupInput,
  before: Places,
  now: Date,
): Promise<SignedUp> {
  const { maxScheduled } = session;
  let { taken, waiting } = before;
  let promoted = 0;
  const hasRoom = () => maxScheduled === null || taken < maxScheduled;
  // A place can be free while people wait when one of them has come back to class meanwhile: they go first.
  if (hasRoom() && waiting > 0) {
    promoted = await promoteWaiting(tx, actor, session, now);
    taken += promoted;
    waiting -= promoted;
  }
  const status = hasRoom() ? ("scheduled" as const) : ("waitlisted" as const);
  const values = { demoId, signupNotes: trimmed(notes), status, queuedAt: sql`clock_timestamp()` };
  const [row] =
    before.id === null
      ? await tx
          .insert(demoSignup)
          .values({ sessionId: session.id, studentId, ...values })
          .returning({ id: demoSignup.id })
      : await tx
          .update(demoSignup)
          .set({ ...values, runningOrder: null, version: nextVersion })
          .where(eq(demoSignup.id, before.id))
          .returning({ id: demoSignup.id });
  if (!row) throw new Error("signing up returned no row");
  await recordAudit(tx, actor, {
    ...{ action: "signup.create", subjectType: "demo_signup", subjectId: row.id, label: signupLabel(name, session) },
    ...(before.status && { before: { status: before.status } }),
    after: { status, demoId, notes: values.signupNotes },
  });
  return { signupId: row.id, status, place: status === "waitlisted" ? waiting + 1 : null, promoted };
}

const isOpen = ({ status }: SignupRow): boolean => status === "scheduled" || status === "waitlisted";

const isOver = ({ status }: SignupRow, verb: string): Failure =>
  failure(
    "conflict",
    status === "cancelled"
      ? "This sign-up was withdrawn."
      : `This session has been marked ${status === "presented" ? "as presented" : "as missed"}: the sign-up cannot be ${verb} any more.`,
  );

/** Changes what a student presents and wrote, until they have presented. */
export const editSignup = (
  db: Database,
  actor: Actor,
  signupId: number,
  input: { demoId: number | null; notes: string | null; version: number },
  now: Date,
): Promise<ActionResult> =>
  toldByConstraints(() =>
    withSignup(db, signupId, now, async (tx, { signup, session }): Promise<ActionResult> => {
      const owner = await signupOwner(tx, actor, signup, now);
      if (!owner) return notYours(actor, noSuchSignup());
      if (!isOpen(signup)) return isOver(signup, "changed");
      const before = { demoId: signup.demoId, notes: signup.signupNotes };
      if (signup.version !== input.version) {
        const values = { demoId: before.demoId === null ? null : String(before.demoId), notes: before.notes };
        const by = await getLastEditor(tx, "demo_signup", signupId);
        return editedMeanwhile({ version: signup.version, by, values });
      }
      if (!(await isOwnDemo(tx, input.demoId, signup.studentId))) return notOwnDemo();
      const after = { demoId: input.demoId, notes: trimmed(input.notes) };
      if (before.demoId === after.demoId && before.notes === after.notes) return ok();
      await tx
        .update(demoSignup)
        .set({ demoId: after.demoId, signupNotes: after.notes, version: nextVersion })
        .where(eq(demoSignup.id, signupId));
      await recordAudit(tx, actor, {
        ...{ action: "signup.edit", subjectType: "demo_signup", subjectId: signupId },
        ...{ label: signupLabel(owner.standing.name, session), before, after },
      });
      return ok();
    }),
  );

/**
 * Withdraws a sign-up until the student has presented; the row stays as history. Before the session begins the place goes
 * to the first on the waiting list who can have it. Withdrawn twice is withdrawn.
 */
export const withdrawSignup = (
  db: Database,
  actor: Actor,
  signupId: number,
  now: Date,
): Promise<ActionResult<{ promoted: number }>> =>
  withSignup(db, signupId, now, async (tx, { signup, session }): Promise<ActionResult<{ promoted: number }>> => {
    const owner = await signupOwner(tx, actor, signup, now);
    if (!owner) return notYours(actor, noSuchSignup());
    if (signup.status === "cancelled") return ok({ promoted: 0 });
    if (!isOpen(signup)) return isOver(signup, "withdrawn");
    await tx
      .update(demoSignup)
      .set({ status: "cancelled", runningOrder: null, version: nextVersion })
      .where(eq(demoSignup.id, signupId));
    await recordAudit(tx, actor, {
      ...{ action: "signup.withdraw", subjectType: "demo_signup", subjectId: signupId },
      label: signupLabel(owner.standing.name, session),
      before: { status: signup.status },
      after: { status: "cancelled" },
    });
    return ok({ promoted: await promoteWaiting(tx, actor, session, now) });
  });
