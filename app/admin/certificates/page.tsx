import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { getDb } from "@/db/client";
import { getCertificate } from "@/db/queries/certificate-detail";
import { listCertificates } from "@/db/queries/certificate-list";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { certificatesList } from "@/lib/lists/certificates";
import { lastPage } from "@/lib/table-params";
import { CertificatePanel } from "./certificate-panel";
import { toCertificateRow } from "./certificate-row";
import { CertificatesTable } from "./certificates-table";

export const metadata: Metadata = { title: "Certificates" };

export default async function CertificatesPage({ searchParams }: PageProps<"/admin/certificates">) {
  const values = await certificatesList.load(searchParams);
  const viewer = await requireStaff(certificatesList.href(values));
  const [db, now] = [getDb(), new Date()];
  const [found, open] = await Promise.all([
    listCertificates(db, values, viewer, now),
    values.open ? getCertificate(db, values.open, now) : null,
  ]);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(certificatesList.href({ ...values, page: last }));
  return (
    <>
      <PageHeader title="Certificates">
        <span className="flex gap-2">
          <Link href="/admin/certificates/new" className={buttonClass({ small: true })}>
            Record one
          </Link>
          <Link href="/admin/certificates/issue" className={buttonClass({ small: true })}>
            Issue to graduates
          </Link>
        </span>
      </PageHeader>
      <CertificatesTable
        rows={found.rows.map(toCertificateRow)}
        total={found.total}
        page={values.page}
        batchName={found.batchName}
        chosen={viewer.listChoices.certificates?.columns}
        panelTitle={open?.name}
        panel={
          open ? (
            <CertificatePanel
              certificate={open}
              canEdit={can(actorOf(viewer), "certificate.edit", open)}
              closed={certificatesList.href({ ...values, open: null })}
            />
          ) : null
        }
      />
    </>
  );
}
