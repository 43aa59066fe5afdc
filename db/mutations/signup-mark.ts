import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { demoSignup } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { lockSession, noSuchSession, sessionLabel, signupLabel } from "./demo-session-lock";
import { nextVersion, type SignupRow, trimmed, withSignup } from "./signup-lock";
import { getStanding } from "./signup-standing";

export type MarkStatus = "scheduled" | "presented" | "no_show";

/** What is absent stays as it is. */
export type Mark = {
  status?: MarkStatus | undefined;
  rating?: number | null | undefined;
  notes?: string | null | undefined;
};
export type Marked = { status: MarkStatus; rating: number | null; notes: string | null; version: number };

type State = Pick<Marked, "status" | "rating" | "notes">;

const HIGHEST_RATING = 5;

const forbidden = () => failure("forbidden", "Demo sessions are run by staff.");

const hasPlace = (status: SignupRow["status"]): status is MarkStatus =>
  status === "scheduled" || status === "presented" || status === "no_show";

/** The state after a mark, or null where a rating is given to somebody who is not to have presented. */
function marked(before: State, { status, rating, notes }: Mark): State | null {
  const rated = rating !== undefined && rating !== null;
  const next = status ?? (rated ? "presented" : before.status);
  if (rated && next !== "presented") return null;
  return {
    status: next,
    rating: next === "presented" ? (rating === undefined ? before.rating : rating) : null,
    notes: notes === undefined ? before.notes : trimmed(notes),
  };
}

const isSame = (a: State, b: State) => a.status === b.status && a.rating === b.rating && a.notes === b.notes;

/**
 * Marks somebody who has a place: presented or missed, stars, notes. The last one who marks wins, and a mark that is sent
 * again changes nothing. A rating says that they have presented; taking that back takes the rating along.
 */
export async function markSignup(
  db: Database,
  actor: Actor,
  signupId: number,
  mark: Mark,
  now: Date,
): Promise<ActionResult<Marked>> {
  if (!can(actor, "demo-session.edit")) return forbidden();
  const { rating } = mark;
  if (typeof rating === "number" && !(Number.isInteger(rating) && rating >= 1 && rating <= HIGHEST_RATING)) {
    const message = `A rating is a whole number from 1 to ${HIGHEST_RATING}.`;
    return failure("invalid", message, { fields: { rating: message } });
  }
  return withSignup(db, signupId, now, async (tx, { signup, session }): Promise<ActionResult<Marked>> => {
    if (session.isCancelled) return failure("conflict", "This session is cancelled: nobody presents.");
    if (!hasPlace(signup.status)) {
      const where = signup.status === "waitlisted" ? "is on the waiting list" : "was withdrawn";
      return failure("conflict", `This sign-up ${where}: it has no place to be marked.`);
    }
    const before: State = { status: signup.status, rating: signup.rating, notes: signup.presentationNotes };
    const after = marked(before, mark);
    if (!after) {
      const message = "Only who has presented is rated.";
      return failure("invalid", message, { fields: { rating: message } });
    }
    if (isSame(before, after)) return ok({ ...after, version: signup.version });
    const [row] = await tx
      .update(demoSignup)
      .set({ status: after.status, rating: after.rating, presentationNotes: after.notes, version: nextVersion })
      .where(eq(demoSignup.id, signupId))
      .returning({ version: demoSignup.version });
    if (!row) throw new Error("marking a locked sign-up returned no row");
    const standing = await getStanding(tx, signup.studentId, now);
    await recordAudit(tx, actor, {
      ...{ action: "signup.mark", subjectType: "demo_signup", subjectId: signupId },
      ...{ label: signupLabel(standing?.name ?? "", session), before, after },
    });
    return ok({ ...after, version: row.version });
  });
}

/**
 * The order in which those with a place present: as given, whoever is not named (promoted meanwhile) after them as they
 * stood, whoever has no place any more left out. The last one who orders wins.
 */
export const setRunningOrder = (
  db: Database,
  actor: Actor,
  sessionId: number,
  signupIds: number[],
  now: Date,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "demo-session.edit")) return forbidden();
    const session = await lockSession(tx, sessionId, now);
    if (!session) return noSuchSession();
    const rows = await tx
      .select({ id: demoSignup.id, status: demoSignup.status, runningOrder: demoSignup.runningOrder })
      .from(demoSignup)
      .where(eq(demoSignup.sessionId, sessionId))
      .orderBy(sql`${demoSignup.runningOrder} nulls last`, asc(demoSignup.queuedAt), asc(demoSignup.id));
    const placed = rows.filter(({ status }) => hasPlace(status));
    const known = new Set(placed.map(({ id }) => id));
    const order = [...new Set([...signupIds.filter((id) => known.has(id)), ...known])];
    if (order.every((id, index) => placed[index]?.id === id && placed[index].runningOrder === index + 1)) return ok();
    if (order.length === 0) return ok();
    const position = sql`array_position(${sql.param(order)}::int[], ${demoSignup.id})`;
    // Not a change that a student who writes notes just now need hear of: the version stays.
    await tx.update(demoSignup).set({ runningOrder: position }).where(inArray(demoSignup.id, order));
    await recordAudit(tx, actor, {
      ...{ action: "demo-session.order", subjectType: "demo_session", subjectId: sessionId },
      label: sessionLabel(session),
      before: { signups: placed.map(({ id }) => id) },
      after: { signups: order },
    });
    return ok();
  });
