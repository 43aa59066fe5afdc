import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ImportLink } from "@/components/layout/import-link";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { listStudents } from "@/db/queries/student-list";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { studentsList } from "@/lib/lists/students";
import { lastPage } from "@/lib/table-params";
import { toStudentRow } from "../student-row";
import { StudentsTable } from "./students-table";

export const metadata: Metadata = { title: "Students" };

export default async function StudentsPage({ searchParams }: PageProps<"/admin/students">) {
  const values = await studentsList.load(searchParams);
  const viewer = await requireStaff(studentsList.href(values));
  const now = new Date();
  const found = await listStudents(getDb(), values, viewer, now);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(studentsList.href({ ...values, page: last }));
  return (
    <>
      <PageHeader title="Students">{can(actorOf(viewer), "user.import") ? <ImportLink /> : null}</PageHeader>
      <StudentsTable
        rows={found.rows.map((row) => toStudentRow(row, now))}
        total={found.total}
        page={values.page}
        words={{ batch: found.batchName, project: found.projectName }}
        chosen={viewer.listChoices.students?.columns}
        targets={found.targets}
      />
    </>
  );
}
