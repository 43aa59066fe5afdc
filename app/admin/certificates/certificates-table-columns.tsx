import Link from "next/link";
import { CERTIFICATE_TONES } from "@/components/certificate/words";
import type { Column } from "@/components/data-table/use-data-table";
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
  {
    id: "student",
    meta: { phone: "title" },
    cell: ({ row }) => <span className="font-medium">{row.original.student}</span>,
  },
  { id: "batch", meta: { phone: "hidden" }, cell: ({ row }) => row.original.batch ?? dash },
  { id: "name", meta: { phone: "line" }, cell: ({ row }) => row.original.name },
  { id: "issuer", meta: { phone: "hidden" }, cell: ({ row }) => row.original.issuer },
  {
    id: "issued",
    accessorFn: (certificate) => certificate.issued,
    sortDescFirst: true,
    meta: { number: true },
    cell: ({ row }) => row.original.issued,
  },
  {
    id: "expires",
    accessorFn: (certificate) => certificate.expires,
    sortDescFirst: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.expires ?? <span className="text-muted">never</span>,
  },
  {
    id: "state",
    meta: { phone: "line" },
    cell: ({ row: { original: certificate } }) => (
      <Badge tone={CERTIFICATE_TONES[certificate.state]}>{CERTIFICATE_STATE_WORDS[certificate.state]}</Badge>
    ),
  },
  {
    id: "credential",
    meta: { phone: "hidden" },
    cell: ({ row: { original: certificate } }) => <Credential {...certificate} />,
  },
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
