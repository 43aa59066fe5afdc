import { eq } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { demoSession, demoSignup } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { listToldOfCancellation } from "./demo-heard";
import { announceCancellation, announceSessions, type ToldSignup, tellSignups } from "./demo-notices";
import { hasPresented, sessionsForbidden } from "./demo-session";
import { refusingTakenDate, sessionContent } from "./demo-session-fields";
import {
  holdDates,
  type LockedSession,
  lockSession,
  lockSessions,
  noSuchSession,
  refuseOldSession,
  sessionLabel,
  snapshotOf,
} from "./demo-session-lock";
import { nextSessionVersion, trimmed } from "./signup-lock";
import { listSignedUp, moveSignups } from "./signup-move";
import { settleSession } from "./signup-promote";
import { holdMoves } from "./signup-settle";

export type Cancellation = {
  version: number;
  reason: string | null;
  tell: boolean;
  /** Kept where they are until the session is restored, or moved to another session. */
  signups: "keep" | "move";
  targetId?: number | undefined;
};

export type Deletion = { version: number; signups: "delete" | "move"; targetId?: number | undefined; tell: boolean };

/** `moved` counts those who are in the other session now, `waitlisted` how many of them wait there. */
type Left = { moved: number; waitlisted: number; told: number };

type Ended = { session: LockedSession; target: LockedSession | null };

const badTarget = (message: string) => failure("invalid", message, { fields: { targetId: message } });

/** The session that ends and the one that takes its sign-ups, both locked. */
async function lockEnding(
  tx: Db,
  id: number,
  { version, signups, targetId }: Pick<Cancellation, "version" | "targetId"> & { signups: string },
  now: Date,
  lock: "no key update" | "update",
): Promise<Ended | Failure> {
  const moving = signups === "move";
  if (moving) await holdMoves(tx);
  const locked = await lockSessions(tx, moving && targetId ? [id, targetId] : [id], now, lock);
  const session = locked.get(id);
  if (!session) return noSuchSession();
  const outdated = await refuseOldSession(tx, session, version);
  if (outdated) return outdated;
  if (!moving) return { session, target: null };
  const target = targetId && targetId !== id ? locked.get(targetId) : undefined;
  if (!target) return badTarget("Choose the session that the sign-ups go to.");
  if (target.isCancelled || target.hasBegun || !target.isActive) {
    return badTarget("Choose a session that is open and still to come.");
  }
  return { session, target };
}

const isRefused = (found: Ended | Failure): found is Failure => "ok" in found;

/** Moves who is signed up, where that was chosen, and tells them. */
async function moveAndTell(
  tx: Db,
  actor: Actor,
  { session, target }: Ended,
  version: number,
  tell: boolean,
  now: Date,
) {
  if (!target) return { moved: [], told: 0 };
  const moved = await moveSignups(tx, actor, session, target, now);
  const occasion = `session:${target.id}:from:${session.id}:v${version}`;
  const told = tell
    ? await tellSignups(tx, "demo-moved", moved, snapshotOf(target), { occasion, was: snapshotOf(session) })
    : 0;
  return { moved, told };
}

const waiting = (people: ToldSignup[]) => people.filter(({ status }) => status === "waitlisted").length;

/**
 * Calls a session off. Its day is free for another one. Who is signed up stays until it is restored, or goes to another
 * session as far as there is room; who cannot go there (not of its batch, in it already) stays too, and is told that.
 */
export const cancelDemoSession = (
  db: Database,
  actor: Actor,
  id: number,
  cancellation: Cancellation,
  now: Date,
): Promise<ActionResult<Left>> =>
  db.transaction(async (tx) => {
    if (!can(actor, "demo-session.edit")) return sessionsForbidden();
    const found = await lockEnding(tx, id, cancellation, now, "no key update");
    if (isRefused(found)) return found;
    const { session } = found;
    if (session.isCancelled) return failure("conflict", "This session is cancelled already.");
    if (await hasPresented(tx, id)) {
      return failure("conflict", "Somebody has presented: a session that took place cannot be cancelled.");
    }
    const cancelReason = trimmed(cancellation.reason);
    await tx
      .update(demoSession)
      .set({ isCancelled: true, cancelReason, version: nextSessionVersion })
      .where(eq(demoSession.id, id));
    const version = session.version + 1;
    const { moved, told } = await moveAndTell(tx, actor, found, version, cancellation.tell, now);
    await recordAudit(tx, actor, {
      ...{ action: "demo-session.cancel", subjectType: "demo_session", subjectId: id, label: sessionLabel(session) },
      before: { isCancelled: false },
      after: {
        ...{ isCancelled: true, reason: cancelReason, told: cancellation.tell },
        ...(found.target && { movedTo: sessionLabel(found.target), moved: moved.length }),
      },
    });
    if (!cancellation.tell) return ok({ moved: moved.length, waitlisted: waiting(moved), told });
    const stay = await tellSignups(tx, "demo-cancelled", await listSignedUp(tx, id), snapshotOf(session), {
      occasion: `session:${id}:v${version}`,
      reason: cancelReason,
    });
    await announceCancellation(tx, id, cancelReason, now);
    return ok({ moved: moved.length, waitlisted: waiting(moved), told: told + stay });
  });

