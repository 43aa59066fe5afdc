import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { demoSession } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { announceSessions, tellSignups } from "./demo-notices";
import {
  refuseBatch,
  refuseFields,
  refuseStart,
  refusingTakenDate,
  type SessionFields,
  sessionContent,
} from "./demo-session-fields";
import {
  holdDates,
  type LockedSession,
  lockSession,
  noSuchSession,
  refuseOldSession,
  sessionLabel,
  snapshotOf,
} from "./demo-session-lock";
import { nextSessionVersion } from "./signup-lock";
import { listSignedUp } from "./signup-move";
import { fitLimit } from "./signup-overflow";
import { type ChangedSignup, promoteWaiting } from "./signup-promote";
import { keepsPlace } from "./signup-standing";

export type { SessionFields };

export type SessionEdit = SessionFields & {
  version: number;
  /** Those who lose their place by a lower limit go to the head of the waiting list. */
  overflow?: "wait" | undefined;
  /** Whoever is signed up hears of another date, time, zone or link. */
  tell: boolean;
};

export const sessionsForbidden = () => failure("forbidden", "Demo sessions are changed by staff.");

/** A session to come, on a day that has none; the channels hear of it when it is open from the start. */
export const createDemoSession = (
  db: Database,
  actor: Actor,
  fields: SessionFields,
  now: Date,
): Promise<ActionResult<{ id: number }>> =>
  refusingTakenDate(fields.sessionDate, () =>
    db.transaction(async (tx): Promise<ActionResult<{ id: number }>> => {
      if (!can(actor, "demo-session.edit")) return sessionsForbidden();
      const content = sessionContent(fields);
      const refused =
        refuseFields(content) ?? (await refuseStart(tx, content, now)) ?? (await refuseBatch(tx, content.batchId));
      if (refused) return refused;
      await holdDates(tx);
      const [row] = await tx.insert(demoSession).values(content).returning({ id: demoSession.id });
      if (!row) throw new Error("inserting a demo session returned no row");
      await recordAudit(tx, actor, {
        ...{ action: "demo-session.create", subjectType: "demo_session", subjectId: row.id },
        ...{ label: sessionLabel(content), after: content },
      });
      if (content.isActive) await announceSessions(tx, [row.id], now);
      return ok(row);
    }),
  );

const TIMES = ["sessionDate", "sessionTime", "timeZone"] as const;
const changes = (a: SessionFields, b: SessionFields, keys: readonly (keyof SessionFields)[]) =>
  keys.some((key) => a[key] !== b[key]);

/** Why a session that has people in it cannot become what the edit wants; null when it can. */
async function refuseEdit(tx: Db, session: LockedSession, after: SessionFields, now: Date): Promise<Failure | null> {
  const before = sessionContent(session);
  const refused = refuseFields(after);
  if (refused) return refused;
  if (changes(before, after, TIMES)) {
    const over = await refuseStart(tx, after, now);
    if (over) return over;
    if (await hasPresented(tx, session.id)) {
      const message = "Somebody has presented already: the day of this session stays.";
      return failure("conflict", message, { fields: { sessionDate: message } });
    }
  }
  if (after.batchId === null || after.batchId === before.batchId) return null;
  return refuseStrangers(tx, session, after.batchId, now);
}

export async function hasPresented(tx: Db, sessionId: number): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from demo_signup where session_id = ${sessionId} and status = 'presented' limit 1`);
  return rows.length > 0;
}

/** A session is not narrowed to a batch over the heads of others who are signed up. */
async function refuseStrangers(tx: Db, session: LockedSession, batchId: number, now: Date): Promise<Failure | null> {
  if (session.hasBegun) return null;
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from demo_signup g
    where g.session_id = ${session.id} and g.status in ('scheduled', 'waitlisted')
      and not ${keepsPlace(now, sql`g.student_id`, sql`${batchId}::int`)}`);
  const strangers = row?.count ?? 0;
  if (strangers === 0) return null;
  const who = strangers === 1 ? "1 student of another batch is" : `${strangers} students of other batches are`;
  const message = `${who} signed up: take them out first, or leave the session open to all.`;
  return failure("conflict", message, { fields: { batchId: message } });
}

