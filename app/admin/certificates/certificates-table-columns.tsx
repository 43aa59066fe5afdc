import Link from "next/link";
import { CERTIFICATE_TONES } from "@/components/certificate/words";
import type { Column } from "@/components/data-table/column";
import { Badge } from "@/components/ui/badge";
import type { CertificateState } from "@/db/enums";
import { CERTIFICATE_STATE_WORDS } from "@/lib/lists/certificates";

/** A certificate as the table shows one: every date in words already, so that server and browser agree. */
export type CertificateRow = {
  id: number;
  student: string;
  batch: string | null;
  name: string;
  issuer: string;
  issued: string;
  expires: string | null;
  state: CertificateState;
  credentialUrl: string | null;
  verifyCode: string | null;
};

const dash = <span className="text-muted">–</span>;

export const certificateColumns: Column<CertificateRow>[] = [
  { id: "student", phone: "title", cell: (certificate) => <span className="font-medium">{certificate.student}</span> },
  { id: "batch", phone: "hidden", cell: (certificate) => certificate.batch ?? dash },
  { id: "name", phone: "line", cell: (certificate) => certificate.name },
  { id: "issuer", phone: "hidden", cell: (certificate) => certificate.issuer },
  { id: "issued", descendingFirst: true, number: true, cell: (certificate) => certificate.issued },
  {
    id: "expires",
    number: true,
    phone: "hidden",
    cell: (certificate) => certificate.expires ?? <span className="text-muted">never</span>,
  },
  {
    id: "state",
    phone: "line",
    cell: (certificate) => (
      <Badge tone={CERTIFICATE_TONES[certificate.state]}>{CERTIFICATE_STATE_WORDS[certificate.state]}</Badge>
    ),
  },
  { id: "credential", phone: "hidden", cell: (certificate) => <Credential {...certificate} /> },
];

const link = "reach underline underline-offset-2";

/** Where the outside world sees it: our own page for what the academy issued, else the issuer's. */
export function Credential({ verifyCode, credentialUrl }: Pick<CertificateRow, "verifyCode" | "credentialUrl">) {
  if (verifyCode) {
    return (
      <Link href={`/verify/${verifyCode}`} prefetch={false} className={link}>
        Public page
      </Link>
    );
  }
  if (!credentialUrl) return dash;
  return (
    <a href={credentialUrl} rel="noreferrer nofollow" target="_blank" className={link}>
      At the issuer
    </a>
  );
}