/**
 * Deletes a session with its sign-ups and what was written about them. Those who wait or have a place can be moved to
 * another session first; who cannot go there is deleted with it.
 */
export const deleteDemoSession = (
  db: Database,
  actor: Actor,
  id: number,
  deletion: Deletion,
  now: Date,
): Promise<ActionResult<{ moved: number; deleted: number; told: number }>> =>
  db.transaction(async (tx) => {
    if (!can(actor, "demo-session.edit")) return sessionsForbidden();
    const found = await lockEnding(tx, id, deletion, now, "update");
    if (isRefused(found)) return found;
    const { session } = found;
    // Who was told that it is cancelled, or has been there, need not be told that it is gone.
    const tell = deletion.tell && !session.isCancelled && !session.hasBegun;
    const { moved, told } = await moveAndTell(tx, actor, found, session.version + 1, deletion.tell, now);
    const stay = tell
      ? await tellSignups(tx, "demo-deleted", await listSignedUp(tx, id), snapshotOf(session), {
          occasion: `session:${id}:v${session.version + 1}`,
        })
      : 0;
    if (tell) await announceCancellation(tx, id, null, now);
    const lost = await tx
      .delete(demoSignup)
      .where(eq(demoSignup.sessionId, id))
      .returning({ status: demoSignup.status });
    await tx.delete(demoSession).where(eq(demoSession.id, id));
    const count = (status: string) => lost.filter((each) => each.status === status).length;
    await recordAudit(tx, actor, {
      ...{ action: "demo-session.delete", subjectType: "demo_session", subjectId: id, label: sessionLabel(session) },
      before: { ...sessionContent(session), isCancelled: session.isCancelled },
      after: {
        ...{ deletedSignups: lost.length, presented: count("presented") },
        ...(found.target && { movedTo: sessionLabel(found.target), moved: moved.length }),
      },
    });
    return ok({ moved: moved.length, deleted: lost.length, told: told + stay });
  });

/** Takes a cancellation back, where the day is still free. Who is not in class any more is out, and free places go on. */
export async function restoreDemoSession(
  db: Database,
  actor: Actor,
  id: number,
  version: number,
  now: Date,
): Promise<ActionResult> {
  return refusingTakenDate(null, () =>
    db.transaction(async (tx): Promise<ActionResult> => {
      if (!can(actor, "demo-session.edit")) return sessionsForbidden();
      await holdDates(tx);
      const session = await lockSession(tx, id, now);
      if (!session) return noSuchSession();
      const outdated = await refuseOldSession(tx, session, version);
      if (outdated) return outdated;
      if (!session.isCancelled) return failure("conflict", "This session is not cancelled.");
      const restored = { isCancelled: false, cancelReason: null };
      await tx
        .update(demoSession)
        .set({ ...restored, version: nextSessionVersion })
        .where(eq(demoSession.id, id));
      await recordAudit(tx, actor, {
        ...{ action: "demo-session.restore", subjectType: "demo_session", subjectId: id, label: sessionLabel(session) },
        before: { isCancelled: true, reason: session.cancelReason },
        after: { isCancelled: false },
      });
      const current = { ...session, ...restored, version: version + 1 };
      await settleSession(tx, actor, current, now);
      if (session.hasBegun) return ok();
      const people = await listToldOfCancellation(tx, id);
      const occasion = `session:${id}:v${current.version}`;
      await tellSignups(tx, "demo-changed", people, snapshotOf(session), { occasion, restored: true });
      if (session.isActive) await announceSessions(tx, [id], now);
      return ok();
    }),
  );
}
