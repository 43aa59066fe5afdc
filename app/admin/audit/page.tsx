import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getAuditEvent, listAudit } from "@/db/queries/audit-list";
import { requireStaff } from "@/lib/auth/current";
import { auditList } from "@/lib/lists/audit";
import { lastPage } from "@/lib/table-params";
import { toAuditRow } from "./audit-row";
import { AuditTable } from "./audit-table";
import { EventPanel } from "./event-panel";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: PageProps<"/admin/audit">) {
  const values = await auditList.load(searchParams);
  const viewer = await requireStaff(auditList.href(values), "audit.read");
  const now = new Date();
  const found = await listAudit(getDb(), values);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(auditList.href({ ...values, page: last }));
  const open = values.open ? await getAuditEvent(getDb(), values.open) : null;
  return (
    <>
      <PageHeader title="Audit log">Every change, by people and by jobs</PageHeader>
      <AuditTable
        rows={found.rows.map((row) => toAuditRow(row, now))}
        total={found.total}
        page={values.page}
        actorName={found.actorName}
        chosen={viewer.listChoices.audit?.columns}
        panel={open ? <EventPanel event={open} /> : undefined}
        panelTitle={open ? open.label : undefined}
      />
    </>
  );
}
