import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createSerializer } from "nuqs/server";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { listSyncStudents } from "@/db/queries/sync-student-list";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { lastPage } from "@/lib/table-params";
import { BackLink } from "../back-link";
import { loadSyncStudentParams, syncStudentParams } from "./search-params";
import { toStudentRow } from "./student-row";
import { StudentsTable } from "./students-table";

export const metadata: Metadata = { title: "Connected students" };

const hrefOf = createSerializer(syncStudentParams);

export default async function SyncStudentsPage({ searchParams }: PageProps<"/admin/sync/students">) {
  const params = await loadSyncStudentParams(searchParams);
  const viewer = await requireStaff(hrefOf("/admin/sync/students", params));
  const { q, state, batch, sort, page, size } = params;
  const now = new Date();
  const found = await listSyncStudents(
    getDb(),
    { q, state, batch, page, pageSize: size, sort: sort.key, descending: sort.descending },
    viewer,
  );
  const last = lastPage(found.total, size);
  if (page > last) redirect(hrefOf("/admin/sync/students", { ...params, page: last }));
  return (
    <>
      <BackLink href="/admin/sync">All runs</BackLink>
      <PageHeader title="Connected students">
        {can(actorOf(viewer), "sync.start", null) ? null : "of your batches"}
      </PageHeader>
      <StudentsTable
        rows={found.rows.map((row) => toStudentRow(row, now))}
        total={found.total}
        page={page}
        batchName={found.batchName}
      />
    </>
  );
}
