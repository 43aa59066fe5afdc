import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CertificateState } from "@/db/enums";
import { academyToday, certificateState } from "./certificate-state";
import { shownEnrolment } from "./fragments";

/** What a form about a certificate holds. */
export type CertificateContent = {
  name: string;
  issuer: string;
  dateIssued: string;
  dateExpired: string | null;
  credentialId: string | null;
  credentialUrl: string | null;
  description: string | null;
};

export type CertificateDetail = CertificateContent & {
  id: number;
  version: number;
  studentId: number;
  userId: number;
  studentName: string;
  batchName: string | null;
  /** Who teaches the student's batch. */
  instructorIds: number[];
  issuedBy: string | null;
  verifyCode: string | null;
  revokedAt: string | null;
  revokedReason: string | null;
  state: CertificateState;
};

/** A certificate for the panel beside the list; null when there is none. */
export async function getCertificate(db: Db, certificateId: number, now: Date): Promise<CertificateDetail | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [answer] = await db.execute<{ detail: CertificateDetail }>(sql`
    select json_build_object(
      'id', c.id, 'version', c.version, 'studentId', st.id, 'userId', u.id, 'studentName', u.name,
      'batchName', e.batch_name,
      'instructorIds', array(select bi.user_id from batch_instructor bi where bi.batch_id = e.batch_id),
      'name', c.name, 'issuer', c.issuer, 'dateIssued', c.date_issued, 'dateExpired', c.date_expired,
      'credentialId', c.credential_id, 'credentialUrl', c.credential_url, 'description', c.description,
      'issuedBy', i.name, 'verifyCode', c.verify_code, 'revokedAt', c.revoked_at, 'revokedReason', c.revoked_reason,
      'state', ${certificateState(academyToday(at))}) as detail
    from certificate c
    join student st on st.id = c.student_id
    join "user" u on u.id = st.user_id
    left join "user" i on i.id = c.issued_by
    left join ${shownEnrolment(at)} on true
    where c.id = ${certificateId}`);
  return answer?.detail ?? null;
}

/** What anybody with its address is told of a certificate, and nothing else of the person. */
export type PublicCertificate = {
  holder: string;
  name: string;
  academy: string;
  dateIssued: string;
  dateExpired: string | null;
  /** The day of it, in the academy's zone. */
  revokedOn: string | null;
  state: CertificateState;
};

/** The certificate behind a public address, or null. idx_certificate_verify_code carries it. */
export async function getPublicCertificate(db: Db, code: string, now: Date): Promise<PublicCertificate | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<PublicCertificate>(sql`
    select u.name as holder, c.name, c.issuer as academy, c.date_issued::text as "dateIssued",
      c.date_expired::text as "dateExpired", ${academyToday(sql`c.revoked_at`)}::text as "revokedOn",
      ${certificateState(academyToday(at))} as state
    from certificate c
    join student st on st.id = c.student_id
    join "user" u on u.id = st.user_id
    where c.verify_code = ${code}`);
  return row ? { ...row } : null;
}
