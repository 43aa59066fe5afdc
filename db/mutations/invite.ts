import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { student, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { hashToken } from "@/lib/auth/session-token";
import { later, localDate } from "@/lib/dates";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import type { NewLink } from "@/lib/notify/link-token";
import { recordAudit } from "./audit";
import { enrolStudent } from "./enrolment";
import { type EnrolmentRow, isOver, lockStudent, writeFrom } from "./enrolment-rows";
import { type Device, openSession } from "./session";
import { closeLinks, lockAccount, mailLink, spendLink } from "./user-token";

export type Invitee = { name: string; email: string } & (
  | { role: "student"; batchId: number }
  | { role: "instructor"; batchId?: undefined }
);

const forbidden = () => failure("forbidden", "Only admins invite people.");

const TAKEN = "There is an account with this e-mail address already.";
const taken = () => failure("conflict", TAKEN, { fields: { email: TAKEN } });

/** A refusal inside a transaction that has written something already: takes it back. */
class Refused extends Error {
  readonly result: ReturnType<typeof failure>;
  constructor(result: ReturnType<typeof failure>) {
    super(result.message);
    this.result = result;
  }
}

/** Makes an account without a password for one person, a student's with an enrolment, and writes their invitation. */
export async function invitePerson(
  db: Database,
  actor: Actor,
  { name, email, role, batchId }: Invitee,
  link: NewLink,
): Promise<ActionResult<{ userId: number }>> {
  if (!can(actor, "user.import")) return forbidden();
  try {
    return await db.transaction(async (tx) => {
      const [row] = await tx.insert(user).values({ name, email, role }).returning({ id: user.id });
      if (!row) throw new Error("inserting a user returned no row");
      const userId = row.id;
      await recordAudit(tx, actor, {
        ...{ action: "user.invite", subjectType: "user", subjectId: userId, label: name },
        after: { name, email, role },
      });
      if (role === "student") {
        const enrolled = await enrolStudent(tx, actor, { userId, batchId, status: "invited" });
        if (!enrolled.ok) throw new Refused(enrolled);
      }
      await mailLink(tx, { userId, kind: "invite", email }, link);
      return ok({ userId });
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    if (violatedConstraint(error) === "idx_user_email") return taken();
    throw error;
  }
}

/** Writes somebody's invitation anew: the earlier link stops working, and this one has its seven days. */
export const resendInvitation = (db: Database, actor: Actor, userId: number, link: NewLink): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "user.import")) return forbidden();
    const account = await lockAccount(tx, userId);
    if (!account) return failure("not_found", "There is no such user.");
    const { name, email } = account;
    if (account.disabledAt) return failure("conflict", `The account of ${name} is disabled: enable it first.`);
    if (account.passwordHash) return failure("conflict", `${name} has an account with a password already.`);
    await mailLink(tx, { userId, kind: "invite", email }, link);
    await recordAudit(tx, actor, {
      ...{ action: "user.invite", subjectType: "user", subjectId: userId, label: name },
      after: { again: true },
    });
    return ok();
  });

export const INVITATION_OVER =
  "This invitation has been used, replaced or has expired. Please ask your academy for a new one.";

/**
 * Takes up an invitation, once: the account gets its password, the address is proved, enrolments that waited for it
 * become active, and a session is opened.
 */
export const acceptInvitation = (
  db: Database,
  token: string,
  { passwordHash, timeZone }: { passwordHash: string; timeZone?: string | undefined },
  device: Device,
): Promise<ActionResult<{ sid: string; role: typeof user.$inferSelect.role }>> =>
  db.transaction(async (tx) => {
    const link = await spendLink(tx, "invite", hashToken(token));
    if (!link || link.account.email !== link.email || link.account.passwordHash) {
      return failure("conflict", INVITATION_OVER);
    }
    const { id, role, name } = link.account;
    await tx
      .update(user)
      .set({
        passwordHash,
        emailVerifiedAt: sql`now()`,
        // The browser's, when this server can compute with it and there was none.
        timeZone: sql`coalesce(${user.timeZone}, case when is_time_zone(${timeZone ?? null}) then ${timeZone ?? null} end)`,
        version: sql`${user.version} + 1`,
      })
      .where(eq(user.id, id));
    await closeLinks(tx, id, ["reset", "verify", "invite"]);
    const actor: Actor = { type: "user", id, role };
    await recordAudit(tx, actor, {
      ...{ action: "user.accept-invitation", subjectType: "user", subjectId: id, label: name },
    });
    await activateInvited(tx, actor, id);
    return ok({ sid: await openSession(tx, id, device), role });
  });

/** Somebody has chosen a password: enrolments that waited for it are active from today, or from when they begin. */
export async function activateInvited(tx: Db, actor: Actor, userId: number): Promise<void> {
  const [pupil] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
  if (!pupil) return;
  const now = new Date();
  const waiting = (rows: EnrolmentRow[]) => rows.find((row) => row.status === "invited" && !isOver(row, now));
  for (;;) {
    const found = await lockStudent(tx, pupil.id);
    const row = found && waiting(found.rows);
    if (!row) return;
    const from = later(localDate(now, row.timeZone), row.fromDate);
    const { batchId, batchName: batch, toDate: to } = row;
    await writeFrom(tx, pupil.id, found.rows, { batchId, status: "active", from, to, replaced: [] });
    await recordAudit(tx, actor, {
      ...{ action: "student.change-status", subjectType: "student", subjectId: pupil.id, label: found.name },
      before: { batch, status: "invited", from: row.fromDate, to },
      after: { batch, status: "active", from },
    });
  }
}
