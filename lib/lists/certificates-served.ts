import {
  type CertificateFacet,
  type CertificateListRow,
  certificateSource,
  countCertificatesBy,
} from "@/db/queries/certificate-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { env } from "@/lib/env";
import { CERTIFICATE_STATE_WORDS, certificatesList } from "./certificates";
import { serve } from "./served";

/** Where the outside world finds it: the issuer's page, or ours as far as our address is known. */
const credentialOf = ({ credentialUrl, verifyCode }: CertificateListRow): string | null =>
  credentialUrl ?? (verifyCode ? `${env().APP_URL ?? ""}/verify/${verifyCode}` : null);

export const servedCertificates = serve<typeof certificatesList, CertificateListRow>({
  list: certificatesList,
  allowed: (viewer) => can(actorOf(viewer), "certificate.list"),
  source: certificateSource,
  // A field for a day has no menu.
  counts: async (db, filter, values, viewer, now) =>
    filter === "from" || filter === "until"
      ? []
      : countCertificatesBy(db, filter satisfies CertificateFacet, values, viewer, now),
  cells: (row) => ({
    student: row.studentName,
    batch: row.batchName,
    name: row.name,
    issuer: row.issuer,
    issued: row.dateIssued,
    expires: row.dateExpired,
    state: CERTIFICATE_STATE_WORDS[row.state],
    credential: credentialOf(row),
  }),
});
