import { asc, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { getLastEditor } from "@/db/queries/last-editor";
import { demoSession } from "@/db/schema";
import type { DateString } from "@/lib/dates";
import { editedMeanwhile, type Failure, failure } from "@/lib/errors";
import type { SessionSnapshot } from "./demo-notices";

/** A session whose row is locked: nobody else changes it, or who has a place in it, until we commit. */
export type LockedSession = typeof demoSession.$inferSelect & { hasBegun: boolean };

export const noSuchSession = () => failure("not_found", "There is no such demo session any more.");

/** The clock that the rules go by, as an expression. */
export const atInstant = (now: Date): SQL => sql`${now.toISOString()}::timestamptz`;

const start = sql`((${demoSession.sessionDate} + ${demoSession.sessionTime}) at time zone ${demoSession.timeZone})`;

/**
 * Locks sessions in the order of their ids, as everybody does who needs more than one. Whatever changes a sign-up locks
 * its session first; a student whose enrolment has to stay as it is meanwhile is locked before.
 */
export async function lockSessions(
  tx: Db,
  ids: number[],
  now: Date,
  lock: "no key update" | "update" = "no key update",
): Promise<Map<number, LockedSession>> {
  const rows = await tx
    .select({ ...getTableColumns(demoSession), hasBegun: sql<boolean>`${start} <= ${atInstant(now)}` })
    .from(demoSession)
    .where(inArray(demoSession.id, ids))
    .orderBy(asc(demoSession.id))
    .for(lock);
  return new Map(rows.map((row) => [row.id, row]));
}

export const lockSession = async (tx: Db, id: number, now: Date): Promise<LockedSession | null> =>
  (await lockSessions(tx, [id], now)).get(id) ?? null;

/**
 * Whoever takes a date for a session takes turns with the others who do: two that swap their dates would wait for each
 * other at the index. Before a session's lock.
 */
export async function holdDates(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('demo-session.dates'))`);
}

/** `HH:MM`; the database gives seconds as well. */
export const clockTime = (time: string): string => time.slice(0, 5);

type Told = { id: number; title: string; sessionDate: DateString; sessionTime: string; timeZone: string };

export const snapshotOf = ({ id, title, sessionDate, sessionTime, timeZone }: Told): SessionSnapshot => ({
  id,
  title,
  date: sessionDate,
  time: clockTime(sessionTime),
  timeZone,
});

/** How the log calls a session, and a sign-up for it. */
export const sessionLabel = ({ title, sessionDate }: { title: string; sessionDate: DateString }): string =>
  `${title}, ${sessionDate}`;

export const signupLabel = (name: string, session: { title: string; sessionDate: DateString }): string =>
  `${name} · ${sessionLabel(session)}`;

/** A session's content as a form's fields would have it. */
function formValues(session: LockedSession): Record<string, string | null> {
  const { sessionDate, timeZone, title, description, notes, meetingUrl, batchId, maxScheduled, isActive } = session;
  return {
    ...{ sessionDate, sessionTime: clockTime(session.sessionTime), timeZone, title, description, notes, meetingUrl },
    batchId: batchId === null ? null : String(batchId),
    maxScheduled: maxScheduled === null ? null : String(maxScheduled),
    isActive: isActive ? "on" : null,
  };
}

/** The answer for whoever decided on an older version of the session; null when it is the newest. */
export async function refuseOldSession(tx: Db, session: LockedSession, version: number): Promise<Failure | null> {
  if (session.version === version) return null;
  const by = await getLastEditor(tx, "demo_session", session.id);
  return editedMeanwhile({ version: session.version, by, values: formValues(session) });
}
