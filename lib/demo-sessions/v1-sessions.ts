import type { Database } from "@/db/client";
import { editDemoSession, type SessionFields } from "@/db/mutations/demo-session";
import { cancelDemoSession, deleteDemoSession, restoreDemoSession } from "@/db/mutations/demo-session-end";
import { refuseBatch } from "@/db/mutations/demo-session-fields";
import { holdDates, lockSessions } from "@/db/mutations/demo-session-lock";
import { createDemoSessions } from "@/db/mutations/demo-session-rule";
import { holdMoves } from "@/db/mutations/signup-settle";
import { getAcademyZone, getV1Session, listTakenDates, type V1Session } from "@/db/queries/demo-session-api";
import type { Looker } from "@/db/queries/user-list";
import type { V1SessionCreate, V1SessionDelete, V1SessionUpdate } from "@/lib/api-v1-demo";
import { actorOf } from "@/lib/auth/actor";
import type { Actor } from "@/lib/auth/permissions";
import { type ActionResult, type Failure, failure, ok } from "@/lib/errors";

const notFound = () => failure("not_found", "There is no such demo session.");

class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** One of v1's requests may be several changes: they all happen, or the first refusal takes the others back. */
async function together<T>(
  db: Database,
  work: (tx: Database, must: <R>(result: ActionResult<R>) => R) => Promise<T>,
): Promise<ActionResult<T>> {
  const must = <R>(result: ActionResult<R>): R => {
    if (!result.ok) throw new Refused(result);
    return result.data;
  };
  try {
    // Mutations open a transaction of their own, which is a savepoint in here.
    return ok(await db.transaction((tx) => work(tx as Database, must)));
  } catch (error) {
    if (error instanceof Refused) return error.failure;
    throw error;
  }
}

const contentOf = (given: V1SessionCreate, zone: string): Omit<SessionFields, "sessionDate"> => ({
  sessionTime: given.session_time,
  timeZone: given.time_zone ?? zone,
  title: given.title,
  description: given.description,
  notes: given.notes,
  meetingUrl: given.zoom_link,
  batchId: given.batch_id ?? null,
  maxScheduled: given.max_scheduled,
  isActive: given.is_active,
});

/** All of them or none; days that have a session already, or come twice, are named together. Answers their ids. */
export const createV1Sessions = (
  db: Database,
  actor: Actor,
  given: V1SessionCreate[],
  now: Date,
): Promise<ActionResult<number[]>> =>
  together(db, async (tx, must) => {
    await holdDates(tx);
    const dates = given.map(({ session_date }) => session_date);
    const taken = await listTakenDates(tx, dates);
    const clashes = [...new Set([...taken, ...dates.filter((date, place) => dates.indexOf(date) < place)])].sort();
    if (clashes.length > 0) {
      const message = `Nothing was created, because a day has one demo session at most: ${clashes.join(", ")}.`;
      throw new Refused(failure("conflict", message, { fields: { sessionDate: clashes.join(", ") } }));
    }
    const zone = await getAcademyZone(tx);
    // Those of one content together: the channels hear of them in one message.
    const alike = Map.groupBy(given, (each) => JSON.stringify(contentOf(each, zone)));
    const ids = new Map<string, number>();
    for (const group of alike.values()) {
      const fields = contentOf(group[0] as V1SessionCreate, zone);
      const days = group.map(({ session_date }) => session_date);
      const { created } = must(await createDemoSessions(tx, actor, { dates: days, fields }, now));
      for (const { id, date } of created) ids.set(date, id);
    }
    return dates.map((date) => ids.get(date) as number);
  });

const MINUTES = "15:00".length;

const fieldsNow = (session: V1Session): SessionFields => ({
  sessionDate: session.session_date,
  sessionTime: session.session_time.slice(0, MINUTES),
  timeZone: session.time_zone,
  title: session.title,
  description: session.description,
  notes: session.notes,
  meetingUrl: session.zoom_link,
  batchId: session.batch_id,
  maxScheduled: session.max_scheduled,
  isActive: session.is_active,
});

