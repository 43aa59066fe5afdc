import Link from "next/link";
import { CERTIFICATE_TONES } from "@/components/certificate/words";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { OutsideLink } from "@/components/ui/outside-link";
import type { OwnCertificate } from "@/db/queries/portal-certificates";
import type { DateString } from "@/lib/dates";
import { formatDate } from "@/lib/format";
import { expiryWords } from "./expiry-words";
import { ChangeCertificate } from "./own-forms";

type Props = {
  certificate: OwnCertificate;
  today: DateString;
  /** The student may change it: their own only, never what the academy issued. */
  canChange: boolean;
};

/** One certificate: what it is, whether it holds, and where the world sees it. */
export function CertificateCard({ certificate, today, canChange }: Props) {
  const { id, name, issuer, dateIssued, state, credentialId, credentialUrl, description, verifyCode } = certificate;
  const words = expiryWords(certificate, today);
  return (
    <li className="flex min-w-0 flex-col items-start gap-1 border-t py-4" data-certificate={id}>
      <p className="flex w-full flex-wrap items-baseline justify-between gap-x-4">
        <Badge tone={CERTIFICATE_TONES[state]}>{words.state}</Badge>
        <span className="label">{words.day}</span>
      </p>
      <h3 className="max-w-full text-base font-medium tracking-tight break-words">{name}</h3>
      <p className="max-w-full break-words text-muted">
        {issuer}, {formatDate(dateIssued)}
      </p>
      {credentialId ? <p className="label max-w-full break-all">Credential id {credentialId}</p> : null}
      {description ? <p className="max-w-full text-sm break-words whitespace-pre-line">{description}</p> : null}
      {verifyCode ? <PublicPage verifyCode={verifyCode} name={name} isRevoked={state === "revoked"} /> : null}
      {!verifyCode && credentialUrl ? (
        <p className="max-w-full text-sm">
          <OutsideLink href={credentialUrl}>
            Credential<span className="sr-only"> of {name}</span> at the issuer
          </OutsideLink>
        </p>
      ) : null}
      {canChange ? <ChangeCertificate certificate={certificate} /> : null}
    </li>
  );
}

/** Where anybody can see that the academy issued it, and whether it holds. */
function PublicPage({ verifyCode, name, isRevoked }: { verifyCode: string; name: string; isRevoked: boolean }) {
  const path = `/verify/${verifyCode}`;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm">
      <Link href={path} prefetch={false} className="reach underline underline-offset-2">
        Public page<span className="sr-only"> of {name}</span>
      </Link>
      {isRevoked ? (
        <span className="text-muted">says that it was revoked</span>
      ) : (
        <CopyButton text={path} label={`Copy the link to the public page of ${name}`} />
      )}
    </p>
  );
}
