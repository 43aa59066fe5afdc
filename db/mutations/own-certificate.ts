import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { CertificateContent } from "@/db/queries/certificate-detail";
import { academyZone, localDay, shownEnrolment } from "@/db/queries/fragments";
import { certificate } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { type Holder, insertRecord, removeRecord, updateCertificate } from "./certificate-rows";

const notFound = () => failure("not_found", "There is no such certificate of yours any more.");
const forbidden = () => failure("forbidden", "Only students keep certificates of their own here.");
const readOnly = () => failure("conflict", "Your academy issued this certificate: only the academy changes it.");

type Own = { holder: Holder; today: SQL };

/**
 * The student who acts, and the day it is for them: what they got elsewhere this morning was issued today, also where the
 * academy's day has not begun.
 */
async function actingStudent(tx: Db, userId: number): Promise<Own | null> {
  const [row] = await tx.execute<Holder & { zone: string }>(sql`
    select st.id as "studentId", u.name, coalesce(u.time_zone, e.batch_time_zone, ${academyZone}) as zone
    from student st
    join "user" u on u.id = st.user_id
    left join ${shownEnrolment(sql`now()`)} on true
    where u.id = ${userId}`);
  if (!row) return null;
  return { holder: { studentId: row.studentId, name: row.name }, today: localDay(sql`now()`, sql`${row.zone}::text`) };
}

/** Does `work` for the student who acts; nobody else has certificates of their own. */
const asStudent = <T>(
  db: Database,
  actor: Actor,
  work: (tx: Db, own: Own) => Promise<ActionResult<T>>,
): Promise<ActionResult<T>> =>
  db.transaction(async (tx) => {
    if (actor.type !== "user" || !can(actor, "certificate.change-own")) return forbidden();
    const own = await actingStudent(tx, actor.id);
    return own ? work(tx, own) : forbidden();
  });

/** The student's own certificate, locked, when it is one that they keep themselves; another's is none at all. */
async function ownRecord(tx: Db, { holder }: Own, certificateId: number) {
  const [row] = await tx
    .select()
    .from(certificate)
    .where(and(eq(certificate.id, certificateId), eq(certificate.studentId, holder.studentId)))
    .for("update");
  if (!row) return notFound();
  return row.verifyCode ? readOnly() : ok({ row, holder: holder.name });
}

/** Adds a certificate that the student got elsewhere. */
export const recordOwnCertificate = (
  db: Database,
  actor: Actor,
  content: CertificateContent,
): Promise<ActionResult<{ id: number }>> =>
  asStudent(db, actor, (tx, { holder, today }) => insertRecord(tx, actor, holder, content, today));

export const editOwnCertificate = (
  db: Database,
  actor: Actor,
  certificateId: number,
  edit: CertificateContent & { version: number },
): Promise<ActionResult> =>
  asStudent(db, actor, async (tx, own) => {
    const found = await ownRecord(tx, own, certificateId);
    return found.ok ? updateCertificate(tx, actor, found.data, edit, own.today) : found;
  });

export const deleteOwnCertificate = (db: Database, actor: Actor, certificateId: number): Promise<ActionResult> =>
  asStudent(db, actor, async (tx, own) => {
    const found = await ownRecord(tx, own, certificateId);
    if (!found.ok) return found;
    await removeRecord(tx, actor, found.data);
    return ok();
  });
