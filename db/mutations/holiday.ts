import { eq, inArray, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { getLastEditor } from "@/db/queries/last-editor";
import { holiday } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import type { DateString } from "@/lib/dates";
import { type ActionResult, editedMeanwhile, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";

type Day = { date: DateString; name: string };

const forbidden = () => failure("forbidden", "Only admins change the academy's holidays.");
const notFound = () => failure("not_found", "There is no such holiday any more.");

/** Turns the unique index on the date into an answer beside the field. */
async function refusingTakenDate<T>(run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) !== "idx_holiday_date") throw error;
    const message = "There is a holiday on this day already.";
    return failure("conflict", message, { fields: { date: message } });
  }
}

async function insertHoliday(tx: Db, actor: Actor, day: Day): Promise<number> {
  const [row] = await tx.insert(holiday).values(day).returning({ id: holiday.id });
  if (!row) throw new Error("inserting a holiday returned no row");
  await recordAudit(tx, actor, {
    action: "holiday.create",
    subjectType: "holiday",
    subjectId: row.id,
    label: day.name,
    after: day,
  });
  return row.id;
}

type Stored = typeof holiday.$inferSelect;

async function updateHoliday(tx: Db, actor: Actor, before: Stored, after: Day): Promise<void> {
  await tx
    .update(holiday)
    .set({ ...after, version: sql`${holiday.version} + 1` })
    .where(eq(holiday.id, before.id));
  await recordAudit(tx, actor, {
    action: "holiday.edit",
    subjectType: "holiday",
    subjectId: before.id,
    label: after.name,
    before: { date: before.date, name: before.name },
    after,
  });
}

export const addHoliday = (db: Database, actor: Actor, day: Day): Promise<ActionResult<{ id: number }>> =>
  refusingTakenDate(() =>
    db.transaction(async (tx) => {
      if (!can(actor, "settings.change")) return forbidden();
      return ok({ id: await insertHoliday(tx, actor, day) });
    }),
  );

export const editHoliday = (
  db: Database,
  actor: Actor,
  id: number,
  { version, ...day }: Day & { version: number },
): Promise<ActionResult> =>
  refusingTakenDate(() =>
    db.transaction(async (tx) => {
      if (!can(actor, "settings.change")) return forbidden();
      const [current] = await tx.select().from(holiday).where(eq(holiday.id, id)).for("update");
      if (!current) return notFound();
      if (current.version !== version) {
        return editedMeanwhile({
          version: current.version,
          by: await getLastEditor(tx, "holiday", id),
          values: { date: current.date, name: current.name },
        });
      }
      if (current.date !== day.date || current.name !== day.name) await updateHoliday(tx, actor, current, day);
      return ok();
    }),
  );

export const deleteHoliday = (db: Database, actor: Actor, id: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "settings.change")) return forbidden();
    const [gone] = await tx.delete(holiday).where(eq(holiday.id, id)).returning();
    if (!gone) return notFound();
    await recordAudit(tx, actor, {
      action: "holiday.delete",
      subjectType: "holiday",
      subjectId: id,
      label: gone.name,
      before: { date: gone.date, name: gone.name },
    });
    return ok();
  });

export type DayVerdict = { date: DateString; verdict: "new" | "changed" | "same"; before: string | null };

/**
 * What a list of days, each date once, would change, or changes when `apply` is set: days that are there already get
 * the new name, and nothing is deleted. Doing it twice changes nothing the second time.
 */
export const importHolidays = (
  db: Database,
  actor: Actor,
  days: Day[],
  apply: boolean,
): Promise<ActionResult<DayVerdict[]>> =>
  refusingTakenDate(() =>
    db.transaction(async (tx) => {
      if (!can(actor, "settings.change")) return forbidden();
      if (days.length === 0) return ok([]);
      const dates = days.map(({ date }) => date);
      const stored = await tx.select().from(holiday).where(inArray(holiday.date, dates)).for("update");
      const byDate = new Map(stored.map((each) => [each.date, each]));
      const verdicts: DayVerdict[] = [];
      for (const day of days) {
        const before = byDate.get(day.date);
        const verdict = !before ? "new" : before.name === day.name ? "same" : "changed";
        verdicts.push({ date: day.date, verdict, before: before?.name ?? null });
        if (!apply) continue;
        if (!before) await insertHoliday(tx, actor, day);
        else if (verdict === "changed") await updateHoliday(tx, actor, before, day);
      }
      return ok(verdicts);
    }),
  );
