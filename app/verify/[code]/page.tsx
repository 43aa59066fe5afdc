import "./certificate.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GatePage } from "@/components/layout/gate-page";
import { getDb } from "@/db/client";
import { getPublicCertificate, type PublicCertificate } from "@/db/queries/certificate-detail";
import { limitVerify } from "@/lib/auth/limits";
import { requestDevice } from "@/lib/auth/sign-in";
import { CertificateSheet } from "./certificate-sheet";
import { PrintButton } from "./print-button";
import { VerifyState } from "./verify-state";

export const metadata: Metadata = {
  title: "Certificate",
  robots: { index: false, follow: false, noarchive: true },
  referrer: "no-referrer",
};

/** As a person may type it from paper: in any case, with spaces and hyphens. */
const codeOf = (typed: string) => typed.replace(/[\s-]|%20/g, "").toUpperCase();

const CODE = /^[\w-]{1,64}$/;

/** Public: whoever has the address learns what the paper says and whether it holds, and nothing else. */
export default async function VerifyPage({ params }: PageProps<"/verify/[code]">) {
  const { code: given } = await params;
  const db = getDb();
  const limited = await limitVerify(db, (await requestDevice()).ip);
  if (limited) {
    return (
      <GatePage title="One moment, please">
        <p>{limited.message}</p>
      </GatePage>
    );
  }
  const now = new Date();
  for (const code of new Set([given, codeOf(given)])) {
    const certificate = CODE.test(code) ? await getPublicCertificate(db, code, now) : null;
    if (certificate) return <Certificate certificate={certificate} code={code} />;
  }
  notFound();
}

function Certificate({ certificate, code }: { certificate: PublicCertificate; code: string }) {
  return (
    <main className="mx-auto grid w-full max-w-5xl gap-6 px-4 py-8 print:block print:max-w-none print:p-0">
      <header className="flex flex-wrap items-start justify-between gap-4 print:hidden">
        <VerifyState certificate={certificate} />
        <PrintButton />
      </header>
      <CertificateSheet certificate={certificate} code={code} />
    </main>
  );
}
