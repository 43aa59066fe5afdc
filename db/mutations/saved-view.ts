import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { savedView } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import { followView } from "./list-choice";

type ViewContent = { query: string; columns: string[] | null; isShared: boolean };

/** Saves a list's state under a name; the same name again is told, not overwritten. */
export async function saveView(
  db: Database,
  actor: Actor,
  view: ViewContent & { list: string; name: string },
): Promise<ActionResult<{ id: number }>> {
  if (actor.type !== "user" || !can(actor, "view.save")) return failure("forbidden", "Only staff save views.");
  try {
    return await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(savedView)
        .values({ ...view, ownerId: actor.id })
        .returning({ id: savedView.id });
      if (!row) throw new Error("inserting a view returned no row");
      await recordAudit(tx, actor, {
        action: "view.save",
        subjectType: "saved_view",
        subjectId: row.id,
        label: view.name,
        after: { list: view.list, query: view.query, isShared: view.isShared },
      });
      return ok({ id: row.id });
    });
  } catch (error) {
    if (violatedConstraint(error) !== "idx_saved_view_owner_name") throw error;
    const message = "You already have a view of this name.";
    return failure("conflict", message, { fields: { name: message } });
  }
}

/** The view, locked, when the actor may change it and sees it at all. */
async function viewToChange(tx: Db, actor: Actor, viewId: number) {
  const [view] = await tx.select().from(savedView).where(eq(savedView.id, viewId)).for("update");
  if (!view || (actor.type === "user" && view.ownerId !== actor.id && !view.isShared)) {
    return failure("not_found", "There is no such view.");
  }
  if (!can(actor, "view.change", view)) return failure("forbidden", "Only its owner changes a view.");
  return ok(view);
}

/** Changes a view. Wherever it opens first it goes on doing so, at the address that `searchOf` gives it. */
export const changeView = (
  db: Database,
  actor: Actor,
  viewId: number,
  change: { [Key in keyof ViewContent]?: ViewContent[Key] | undefined },
  searchOf: (view: typeof savedView.$inferSelect) => string,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await viewToChange(tx, actor, viewId);
    if (!found.ok) return found;
    const after = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    if (Object.keys(after).length === 0) return ok();
    const [changed] = await tx
      .update(savedView)
      .set({ ...after, version: sql`${savedView.version} + 1` })
      .where(eq(savedView.id, viewId))
      .returning();
    if (!changed) throw new Error("updating a view returned no row");
    await followView(tx, changed, searchOf(changed));
    if (!changed.isShared) await followView(tx, changed, null, { except: changed.ownerId });
    const before = Object.fromEntries(Object.keys(after).map((key) => [key, found.data[key as keyof ViewContent]]));
    await recordAudit(tx, actor, {
      action: "view.change",
      subjectType: "saved_view",
      subjectId: viewId,
      label: found.data.name,
      before,
      after,
    });
    return ok();
  });

export const deleteView = (db: Database, actor: Actor, viewId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await viewToChange(tx, actor, viewId);
    if (!found.ok) return found;
    await tx.delete(savedView).where(eq(savedView.id, viewId));
    await followView(tx, found.data, null);
    await recordAudit(tx, actor, {
      action: "view.delete",
      subjectType: "saved_view",
      subjectId: viewId,
      label: found.data.name,
      before: { list: found.data.list, query: found.data.query },
    });
    return ok();
  });
