import type { CertificateListRow } from "@/db/queries/certificate-list";
import { formatDate } from "@/lib/format";
import type { CertificateRow } from "./certificates-table-columns";

/** A row of the query in the words of the table. */
export const toCertificateRow = (row: CertificateListRow): CertificateRow => ({
  id: row.id,
  student: row.studentName,
  batch: row.batchName,
  name: row.name,
  issuer: row.issuer,
  issued: formatDate(row.dateIssued),
  expires: row.dateExpired && formatDate(row.dateExpired),
  state: row.state,
  credentialUrl: row.credentialUrl,
  verifyCode: row.verifyCode,
});
