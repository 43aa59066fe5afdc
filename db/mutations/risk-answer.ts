import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { RiskResponse, RiskState } from "@/db/enums";
import { academyZone, localDay } from "@/db/queries/fragments";
import { getTeachersOf } from "@/db/queries/user-detail";
import { riskBand, riskSnooze, student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { addDays, type DateString } from "@/lib/dates";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";

/** After having talked to somebody, a warning is quiet for a week. */
const QUIET_AFTER_TALK_DAYS = 7;
/** Longer than this nobody means to look away. */
const LONGEST_SNOOZE_DAYS = 60;

export type RiskAnswer = {
  response: RiskResponse;
  reason: string;
  /** Of a snooze: its last day, a date of the academy. */
  until: DateString | null;
};

type Warning = { name: string; state: RiskState; today: DateString };

/** How the student stands, locked against the morning's check, for staff of their own batches. */
async function warningOf(tx: Db, actor: Actor, studentId: number, now: Date): Promise<ActionResult<Warning>> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [person] = await tx
    .select({ userId: user.id, name: user.name, today: sql<string>`${localDay(at, academyZone)}::text` })
    .from(student)
    .innerJoin(user, eq(user.id, student.userId))
    .where(and(eq(student.id, studentId), isNull(user.anonymisedAt)));
  if (!person) return failure("not_found", "There is no such student.");
  const instructorIds = await getTeachersOf(tx, person.userId);
  if (actor.type !== "user" || !can(actor, "risk.answer", { instructorIds })) {
    return failure("forbidden", "You answer for students of your own batches only.");
  }
  const [band] = await tx
    .select({ state: riskBand.state })
    .from(riskBand)
    .where(and(eq(riskBand.studentId, studentId), isNull(riskBand.toDate)))
    .for("no key update");
  if (!band || (band.state !== "watch" && band.state !== "act")) {
    return failure("conflict", "There is no warning about this student any more.");
  }
  return ok({ name: person.name, today: person.today, state: band.state });
}

function untilOf({ response, until }: RiskAnswer, today: DateString): ActionResult<DateString | null> {
  if (response === "resolved") return ok(null);
  if (response === "talked") return ok(addDays(today, QUIET_AFTER_TALK_DAYS));
  const beside = (message: string) => failure("invalid", message, { fields: { until: message } });
  if (!until) return beside("Please give the last day of the snooze.");
  if (until < today) return beside("This day is over.");
  if (until > addDays(today, LONGEST_SNOOZE_DAYS)) return beside(`At most ${LONGEST_SNOOZE_DAYS} days ahead.`);
  return ok(until);
}

/** Answers a warning in place of any answer before: see docs/early-warning.md for how long each keeps it quiet. */
export const answerRisk = (
  db: Database,
  actor: Actor,
  studentId: number,
  answer: RiskAnswer,
  now: Date,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const warning = await warningOf(tx, actor, studentId, now);
    if (!warning.ok) return warning;
    const { name, state, today } = warning.data;
    const until = untilOf(answer, today);
    if (!until.ok) return until;
    const before = await endAnswer(tx, studentId);
    const { response, reason } = answer;
    await tx.insert(riskSnooze).values({
      ...{ studentId, response, reason, state, untilDate: until.data },
      authorId: (actor as { id: number }).id,
    });
    await recordAudit(tx, actor, {
      ...{ action: "risk.answer", subjectType: "student", subjectId: studentId, label: name },
      ...(before && { before }),
      after: { response, reason, until: until.data, state },
    });
    return ok();
  });

/** Takes the answer back: the warning is heard again. Asking twice changes nothing. */
export const reopenRisk = (db: Database, actor: Actor, studentId: number, now: Date): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const warning = await warningOf(tx, actor, studentId, now);
    if (!warning.ok) return warning;
    const before = await endAnswer(tx, studentId);
    if (!before) return ok();
    await recordAudit(tx, actor, {
      ...{ action: "risk.reopen", subjectType: "student", subjectId: studentId, label: warning.data.name },
      before,
    });
    return ok();
  });

async function endAnswer(tx: Db, studentId: number) {
  const [ended] = await tx
    .update(riskSnooze)
    .set({ endedAt: sql`now()` })
    .where(and(eq(riskSnooze.studentId, studentId), isNull(riskSnooze.endedAt)))
    .returning({ response: riskSnooze.response, reason: riskSnooze.reason, until: riskSnooze.untilDate });
  return ended ?? null;
}
