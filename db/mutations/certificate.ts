import { randomInt } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { CertificateContent } from "@/db/queries/certificate-detail";
import { academyToday } from "@/db/queries/certificate-state";
import { listGraduates, teachersOfStudent } from "@/db/queries/certificate-students";
import { batch, certificate } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { instructorIdsOf } from "./batch-key";
import { type CertificateDates, faultyDates, insertRecord, removeRecord, updateCertificate } from "./certificate-rows";

const notFound = () => failure("not_found", "There is no such certificate any more.");
const forbidden = () =>
  failure("forbidden", "Certificates are changed by admins and by the instructors of the student’s batch.");

/** Staff write down by the academy's calendar. */
const TODAY = academyToday(sql`now()`);

/** Writes down a certificate that a student got elsewhere. */
export const recordCertificate = (
  db: Database,
  actor: Actor,
  studentId: number,
  content: CertificateContent,
): Promise<ActionResult<{ id: number }>> =>
  db.transaction(async (tx) => {
    const holder = await teachersOfStudent(tx, studentId, new Date());
    if (!can(actor, "certificate.edit", holder ?? { instructorIds: [] })) return forbidden();
    if (!holder) return failure("not_found", "There is no such student.");
    return insertRecord(tx, actor, { studentId, name: holder.name }, content, TODAY);
  });

/** The certificate, locked, with its holder's name, when the actor may change it. */
async function certificateToChange(tx: Db, actor: Actor, certificateId: number) {
  const [row] = await tx.select().from(certificate).where(eq(certificate.id, certificateId)).for("update");
  const holder = row && (await teachersOfStudent(tx, row.studentId, new Date()));
  if (!row || !holder) return notFound();
  return can(actor, "certificate.edit", holder) ? ok({ row, holder: holder.name }) : forbidden();
}

/** Corrects a certificate; what was revoked stays as it was. */
export const editCertificate = (
  db: Database,
  actor: Actor,
  certificateId: number,
  edit: CertificateContent & { version: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await certificateToChange(tx, actor, certificateId);
    if (!found.ok) return found;
    if (found.data.row.revokedAt) {
      return failure("conflict", "This certificate was revoked and can no longer be changed.");
    }
    return updateCertificate(tx, actor, found.data, edit, TODAY);
  });

/** Takes a record away. What the academy issued is out in the world: that is revoked instead. */
export const deleteCertificate = (db: Database, actor: Actor, certificateId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await certificateToChange(tx, actor, certificateId);
    if (!found.ok) return found;
    if (found.data.row.verifyCode) {
      return failure("conflict", "The academy issued this certificate: revoke it instead.");
    }
    await removeRecord(tx, actor, found.data);
    return ok();
  });

/** Its public page says so from now on; the reason stays with staff. */
export const revokeCertificate = (
  db: Database,
  actor: Actor,
  certificateId: number,
  reason: string,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await certificateToChange(tx, actor, certificateId);
    if (!found.ok) return found;
    const { row, holder } = found.data;
    if (!row.verifyCode) return failure("conflict", "Only what the academy issued is revoked: delete this record.");
    if (row.revokedAt) return failure("conflict", "This certificate was revoked already.");
    await tx
      .update(certificate)
      .set({ revokedAt: sql`now()`, revokedReason: reason, version: sql`${certificate.version} + 1` })
      .where(eq(certificate.id, certificateId));
    await recordAudit(tx, actor, {
      action: "certificate.revoke",
      subjectType: "certificate",
      subjectId: certificateId,
      label: `${holder} · ${row.name}`,
      after: { reason },
    });
    return ok();
  });

// Capital letters and digits that nobody takes for each other; 24 of them are 120 random bits.
const CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE_LENGTH = 24;

const newVerifyCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");

export type Issue = { batchId: number; name: string; description: string | null } & CertificateDates;

/**
 * Issues a certificate to every graduate of a batch who has none of this name that holds, in one transaction. Two at
 * once, also for batches that share graduates, take turns over the student rows: nobody gets it twice.
 */
export const issueCertificates = (
  db: Database,
  actor: Actor,
  { batchId, name, description, dateIssued, dateExpired }: Issue,
): Promise<ActionResult<{ issued: number; had: number }>> =>
  db.transaction(async (tx) => {
    const [target] = await tx.select({ name: batch.name }).from(batch).where(eq(batch.id, batchId)).for("key share");
    if (actor.type !== "user" || !can(actor, "certificate.edit", { instructorIds: await instructorIdsOf(tx, batchId) }))
      return forbidden();
    if (!target) return failure("not_found", "There is no such batch any more.");
    const refused = await faultyDates(tx, { dateIssued, dateExpired }, TODAY);
    if (refused) return refused;
    await tx.execute(sql`
      select st.id from student st
      where st.id in (select student_id from enrolment where batch_id = ${batchId} and status = 'graduated')
      order by st.id for no key update`);
    // A statement of its own: it sees what those wrote who had the locks before.
    const graduates = await listGraduates(tx, batchId, name, new Date());
    const without = graduates.filter(({ has }) => !has);
    const [academy] = await tx.execute<{ name: string }>(
      sql`select coalesce((select value #>> '{}' from setting where key = 'academy_name'), 'Cohort') as name`,
    );
    for (const graduate of without) {
      const verifyCode = newVerifyCode();
      const issuer = academy?.name ?? "Cohort";
      const content = { name, issuer, dateIssued, dateExpired, description };
      const [row] = await tx
        .insert(certificate)
        .values({ studentId: graduate.id, ...content, issuedBy: actor.id, verifyCode })
        .returning({ id: certificate.id });
      if (!row) throw new Error("inserting a certificate returned no row");
      await recordAudit(tx, actor, {
        action: "certificate.issue",
        subjectType: "certificate",
        subjectId: row.id,
        label: `${graduate.name} · ${name}`,
        after: { studentId: graduate.id, student: graduate.name, batch: target.name, ...content },
      });
    }
    return ok({ issued: without.length, had: graduates.length - without.length });
  });
