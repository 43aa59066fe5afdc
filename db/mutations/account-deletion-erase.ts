import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { student, user } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { DELETED_NAME } from "@/lib/privacy/redact";
import { DELETION_REASON } from "./account-deletion-close";
import { listKnownNames, redactLog } from "./account-deletion-log";
import { recordAudit } from "./audit";
import { lockUser } from "./user-lock";

/** For a column that must hold an address: one that nobody can have, and none can be mailed to. */
const deletedAddress = (userId: number) => `deleted-${userId}@deleted.invalid`;

/**
 * Takes everything personal of a closed account away, in one transaction, but for the address that it is found by. What
 * stays are daily totals with languages and editors, enrolments, the states and ratings of sign-ups, bands of early warning,
 * and assignments without links and offer date: numbers of somebody. Done again it changes nothing.
 */
export const erasePerson = (db: Database, userId: number): Promise<void> =>
  db.transaction(async (tx) => {
    if (!(await lockUser(tx, userId))) return;
    const [pupil] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
    const names = await listKnownNames(tx, userId);
    await redactLog(tx, userId, pupil?.id ?? 0, names);
    await tx
      .update(user)
      .set({
        ...{ name: DELETED_NAME, pendingEmail: null, phone: null, passwordHash: null, timeZone: null },
        ...{ emailVerifiedAt: null, lastSignInAt: null, disabledReason: DELETION_REASON, listChoices: {} },
        version: sql`${user.version} + 1`,
      })
      .where(eq(user.id, userId));
    await eraseAccess(
      tx,
      userId,
      names.map(({ text }) => text.toLowerCase()),
    );
    await eraseDetails(tx, userId);
    if (pupil) await eraseWork(tx, pupil.id);
  });

/** Every way in, what was or is to be told, and what was tried under the address. */
async function eraseAccess(tx: Db, userId: number, names: string[]): Promise<void> {
  await tx.execute(sql`update session set viewing_as = null, viewing_until = null where viewing_as = ${userId}`);
  for (const table of ["session", "user_token", "oauth_state", "api_token", "calendar_token"]) {
    await tx.execute(sql`delete from ${sql.identifier(table)} where user_id = ${userId}`);
  }
  // The reminder stays to the last step: who was not reminded is not deleted, nor is the rest of them then.
  await tx.execute(sql`delete from outbox where user_id = ${userId} and kind <> 'deletion-tomorrow'`);
  await tx.execute(sql`delete from notification_preference where user_id = ${userId}`);
  await tx.execute(sql`delete from saved_view where owner_id = ${userId}`);
  await tx.execute(sql`delete from batch_instructor where user_id = ${userId}`);
  await tx.execute(sql`
    delete from rate_limit
    where split_part(split_part(key, ':', 2), '|', 1) in (select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))`);
}

/** Of the coding time: what says on what and where. The days and their totals stay. */
async function eraseDetails(tx: Db, userId: number): Promise<void> {
  await tx.execute(sql`
    delete from daily_summary_item i using daily_summary d, coding_name n
    where d.user_id = ${userId} and i.summary_id = d.id and n.id = i.name_id
      and n.kind in ('project', 'machine', 'dependency')`);
  await tx.execute(sql`update daily_summary set digest = null where user_id = ${userId} and digest is not null`);
  await tx.execute(sql`delete from sync_gap where user_id = ${userId}`);
  await tx.execute(sql`update sync_outcome set reason = null where user_id = ${userId} and reason is not null`);
  await tx.execute(sql`update sync_run set error = null where scope_user_id = ${userId} and error is not null`);
}

/** What the student made and wrote, and what was written about them. Sign-ups come last, as everywhere. */
async function eraseWork(tx: Db, studentId: number): Promise<void> {
  for (const table of ["goal", "note", "certificate", "risk_snooze"]) {
    await tx.execute(sql`delete from ${sql.identifier(table)} where student_id = ${studentId}`);
  }
  await tx.execute(sql`update risk_band set signals = '[]' where student_id = ${studentId} and signals <> '[]'`);
  await tx.execute(sql`
    update assignment set resume_url = null, linkedin_url = null, offer_date = null, version = version + 1, updated_at = now()
    where student_id = ${studentId} and num_nonnulls(resume_url, linkedin_url, offer_date) > 0`);
  await tx.execute(sql`select id from demo_signup where student_id = ${studentId} order by id for no key update`);
  await tx.execute(sql`
    update demo_signup set signup_notes = null, presentation_notes = null, demo_id = null, version = version + 1,
      updated_at = now()
    where student_id = ${studentId} and num_nonnulls(signup_notes, presentation_notes, demo_id) > 0`);
  await tx.execute(sql`delete from demo where student_id = ${studentId}`);
}

/**
 * The last step: the address is free for somebody else, and the account is nobody's. By itself, because a new address
 * waits for everybody who just writes something down about this person, and they may wait for what the erasing holds.
 */
export const finishDeletion = (db: Database, actor: Actor, userId: number): Promise<void> =>
  db.transaction(async (tx) => {
    if (!(await lockUser(tx, userId))) return;
    await tx.execute(sql`delete from outbox where user_id = ${userId}`);
    await tx
      .update(user)
      .set({
        email: deletedAddress(userId),
        hideProjectNames: false,
        deletionDueAt: null,
        anonymisedAt: sql`now()`,
        disabledAt: sql`coalesce(${user.disabledAt}, now())`,
        version: sql`${user.version} + 1`,
      })
      .where(eq(user.id, userId));
    await recordAudit(tx, actor, {
      ...{ action: "user.delete-account", subjectType: "user", subjectId: userId, label: DELETED_NAME },
    });
  });
