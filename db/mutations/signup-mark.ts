import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { auditEvent, demoSignup } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, type Failure, failure, ok } from "@/lib/errors";
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
  /** The sign-up's version that the mark was made on. Without one it overwrites whatever is there. */
  version?: number | undefined;
};
export type Marked = { status: MarkStatus; rating: number | null; notes: string | null; version: number };

/** `now` is what the sign-up is, where somebody else marked it since the version that a mark was made on. */
type Marking = { ok: true; data: Marked } | (Failure & { now?: Marked });

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

const STATUS_WORDS: Record<MarkStatus, string> = {
  scheduled: "scheduled",
  presented: "presented",
  no_show: "no-show",
};

/** `presented, 5 stars, with feedback` */
const inWords = ({ status, rating, notes }: State): string =>
  [
    STATUS_WORDS[status],
    ...(rating === null ? [] : [`${rating} ${rating === 1 ? "star" : "stars"}`]),
    ...(notes === null ? [] : ["with feedback"]),
  ].join(", ");

/**
 * Has anybody marked this sign-up yet? The version also counts what the student changes: while nobody has, a newer one
 * holds no mark that could be lost, and a mark from a phone without network is not turned away for it.
 */
async function isMarked(tx: Db, { id, status, rating, presentationNotes }: SignupRow): Promise<boolean> {
  if (status !== "scheduled" || rating !== null || presentationNotes !== null) return true;
  const [event] = await tx
    .select({ id: auditEvent.id })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.subjectType, "demo_signup"),
        eq(auditEvent.subjectId, id),
        eq(auditEvent.action, "signup.mark"),
      ),
    )
    .limit(1);
  return event !== undefined;
}

/**
 * Marks somebody who has a place: presented or missed, stars, notes. A mark that is sent again changes nothing; one that
 * was made on an older version, and would overwrite what somebody else marked since, is refused with what is there.
 * A rating says that they have presented; taking that back takes the rating along.
 */
export async function markSignup(
  db: Database,
  actor: Actor,
  signupId: number,
  mark: Mark,
  now: Date,
): Promise<Marking> {
  if (!can(actor, "demo-session.edit")) return forbidden();
  const { rating } = mark;
  if (typeof rating === "number" && !(Number.isInteger(rating) && rating >= 1 && rating <= HIGHEST_RATING)) {
    const message = `A rating is a whole number from 1 to ${HIGHEST_RATING}.`;
    return failure("invalid", message, { fields: { rating: message } });
  }
  return withSignup(db, signupId, now, async (tx, { signup, session }): Promise<Marking> => {
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
    if (mark.version !== undefined && signup.version > mark.version && (await isMarked(tx, signup))) {
      const refused = failure("conflict", `This sign-up was marked meanwhile: ${inWords(before)}.`);
      return { ...refused, now: { ...before, version: signup.version } };
    }
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
