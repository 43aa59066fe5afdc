import Link from "next/link";
import type { ReactNode } from "react";
import { CERTIFICATE_TONES } from "@/components/certificate/words";
import { Badge } from "@/components/ui/badge";
import type { CertificateDetail } from "@/db/queries/certificate-detail";
import { formatDate, formatInstant } from "@/lib/format";
import { CERTIFICATE_STATE_WORDS } from "@/lib/lists/certificates";
import { Credential } from "./certificates-table-columns";
import { DeleteCertificate, RevokeCertificate } from "./delete-forms";
import { EditCertificate } from "./edit-certificate";

/** `closed` is the list without this panel. */
type Props = { certificate: CertificateDetail; canEdit: boolean; closed: string };

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="border-b py-2">
      <dt className="label">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

export function CertificatePanel({ certificate, canEdit, closed }: Props) {
  const { state, verifyCode, revokedAt, revokedReason, batchName, credentialId, description } = certificate;
  return (
    <>
      <p className="mb-2">
        <Badge tone={CERTIFICATE_TONES[state]}>{CERTIFICATE_STATE_WORDS[state]}</Badge>
      </p>
      <dl className="border-t text-sm">
        <Fact label="Student">
          <Link href={`/admin/students/${certificate.studentId}`} className="underline underline-offset-2">
            {certificate.studentName}
          </Link>
          {batchName ? <span className="text-muted"> · {batchName}</span> : null}
        </Fact>
        <Fact label="Issuer">
          {certificate.issuer}
          {certificate.issuedBy ? <span className="text-muted"> · issued here by {certificate.issuedBy}</span> : null}
        </Fact>
        <Fact label="Issued">{formatDate(certificate.dateIssued)}</Fact>
        <Fact label="Expires">{certificate.dateExpired ? formatDate(certificate.dateExpired) : "never"}</Fact>
        {credentialId ? <Fact label="Credential id">{credentialId}</Fact> : null}
        <Fact label="Credential">
          <Credential {...certificate} />
        </Fact>
        {description ? <Fact label="Description">{description}</Fact> : null}
        {revokedAt ? (
          <Fact label="Revoked">
            {formatInstant(new Date(revokedAt))}
            <span className="block text-muted">{revokedReason}</span>
          </Fact>
        ) : null}
      </dl>
      {canEdit && !revokedAt ? (
        <div className="mt-4 flex flex-wrap gap-2">
          <EditCertificate key={certificate.version} certificate={certificate} />
          {verifyCode ? (
            <RevokeCertificate certificateId={certificate.id} name={certificate.name} />
          ) : (
            <DeleteCertificate
              certificateId={certificate.id}
              name={certificate.name}
              student={certificate.studentName}
              closed={closed}
            />
          )}
        </div>
      ) : null}
      {canEdit ? null : (
        <p className="mt-4 text-sm text-muted">Only admins and the batch’s own instructors change it.</p>
      )}
    </>
  );
}