const present = <T>(value: T | undefined, otherwise: T): T => (value === undefined ? otherwise : value);

/** The session as it is to be: v1 leaves out what stays as it is. */
const fieldsAfter = (now: SessionFields, change: V1SessionUpdate): SessionFields => ({
  sessionDate: change.session_date ?? now.sessionDate,
  sessionTime: change.session_time ?? now.sessionTime,
  timeZone: change.time_zone ?? now.timeZone,
  title: change.title || now.title,
  description: present(change.description, now.description),
  notes: present(change.notes, now.notes),
  meetingUrl: present(change.zoom_link, now.meetingUrl),
  batchId: present(change.batch_id, now.batchId),
  maxScheduled: present(change.max_scheduled, now.maxScheduled),
  isActive: change.is_active ?? now.isActive,
});

const isSame = (a: SessionFields, b: SessionFields) => JSON.stringify(a) === JSON.stringify(b);

/** An edit, a cancellation and taking one back are one request in v1. */
export const changeV1Session = (
  db: Database,
  viewer: Looker,
  id: number,
  change: V1SessionUpdate,
  now: Date,
): Promise<ActionResult<V1Session>> =>
  together(db, async (tx, must) => {
    const actor = actorOf(viewer);
    // Before the session is locked: the batch that it is to belong to, then whoever moves sign-ups takes turns.
    if (change.batch_id !== undefined) {
      const noBatch = await refuseBatch(tx, change.batch_id);
      if (noBatch) throw new Refused(noBatch);
    }
    if (change.signups === "move") await holdMoves(tx);
    const read = async () => {
      const session = await getV1Session(tx, id, viewer);
      if (!session) throw new Refused(notFound());
      return session;
    };
    const { tell, overflow } = change;
    let session = await read();
    const version = change.version ?? session.version;
    const cancelling = change.is_cancelled === true && !session.is_cancelled;
    const restoring = change.is_cancelled === false && session.is_cancelled;

    const after = fieldsAfter(fieldsNow(session), change);
    if (!isSame(after, fieldsNow(session))) {
      // Of a session that is cancelled with the same request, people hear that and nothing else.
      must(await editDemoSession(tx, actor, id, { ...after, version, overflow, tell: tell && !cancelling }, now));
      session = await read();
    }
    if (cancelling) {
      const { cancel_reason: reason, signups, target_id: targetId } = change;
      must(await cancelDemoSession(tx, actor, id, { version: session.version, reason, tell, signups, targetId }, now));
    }
    if (restoring) must(await restoreDemoSession(tx, actor, id, session.version, now));
    return cancelling || restoring ? await read() : session;
  });

/**
 * Deletes a session. One that has sign-ups is deleted with a choice only (`signups`), which the answer spells out when
 * there is none.
 */
export const removeV1Session = (
  db: Database,
  viewer: Looker,
  id: number,
  { signups, target_id: targetId, tell }: V1SessionDelete,
  now: Date,
): Promise<ActionResult> =>
  together(db, async (tx, must) => {
    // Nobody signs up between the count and the deletion. Where the choice is made, deleting locks in its own order.
    if (!signups) await lockSessions(tx, [id], now, "update");
    const session = await getV1Session(tx, id, viewer);
    if (!session) throw new Refused(notFound());
    const held = session.signups.length;
    if (held > 0 && !signups) {
      const message =
        `This session has ${held === 1 ? "one sign-up" : `${held} sign-ups`}. Ask again with ?signups=delete to delete ` +
        "them with it, or with ?signups=move&target_id=<id of another session> to move them there first.";
      throw new Refused(failure("conflict", message, { fields: { signups: "delete or move" } }));
    }
    const deletion = { version: session.version, signups: signups ?? "delete", targetId, tell };
    must(await deleteDemoSession(tx, actorOf(viewer), id, deletion, now));
    return undefined;
  });
