import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { getDb } from "@/db/client";
import { listBatches } from "@/db/queries/batch-list";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { batchesList } from "@/lib/lists/batches";
import { lastPage } from "@/lib/table-params";
import { toBatchRow } from "./batch-row";
import { BatchesTable } from "./batches-table";

export const metadata: Metadata = { title: "Batches" };

export default async function BatchesPage({ searchParams }: PageProps<"/admin/batches">) {
  const values = await batchesList.load(searchParams);
  const viewer = await requireStaff(batchesList.href(values));
  const found = await listBatches(getDb(), values, viewer, new Date());
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(batchesList.href({ ...values, page: last }));
  const canCreate = can(actorOf(viewer), "batch.create");
  return (
    <>
      <PageHeader title="Batches">
        {canCreate ? (
          <Link href="/admin/batches/new" className={buttonClass({ small: true })}>
            New batch
          </Link>
        ) : null}
      </PageHeader>
      <BatchesTable
        rows={found.rows.map(toBatchRow)}
        total={found.total}
        page={values.page}
        chosen={viewer.listChoices.batches?.columns}
        canCreate={canCreate}
      />
    </>
  );
}
