import type { PublicCertificate } from "@/db/queries/certificate-detail";
import { formatDate } from "@/lib/format";

type Props = { certificate: PublicCertificate; code: string };

/** Groups of four, as a person reads them out. */
const spoken = (code: string) => code.match(/.{1,4}/g)?.join(" ") ?? code;

/** The paper: light in every theme, and a landscape A4 page when printed. What no longer holds says so on paper too. */
export function CertificateSheet({ certificate, code }: Props) {
  const { holder, name, academy, dateIssued, dateExpired, state, revokedOn } = certificate;
  return (
    <article className="certificate-sheet" data-sheet>
      <p className="certificate-academy">{academy}</p>
      <div className="certificate-body">
        <p className="certificate-small">This certifies that</p>
        <h1 className="certificate-holder">{holder}</h1>
        <p className="certificate-small">has earned the certificate</p>
        <p className="certificate-name">{name}</p>
        {state === "revoked" ? (
          <p className="certificate-void">Revoked{revokedOn ? ` on ${formatDate(revokedOn)}` : ""}</p>
        ) : state === "expired" ? (
          <p className="certificate-void">Expired</p>
        ) : null}
      </div>
      <dl className="certificate-facts">
        <div>
          <dt>Issued</dt>
          <dd>{formatDate(dateIssued)}</dd>
        </div>
        <div>
          <dt>Valid until</dt>
          <dd>{dateExpired ? formatDate(dateExpired) : "no end"}</dd>
        </div>
        <div>
          <dt>Code</dt>
          <dd>{spoken(code)}</dd>
        </div>
      </dl>
    </article>
  );
}
