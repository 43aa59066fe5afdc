import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { getDb } from "@/db/client";
import { listProjects } from "@/db/queries/project-list";
import { requireStaff } from "@/lib/auth/current";
import { projectsList } from "@/lib/lists/projects";
import { lastPage } from "@/lib/table-params";
import { toProjectRow } from "./project-row";
import { ProjectsTable } from "./projects-table";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage({ searchParams }: PageProps<"/admin/projects">) {
  const values = await projectsList.load(searchParams);
  const viewer = await requireStaff(projectsList.href(values));
  const found = await listProjects(getDb(), values, viewer);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(projectsList.href({ ...values, page: last }));
  return (
    <>
      <PageHeader title="Projects">
        <Link href="/admin/projects/new" className={buttonClass({ small: true })}>
          New project
        </Link>
      </PageHeader>
      <ProjectsTable
        rows={found.rows.map(toProjectRow)}
        total={found.total}
        page={values.page}
        batchName={found.batchName}
        chosen={viewer.listChoices.projects?.columns}
      />
    </>
  );
}
