import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { Definition } from "@/components/ui/definition";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getPortalCertificates, type OwnCertificate } from "@/db/queries/portal-certificates";
import { actorOf, requireStudent } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import type { DateString } from "@/lib/dates";
import { formatDate } from "@/lib/format";
import { CertificateCard } from "./certificate-card";
import { OwnCertificates } from "./own-forms";

export const metadata: Metadata = { title: "Certificates" };

/** What the academy issued to a student, and what the student got elsewhere and keeps here. */
export default async function PortalCertificatesPage() {
  const viewer = await requireStudent("/portal/certificates");
  const { certificates, today, zone } = await getPortalCertificates(getDb(), viewer.id, new Date());
  const canChange = !viewer.viewedBy && can(actorOf(viewer), "certificate.change-own");
  const issued = certificates.filter(({ verifyCode }) => verifyCode !== null);
  const own = certificates.filter(({ verifyCode }) => verifyCode === null);
  const records =
    own.length > 0 ? (
      <Cards certificates={own} today={today} canChange={canChange} />
    ) : (
      <div className="border-t">
        <Empty title="No certificate from elsewhere yet">
          Courses and exams that you passed at others have their place here, with or without an expiry.
        </Empty>
      </div>
    );
  return (
    <div className="max-w-4xl">
      <PageHeader title="Certificates" />
      {certificates.length > 0 ? (
        <div className="-mt-4 mb-6 text-sm text-muted">
          {summary(certificates)}, {formatDate(today)}{" "}
          <Definition id="holds" of="the state of a certificate">
            {`It holds until the end of the day it expires, by your academy’s calendar (${zone}); without such a day it holds for good. In its last 30 days it is marked. What your academy revoked holds no longer.`}
          </Definition>
        </div>
      ) : null}
      {issued.length > 0 ? (
        <Panel title="Issued by your academy" aside="only the academy changes these" className="mb-8">
          <Cards certificates={issued} today={today} />
        </Panel>
      ) : null}
      <Panel title="From elsewhere" aside="your academy sees these as well">
        {canChange ? <OwnCertificates>{records}</OwnCertificates> : records}
      </Panel>
    </div>
  );
}

/** `3 certificates, 2 hold today`. */
function summary(certificates: OwnCertificate[]): string {
  const holding = certificates.filter(({ state }) => state === "valid" || state === "expiring").length;
  const count = certificates.length;
  return `${count === 1 ? "1 certificate" : `${count} certificates`}, ${holding} ${holding === 1 ? "holds" : "hold"} today`;
}

type CardsProps = { certificates: OwnCertificate[]; today: DateString; canChange?: boolean };

function Cards({ certificates, today, canChange = false }: CardsProps) {
  return (
    <ul className="grid gap-x-10 md:grid-cols-2">
      {certificates.map((certificate) => (
        <CertificateCard key={certificate.id} certificate={certificate} today={today} canChange={canChange} />
      ))}
    </ul>
  );
}
