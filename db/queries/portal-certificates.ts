import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CertificateState } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import type { CertificateContent } from "./certificate-detail";
import { academyToday, certificateState } from "./certificate-state";
import { academyZone } from "./fragments";

export type OwnCertificate = CertificateContent & {
  id: number;
  version: number;
  state: CertificateState;
  /** Of those that the academy issued: what its public page is asked by. Null for those from elsewhere. */
  verifyCode: string | null;
  /** The day of it, in the academy's zone. Why stays with staff. */
  revokedOn: DateString | null;
};

export type PortalCertificates = {
  /** The day by which certificates hold or not: the academy's, as on the public page. */
  today: DateString;
  zone: string;
  /** The latest first. */
  certificates: OwnCertificate[];
};

/** `/portal/certificates` at `now` in one statement; idx_certificate_student carries it. */
export async function getPortalCertificates(db: Db, userId: number, now: Date): Promise<PortalCertificates> {
  const today = academyToday(sql`${now.toISOString()}::timestamptz`);
  const [row] = await db.execute<PortalCertificates>(sql`
    select ${today}::text as today, ${academyZone} as zone, (
      select coalesce(json_agg(json_build_object(
          'id', c.id, 'version', c.version, 'name', c.name, 'issuer', c.issuer, 'dateIssued', c.date_issued,
          'dateExpired', c.date_expired, 'credentialId', c.credential_id, 'credentialUrl', c.credential_url,
          'description', c.description, 'verifyCode', c.verify_code, 'state', ${certificateState(today)},
          'revokedOn', ${academyToday(sql`c.revoked_at`)})
        order by c.date_issued desc, c.id desc), '[]')
      from certificate c
      where c.student_id = (select st.id from student st where st.user_id = ${userId})) as certificates`);
  if (!row) throw new Error("the statement returned no row");
  return { ...row };
}
