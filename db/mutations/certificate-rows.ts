import { eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CertificateContent } from "@/db/queries/certificate-detail";
import { getLastEditor } from "@/db/queries/last-editor";
import { certificate } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { type ActionResult, editedMeanwhile, type Failure, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";

export type CertificateRow = typeof certificate.$inferSelect;
/** Whose certificate it is, by name in the audit log. */
export type Holder = { studentId: number; name: string };

export const contentOf = (content: CertificateContent): CertificateContent => ({
  name: content.name,
  issuer: content.issuer,
  dateIssued: content.dateIssued,
  dateExpired: content.dateExpired,
  credentialId: content.credentialId,
  credentialUrl: content.credentialUrl,
  description: content.description,
});

export type CertificateDates = Pick<CertificateContent, "dateIssued" | "dateExpired">;

/**
 * A certificate need not expire (old defect 10); when it does, then not before it was issued, and that is no day to come
 * by the calendar of whoever writes it down: `today` is a date in SQL.
 */
export async function faultyDates(
  tx: Db,
  { dateIssued, dateExpired }: CertificateDates,
  today: SQL,
): Promise<Failure | null> {
  const fields: Record<string, string> = {};
  if (dateExpired && dateExpired < dateIssued) fields.dateExpired = "It would expire before it was issued.";
  const [row] = await tx.execute<{ today: string }>(sql`select (${today})::text as today`);
  if (row && dateIssued > row.today) fields.dateIssued = "This day has not come yet.";
  return Object.keys(fields).length > 0 ? failure("invalid", "Please look at the marked fields.", { fields }) : null;
}

/** Writes down a certificate that was earned elsewhere. */
export async function insertRecord(
  tx: Db,
  actor: Actor,
  { studentId, name }: Holder,
  content: CertificateContent,
  today: SQL,
): Promise<ActionResult<{ id: number }>> {
  const refused = await faultyDates(tx, content, today);
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
    label: `${name} · ${content.name}`,
    after: { studentId, student: name, ...contentOf(content) },
  });
  return ok(row);
}

/** Corrects the certificate `before`, which is locked. The academy stays the issuer of what it issued. */
export async function updateCertificate(
  tx: Db,
  actor: Actor,
  { row: before, holder }: { row: CertificateRow; holder: string },
  { version, ...content }: CertificateContent & { version: number },
  today: SQL,
): Promise<ActionResult> {
  if (before.version !== version) {
    const by = await getLastEditor(tx, "certificate", before.id);
    return editedMeanwhile({ version: before.version, by, values: contentOf(before) });
  }
  const refused = await faultyDates(tx, content, today);
  if (refused) return refused;
  const after = contentOf({ ...content, issuer: before.verifyCode ? before.issuer : content.issuer });
  await tx
    .update(certificate)
    .set({ ...after, version: sql`${certificate.version} + 1` })
    .where(eq(certificate.id, before.id));
  await recordAudit(tx, actor, {
    action: "certificate.edit",
    subjectType: "certificate",
    subjectId: before.id,
    label: `${holder} · ${after.name}`,
    before: contentOf(before),
    after,
  });
  return ok();
}

/** Takes a record, which is locked, away for good. */
export async function removeRecord(
  tx: Db,
  actor: Actor,
  { row, holder }: { row: CertificateRow; holder: string },
): Promise<void> {
  await tx.delete(certificate).where(eq(certificate.id, row.id));
  await recordAudit(tx, actor, {
    action: "certificate.delete",
    subjectType: "certificate",
    subjectId: row.id,
    label: `${holder} · ${row.name}`,
    before: { studentId: row.studentId, student: holder, ...contentOf(row) },
  });
}
