import { randomInt } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { CertificateContent } from "@/db/queries/certificate-detail";
import { academyToday } from "@/db/queries/certificate-state";
import { listGraduates, teachersOfStudent } from "@/db/queries/certificate-students";
import { getLastEditor } from "@/db/queries/last-editor";
import { batch, certificate } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, editedMeanwhile, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { instructorIdsOf } from "./batch-key";

const notFound = () => failure("not_found", "There is no such certificate any more.");
const forbidden = () =>
  failure("forbidden", "Certificates are changed by admins and by the instructors of the student’s batch.");

const contentOf = (content: CertificateContent): CertificateContent => ({
  name: content.name,
  issuer: content.issuer,
  dateIssued: content.dateIssued,
  dateExpired: content.dateExpired,
  credentialId: content.credentialId,
  credentialUrl: content.credentialUrl,
  description: content.description,
});

type Dates = Pick<CertificateContent, "dateIssued" | "dateExpired">;

/** A certificate need not expire (old defect 10); when it does, then not before it was issued, and that is no day to come. */
async function faultyDates(tx: Db, { dateIssued, dateExpired }: Dates): Promise<Failure | null> {
  const fields: Record<string, string> = {};
  if (dateExpired && dateExpired < dateIssued) fields.dateExpired = "It would expire before it was issued.";
  const [row] = await tx.execute<{ today: string }>(sql`select ${academyToday(sql`now()`)}::text as today`);
  if (row && dateIssued > row.today) fields.dateIssued = "This day has not come yet.";
  return Object.keys(fields).length > 0 ? failure("invalid", "Please look at the marked fields.", { fields }) : null;
}

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
    const refused = await faultyDates(tx, content);
    if (refused) return refused;
    const [row] = await tx
      .insert(certificate)
      .values({ studentId, ...contentOf(content) })
      .returning({ id: certificate.id });
    if (!row) throw new Error("inserting a certificate returned no row");
    await recordAudit(tx, actor, {
      action: "certificate.record",
      subjectType: "certificate",
      subjectId: row.id,
      label: `${holder.name} · ${content.name}`,
      after: { studentId, student: holder.name, ...contentOf(content) },
    });
    return ok(row);
  });

/** The certificate, locked, with its holder's name, when the actor may change it. */
async function certificateToChange(tx: Db, actor: Actor, certificateId: number) {
  const [row] = await tx.select().from(certificate).where(eq(certificate.id, certificateId)).for("update");
  const holder = row && (await teachersOfStudent(tx, row.studentId, new Date()));
  if (!row || !holder) return notFound();
  return can(actor, "certificate.edit", holder) ? ok({ row, holder: holder.name }) : forbidden();
}

/** Corrects a certificate. The academy stays the issuer of what it issued; what was revoked stays as it was. */
export const editCertificate = (
  db: Database,
  actor: Actor,
  certificateId: number,
  { version, ...content }: CertificateContent & { version: number },
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await certificateToChange(tx, actor, certificateId);
    if (!found.ok) return found;
    const { row: before, holder } = found.data;
    if (before.revokedAt) return failure("conflict", "This certificate was revoked and can no longer be changed.");
    if (before.version !== version) {
      const by = await getLastEditor(tx, "certificate", certificateId);
      return editedMeanwhile({ version: before.version, by, values: contentOf(before) });
    }
    const refused = await faultyDates(tx, content);
    if (refused) return refused;
    const after = contentOf({ ...content, issuer: before.verifyCode ? before.issuer : content.issuer });
    await tx
      .update(certificate)
      .set({ ...after, version: sql`${certificate.version} + 1` })
      .where(eq(certificate.id, certificateId));
    await recordAudit(tx, actor, {
      action: "certificate.edit",
      subjectType: "certificate",
      subjectId: certificateId,
      label: `${holder} · ${after.name}`,
      before: contentOf(before),
      after,
    });
    return ok();
  });

/** Takes a record away. What the academy issued is out in the world: that is revoked instead. */
export const deleteCertificate = (db: Database, actor: Actor, certificateId: number): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const found = await certificateToChange(tx, actor, certificateId);
    if (!found.ok) return found;
    const { row, holder } = found.data;
    if (row.verifyCode) return failure("conflict", "The academy issued this certificate: revoke it instead.");
    await tx.delete(certificate).where(eq(certificate.id, certificateId));
    await recordAudit(tx, actor, {
      action: "certificate.delete",
      subjectType: "certificate",
      subjectId: certificateId,
      label: `${holder} · ${row.name}`,
      before: { studentId: row.studentId, student: holder, ...contentOf(row) },
    });
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

export type Issue = { batchId: number; name: string; description: string | null } & Dates;

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
    const refused = await faultyDates(tx, { dateIssued, dateExpired });
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
