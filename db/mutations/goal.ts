import { and, eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { GoalKind } from "@/db/enums";
import { goal } from "@/db/schema";
import { aimInWords, type GoalAim, MOST_GOALS, targetBar } from "@/lib/analytics/goal-aim";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, editedMeanwhile, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { lockOwnStudent } from "./own-student";

/** The table's check keeps other kinds of names out. */
type Goal = typeof goal.$inferSelect & { kind: GoalKind | null };

const notFound = () => failure("not_found", "There is no such goal any more.");
const forbidden = () => failure("forbidden", "Only students have goals, and each changes their own.");

const aimOf = ({ period, kind, name, targetMs }: GoalAim): GoalAim => ({ period, kind, name, targetMs });

/** What the log may say of a goal. The names of somebody's projects are theirs: it has none of them. */
const forLog = ({ name, ...aim }: GoalAim): GoalAim => ({ ...aim, name: aim.kind === "project" ? "a project" : name });

const audited = (tx: Db, actor: Actor, action: string, id: number, before: GoalAim | null, after: GoalAim | null) =>
  recordAudit(tx, actor, {
    ...{ action, subjectType: "goal", subjectId: id },
    label: aimInWords(forLog((after ?? before) as GoalAim)),
    ...(before ? { before: forLog(aimOf(before)) } : {}),
    ...(after ? { after: forLog(aimOf(after)) } : {}),
  });

const NAME_DAYS = 92;

/**
 * The name as it stands in the student's own days, whatever case it was typed in: progress is counted by that. What they
 * have not coded in yet stays as typed.
 */
async function asStored(tx: Db, userId: number, aim: GoalAim): Promise<GoalAim> {
  if (aim.kind === null || aim.name === null) return { ...aimOf(aim), kind: null, name: null };
  const [own] = await tx.execute<{ name: string }>(sql`
    select n.name
    from daily_summary d
    join daily_summary_item i on i.summary_id = d.id
    join coding_name n on n.id = i.name_id
    where d.user_id = ${userId} and d.date > current_date - ${sql.raw(String(NAME_DAYS))}
      and n.kind = ${aim.kind}::coding_name_kind and lower(n.name) = lower(${aim.name})
    order by n.name = ${aim.name} desc, d.date desc
    limit 1`);
  return { ...aimOf(aim), name: own?.name ?? aim.name };
}

/** Why this cannot be one of the student's goals, beside the others; null when it can. */
function refuse(aim: GoalAim, others: Goal[]): Failure | null {
  const bar = targetBar(aim.period, aim.targetMs);
  if (bar) return failure("invalid", bar, { fields: { hours: bar } });
  const nameOf = ({ name }: GoalAim) => name?.toLowerCase() ?? null;
  const same = others.find(
    (each) => each.period === aim.period && each.kind === aim.kind && nameOf(each) === nameOf(aim),
  );
  if (!same) return null;
  const message = `You have a goal for this already: ${aimInWords(same)}.`;
  return failure("invalid", message, { fields: { [aim.name === null ? "what" : "name"]: message } });
}

const goalsOf = async (tx: Db, studentId: number): Promise<Goal[]> =>
  (await tx.select().from(goal).where(eq(goal.studentId, studentId)).orderBy(goal.slot)) as Goal[];

/** Gives a student another goal, five at most: they take turns at their own row, so that a sixth finds five. */
export const createGoal = (db: Database, actor: Actor, content: GoalAim): Promise<ActionResult<{ id: number }>> =>
  db.transaction(async (tx) => {
    const owner = can(actor, "goal.change") ? await lockOwnStudent(tx, actor) : null;
    if (!owner) return forbidden();
    const goals = await goalsOf(tx, owner.id);
    const taken = new Set(goals.map(({ slot }) => slot));
    const slot = Array.from({ length: MOST_GOALS }, (_, index) => index + 1).find((each) => !taken.has(each));
    if (slot === undefined) {
      return failure(
        "conflict",
        `You have ${MOST_GOALS} goals, which is the most. Change or delete one of them first.`,
      );
    }
    const aim = await asStored(tx, owner.userId, content);
    const refused = refuse(aim, goals);
    if (refused) return refused;
    const [row] = await tx
      .insert(goal)
      .values({ studentId: owner.id, slot, ...aim })
      .returning({ id: goal.id });
    if (!row) throw new Error("inserting a goal returned no row");
    await audited(tx, actor, "goal.create", row.id, null, aim);
    return ok(row);
  });

const MINUTE_MS = 60_000;

/** A goal as its form has it. */
const formValues = ({ period, kind, name, targetMs }: Goal) => ({
  what: kind ?? "all",
  name,
  period,
  hours: String(Math.floor(targetMs / MINUTE_MS / 60)),
  minutes: String(Math.floor(targetMs / MINUTE_MS) % 60),
});

export const editGoal = (
  db: Database,
  actor: Actor,
  goalId: number,
  { version, ...content }: GoalAim & { version: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const owner = can(actor, "goal.change") ? await lockOwnStudent(tx, actor) : null;
    if (!owner) return forbidden();
    const goals = await goalsOf(tx, owner.id);
    const before = goals.find(({ id }) => id === goalId);
    if (!before) return notFound();
    if (before.version !== version) {
      return editedMeanwhile({ version: before.version, by: "You, in another window,", values: formValues(before) });
    }
    const aim = await asStored(tx, owner.userId, content);
    const refused = refuse(
      aim,
      goals.filter((each) => each !== before),
    );
    if (refused) return refused;
    await tx
      .update(goal)
      .set({ ...aim, version: sql`${goal.version} + 1` })
      .where(and(eq(goal.id, goalId), eq(goal.studentId, owner.id)));
    await audited(tx, actor, "goal.edit", goalId, before, aim);
    return ok();
  });

/** Deletes a goal; making the same one again undoes it. */
export const deleteGoal = (db: Database, actor: Actor, goalId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const owner = can(actor, "goal.change") ? await lockOwnStudent(tx, actor) : null;
    if (!owner) return forbidden();
    const [gone] = await tx
      .delete(goal)
      .where(and(eq(goal.id, goalId), eq(goal.studentId, owner.id)))
      .returning();
    if (!gone) return notFound();
    await audited(tx, actor, "goal.delete", goalId, gone as Goal, null);
    return ok();
  });