/**
 * Changes a session. More places go to who waits; fewer than are taken are refused, with what that would mean beside
 * `overflow`, until the answer to it is "wait".
 */
export const editDemoSession = (
  db: Database,
  actor: Actor,
  id: number,
  { version, overflow, tell, ...fields }: SessionEdit,
  now: Date,
): Promise<ActionResult<{ promoted: number; waiting: number }>> =>
  refusingTakenDate(fields.sessionDate, () =>
    db.transaction(async (tx): Promise<ActionResult<{ promoted: number; waiting: number }>> => {
      if (!can(actor, "demo-session.edit")) return sessionsForbidden();
      // Before the session: a batch that is being deleted comes to its sessions last.
      const noBatch = await refuseBatch(tx, fields.batchId);
      if (noBatch) return noBatch;
      await holdDates(tx);
      const session = await lockSession(tx, id, now);
      if (!session) return noSuchSession();
      const outdated = await refuseOldSession(tx, session, version);
      if (outdated) return outdated;
      const before = sessionContent(session);
      const after = sessionContent(fields);
      const refused = await refuseEdit(tx, session, after, now);
      if (refused) return refused;
      if (!changes(before, after, Object.keys(after) as (keyof SessionFields)[]))
        return ok({ promoted: 0, waiting: 0 });

      // Before the limit: the database lowers none below the places that are taken.
      const fitted = await fitLimit(tx, actor, session, after.maxScheduled, overflow);
      if (!fitted.ok) return fitted;
      await tx
        .update(demoSession)
        .set({ ...after, version: nextSessionVersion })
        .where(eq(demoSession.id, id));
      await recordAudit(tx, actor, {
        ...{ action: "demo-session.edit", subjectType: "demo_session", subjectId: id },
        ...{ label: sessionLabel(after), before, after },
      });
      const changed = await lockSession(tx, id, now);
      if (!changed) throw new Error("an edited session is gone");
      await tellOfEdit(tx, session, changed, fitted.data, tell);
      const promoted = await promoteWaiting(tx, actor, changed, now);
      if (changed.isActive && !session.isActive) await announceSessions(tx, [id], now);
      return ok({ promoted, waiting: fitted.data.length });
    }),
  );

/** What is over, or was called off, changes for nobody. */
async function tellOfEdit(tx: Db, was: LockedSession, is: LockedSession, waiting: ChangedSignup[], tell: boolean) {
  if (is.isCancelled || is.hasBegun) return;
  const occasion = `session:${is.id}:v${is.version}`;
  const session = snapshotOf(is);
  await tellSignups(
    tx,
    "demo-waitlisted",
    waiting.map(({ id, userId }) => ({ signupId: id, userId, status: "waitlisted" })),
    session,
    { occasion },
  );
  const linkChanged = was.meetingUrl !== is.meetingUrl;
  if (!tell || !(linkChanged || changes(sessionContent(was), sessionContent(is), TIMES))) return;
  const people = await listSignedUp(tx, is.id);
  await tellSignups(tx, "demo-changed", people, session, { occasion, was: snapshotOf(was), linkChanged });
}

/** Opens a session for sign-ups, or closes it: who is signed up stays. The channels hear of it when it first opens. */
export const setDemoSessionActive = (
  db: Database,
  actor: Actor,
  id: number,
  isActive: boolean,
  version: number,
  now: Date,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "demo-session.edit")) return sessionsForbidden();
    const session = await lockSession(tx, id, now);
    if (!session) return noSuchSession();
    const outdated = await refuseOldSession(tx, session, version);
    if (outdated) return outdated;
    if (session.isActive === isActive) return ok();
    await tx.update(demoSession).set({ isActive, version: nextSessionVersion }).where(eq(demoSession.id, id));
    await recordAudit(tx, actor, {
      ...{ action: "demo-session.switch", subjectType: "demo_session", subjectId: id, label: sessionLabel(session) },
      before: { isActive: session.isActive },
      after: { isActive },
    });
    if (isActive) await announceSessions(tx, [id], now);
    return ok();
  });
