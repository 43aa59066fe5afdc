import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { PROJECT_TONES } from "@/components/project/words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getProjectDetail } from "@/db/queries/project-detail";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { parseAsId } from "@/lib/table-params";
import { AssignForm } from "./assign-form";
import { AssignmentTable } from "./assignment-table";
import { DeleteProject } from "./delete-project";
import { EditProject } from "./edit-project";
import { ProjectFacts } from "./project-facts";
import { projectStatistics } from "./project-statistics";

export const metadata: Metadata = { title: "Project" };

export default async function ProjectPage({ params }: PageProps<"/admin/projects/[projectId]">) {
  const { projectId } = await params;
  const id = parseAsId.parse(projectId) ?? notFound();
  const viewer = await requireStaff(`/admin/projects/${id}`);
  const project = await getProjectDetail(getDb(), id);
  if (!project) notFound();
  const { assignments, available, instructorIds, batchId, batchName, ...facts } = project;
  const canEdit = can(actorOf(viewer), "project.edit", { instructorIds });
  const statistics = projectStatistics(assignments);
  const over = facts.status === "completed" || facts.status === "cancelled";
  return (
    <>
      <BackLink href="/admin/projects">All projects</BackLink>
      <PageHeader title={facts.name}>
        <Link href={`/admin/batches/${batchId}`} className="reach underline underline-offset-2">
          {batchName}
        </Link>{" "}
        · <Badge tone={PROJECT_TONES[facts.status]}>{facts.status}</Badge>
      </PageHeader>
      {canEdit ? (
        <div className="-mt-2 mb-6 flex flex-wrap gap-2">
          <EditProject key={facts.version} project={facts} open={statistics.open} />
          <DeleteProject projectId={id} name={facts.name} cancelled={facts.status === "cancelled"} {...statistics} />
        </div>
      ) : null}
      <ProjectFacts project={facts} statistics={statistics} />
      <Panel title="Students" aside={canEdit && !over ? <AssignForm projectId={id} available={available} /> : null}>
        <AssignmentTable assignments={assignments} canEdit={canEdit} over={over} />
      </Panel>
    </>
  );
}
