import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { getLastEditor } from "@/db/queries/last-editor";
import { getTeachersOf } from "@/db/queries/user-detail";
import { note, student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import type { DateString } from "@/lib/dates";
import { type ActionResult, editedMeanwhile, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";

export type NoteContent = { body: string; isShared: boolean; followUpOn: DateString | null };

type Note = typeof note.$inferSelect;

/** What the log may say of a note: a private one's words are its author's alone. */
const forLog = ({ body, isShared, followUpOn }: NoteContent, done = false) => ({
  ...(isShared ? { body } : {}),
  isShared,
  followUpOn,
  ...(done ? { done } : {}),
});

async function getPerson(tx: Db, studentId: number) {
  const [row] = await tx
    .select({ userId: user.id, name: user.name })
    .from(student)
    .innerJoin(user, eq(user.id, student.userId))
    .where(and(eq(student.id, studentId), isNull(user.anonymisedAt)));
  return row ?? null;
}

/** Writes a note about a student of one's own batches; `followUpOn` is a day of the author's. */
export const writeNote = (
  db: Database,
  actor: Actor,
  { studentId, ...content }: NoteContent & { studentId: number },
): Promise<ActionResult<{ id: number }>> =>
  db.transaction(async (tx) => {
    const person = await getPerson(tx, studentId);
    if (!person) return failure("not_found", "There is no such student.");
    const instructorIds = await getTeachersOf(tx, person.userId);
    if (actor.type !== "user" || !can(actor, "note.write", { instructorIds })) {
      return failure("forbidden", "You write notes about students of your own batches only.");
    }
    const [row] = await tx
      .insert(note)
      .values({ studentId, authorId: actor.id, ...content })
      .returning({ id: note.id });
    if (!row) throw new Error("inserting a note returned no row");
    await recordAudit(tx, actor, {
      action: "note.write",
      subjectType: "note",
      subjectId: row.id,
      label: person.name,
      after: forLog(content),
    });
    return ok({ id: row.id });
  });

/** The note, locked, when the actor sees it and may change it. Others' private notes are not there for anybody. */
async function noteToChange(tx: Db, actor: Actor, noteId: number): Promise<ActionResult<Note>> {
  const [found] = await tx.select().from(note).where(eq(note.id, noteId)).for("no key update");
  if (!found || (actor.type === "user" && !found.isShared && found.authorId !== actor.id)) {
    return failure("not_found", "There is no such note any more.");
  }
  if (!can(actor, "note.change", found)) return failure("forbidden", "Its author or an admin changes a note.");
  return ok(found);
}

const valuesOf = ({ body, isShared, followUpOn }: NoteContent) => ({
  body,
  visibility: isShared ? "shared" : "private",
  followUpOn,
});

async function outdated(tx: Db, found: Note, version: number | undefined) {
  if (version === undefined || version === found.version) return null;
  const by = await getLastEditor(tx, "note", found.id);
  return editedMeanwhile({ version: found.version, by, values: valuesOf(found) });
}

async function audited(tx: Db, actor: Actor, action: string, found: Note, after?: Record<string, unknown>) {
  const person = await getPerson(tx, found.studentId);
  await recordAudit(tx, actor, {
    action,
    subjectType: "note",
    subjectId: found.id,
    label: person?.name ?? "a student",
    before: forLog(found, found.doneAt !== null),
    ...(after ? { after } : {}),
  });
}

/** Whether a note is shared is its author's to say. Without a follow-up date nothing is left to be done. */
export const changeNote = (
  db: Database,
  actor: Actor,
  noteId: number,
  content: NoteContent,
  version?: number,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await noteToChange(tx, actor, noteId);
    if (!found.ok) return found;
    const stale = await outdated(tx, found.data, version);
    if (stale) return stale;
    if (content.isShared !== found.data.isShared && actor.type === "user" && actor.id !== found.data.authorId) {
      return failure("forbidden", "Whether a note is shared is its author's to say.");
    }
    const { body, isShared, followUpOn } = found.data;
    if (content.body === body && content.isShared === isShared && content.followUpOn === followUpOn) return ok();
    await tx
      .update(note)
      .set({
        ...content,
        // Another day is a new thing to do.
        ...(content.followUpOn === followUpOn ? {} : { doneAt: null }),
        version: sql`${note.version} + 1`,
      })
      .where(eq(note.id, noteId));
    await audited(tx, actor, "note.change", found.data, forLog(content));
    return ok();
  });

/** Ticks a follow-up off, or opens it again; asking twice changes nothing. */
export const setNoteDone = (db: Database, actor: Actor, noteId: number, done: boolean): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await noteToChange(tx, actor, noteId);
    if (!found.ok) return found;
    if (!found.data.followUpOn) return failure("conflict", "This note has no follow-up date.");
    if ((found.data.doneAt !== null) === done) return ok();
    await tx
      .update(note)
      .set({ doneAt: done ? sql`now()` : null, version: sql`${note.version} + 1` })
      .where(eq(note.id, noteId));
    await audited(tx, actor, done ? "note.finish" : "note.reopen", found.data, forLog(found.data, done));
    return ok();
  });

export const deleteNote = (db: Database, actor: Actor, noteId: number, version?: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await noteToChange(tx, actor, noteId);
    if (!found.ok) return found;
    const stale = await outdated(tx, found.data, version);
    if (stale) return stale;
    await tx.delete(note).where(eq(note.id, noteId));
    await audited(tx, actor, "note.delete", found.data);
    return ok();
  });
