import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { outcomeWords, reasonWords } from "@/components/coding/sync-words";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { listSyncStudents } from "@/db/queries/sync-student-list";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { formatInstant } from "@/lib/format";
import { syncStudentsList } from "@/lib/lists/sync-students";
import { lastPage } from "@/lib/table-params";
import { toStudentRow } from "./student-row";
import { StudentsTable } from "./students-table";

export const metadata: Metadata = { title: "Connected students" };

export default async function SyncStudentsPage({ searchParams }: PageProps<"/admin/sync/students">) {
  const values = await syncStudentsList.load(searchParams);
  const viewer = await requireStaff(syncStudentsList.href(values));
  const { run, outcome, reason, page, size } = values;
  const now = new Date();
  const found = await listSyncStudents(getDb(), values, viewer);
  const last = lastPage(found.total, size);
  if (page > last) redirect(syncStudentsList.href({ ...values, page: last }));
  const own = can(actorOf(viewer), "sync.start", null) ? null : "of your batches";
  return (
    <>
      {run ? <BackLink href={`/admin/sync/${run}`}>The sync</BackLink> : <BackLink href="/admin/sync">Sync</BackLink>}
      <PageHeader title={run ? "Students of a sync" : "Connected students"}>
        {[own, run ? syncWords(found.runStartedAt) : null, run ? reasonWords(reason) : null]
          .filter(Boolean)
          .join(" · ")}
      </PageHeader>
      <StudentsTable
        rows={found.rows.map((row) => toStudentRow(row, now))}
        total={found.total}
        page={page}
        batchName={found.batchName}
        outcomeName={outcome ? outcomeWords[outcome].label : "any outcome"}
        chosen={viewer.listChoices["sync-students"]?.columns}
      />
    </>
  );
}

const syncWords = (startedAt: string | null): string | null =>
  startedAt && `started ${formatInstant(new Date(startedAt))}`;
