import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import { demo, demoSignup, student } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import type { DateString } from "@/lib/dates";
import { type ActionResult, editedMeanwhile, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { lockSessions, sessionLabel } from "./demo-session-lock";
import { nextVersion } from "./signup-lock";

/** Something that a student built, as they tell it. A day is the calendar's, without any zone. */
export type DemoContent = {
  title: string;
  description: string | null;
  demoDate: DateString | null;
  demoUrl: string | null;
  githubUrl: string | null;
  thumbnailUrl: string | null;
  technologies: string[];
};

type Demo = typeof demo.$inferSelect;

const notFound = () => failure("not_found", "There is no such demo any more.");
const forbidden = () => failure("forbidden", "Only students have demos, and each changes their own.");

const contentOf = (content: DemoContent): DemoContent => {
  const { title, description, demoDate, demoUrl, githubUrl, thumbnailUrl, technologies } = content;
  return { title, description, demoDate, demoUrl, githubUrl, thumbnailUrl, technologies };
};

/** Whose demos the actor changes: nobody's but their own. */
const ownerId = (actor: Actor): number | null => (actor.type === "user" && can(actor, "demo.change") ? actor.id : null);

/** The demo is there for its owner alone. */
const isOwn = (demoId: number, userId: number) =>
  and(
    eq(demo.id, demoId),
    sql`${demo.studentId} = (select ${student.id} from ${student} where ${student.userId} = ${userId})`,
  );

const audited = (tx: Db, actor: Actor, action: string, { id, title }: { id: number; title: string }, change: object) =>
  recordAudit(tx, actor, { action, subjectType: "demo", subjectId: id, label: title, ...change });

export const createDemo = (db: Database, actor: Actor, content: DemoContent): Promise<ActionResult<{ id: number }>> =>
  db.transaction(async (tx) => {
    const userId = ownerId(actor);
    if (userId === null) return forbidden();
    const [owner] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
    if (!owner) return forbidden();
    const values = contentOf(content);
    const [row] = await tx
      .insert(demo)
      .values({ studentId: owner.id, ...values })
      .returning({ id: demo.id, title: demo.title });
    if (!row) throw new Error("inserting a demo returned no row");
    await audited(tx, actor, "demo.create", row, { after: values });
    return ok({ id: row.id });
  });

/** How a form writes a list of technologies, and a conflict shows it. */
const formValues = (row: Demo) => ({ ...contentOf(row), technologies: row.technologies.join(", ") });

export const editDemo = (
  db: Database,
  actor: Actor,
  demoId: number,
  { version, ...content }: DemoContent & { version: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const userId = ownerId(actor);
    if (userId === null) return forbidden();
    const [before] = await tx.select().from(demo).where(isOwn(demoId, userId)).for("no key update");
    if (!before) return notFound();
    if (before.version !== version) {
      return editedMeanwhile({ version: before.version, by: "You, in another window,", values: formValues(before) });
    }
    const values = contentOf(content);
    await tx
      .update(demo)
      .set({ ...values, version: sql`${demo.version} + 1` })
      .where(eq(demo.id, demoId));
    const row = { id: demoId, title: values.title };
    await audited(tx, actor, "demo.edit", row, { before: contentOf(before), after: values });
    return ok();
  });

const STANDING: SignupStatus[] = ["scheduled", "waitlisted", "presented", "no_show"];

/**
 * Deletes a demo. `signups` are those that somebody agreed to leave without one: when there are others by now, nothing is
 * deleted. What has been presented stays, for the stars and the feedback are about it. Sessions are locked first, as
 * whatever changes a sign-up does.
 */
export const deleteDemo = (
  db: Database,
  actor: Actor,
  demoId: number,
  signups: number[],
  now: Date,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const userId = ownerId(actor);
    if (userId === null) return forbidden();
    const places = await tx
      .select({ sessionId: demoSignup.sessionId })
      .from(demoSignup)
      .innerJoin(demo, eq(demo.id, demoSignup.demoId))
      .where(isOwn(demoId, userId));
    const sessions = await lockSessions(
      tx,
      places.map(({ sessionId }) => sessionId),
      now,
    );
    // Nobody signs up with it meanwhile: that needs the demo's key.
    const [found] = await tx.select().from(demo).where(isOwn(demoId, userId)).for("update");
    if (!found) return notFound();
    const losing = await tx
      .select({ id: demoSignup.id, sessionId: demoSignup.sessionId, status: demoSignup.status })
      .from(demoSignup)
      .where(and(eq(demoSignup.demoId, demoId), inArray(demoSignup.status, STANDING)));
    if (losing.some(({ status }) => status === "presented")) {
      return failure("conflict", "You have presented this demo, so it stays. You can still change it.");
    }
    const agreed = new Set(signups);
    if (
      losing.length !== agreed.size ||
      losing.some(({ id, sessionId }) => !agreed.has(id) || !sessions.has(sessionId))
    ) {
      return failure("conflict", "Other sign-ups have this demo by now. Please look at them again.");
    }
    // Whoever edits one of these sign-ups in another window is told; a mark on one that is over stays the newest.
    const version = sql`case when ${demoSignup.status} in ('scheduled', 'waitlisted') then ${nextVersion} else ${demoSignup.version} end`;
    await tx.update(demoSignup).set({ demoId: null, version }).where(eq(demoSignup.demoId, demoId));
    await tx.delete(demo).where(eq(demo.id, demoId));
    const left = losing.flatMap(({ sessionId }) => {
      const session = sessions.get(sessionId);
      return session ? [sessionLabel(session)] : [];
    });
    await audited(tx, actor, "demo.delete", found, { before: { ...contentOf(found), signups: left } });
    return ok();
  });
