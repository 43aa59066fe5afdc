import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getPortalProject } from "@/db/queries/portal-project";
import { actorOf, requireStudent } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { CurrentProject, ProjectStanding } from "./current-project";
import { EarlierProjects } from "./earlier-projects";
import { noProjectWords } from "./words";

export const metadata: Metadata = { title: "Project" };

/** The project that a student is on, or what it means to be on none; and the ones before. */
export default async function PortalProjectPage() {
  const viewer = await requireStudent("/portal/project");
  const { standing, assignments } = await getPortalProject(getDb(), viewer.id, new Date());
  const canChange = !viewer.viewedBy && can(actorOf(viewer), "assignment.change-own");
  const current = assignments.find(({ status }) => status === "assigned" || status === "active");
  const earlier = assignments.filter((each) => each !== current);
  return (
    <div className="max-w-2xl">
      {current ? (
        <>
          <PageHeader title={current.project.name}>
            <ProjectStanding assignment={current} />
          </PageHeader>
          <CurrentProject assignment={current} canChange={canChange} />
        </>
      ) : (
        <>
          <PageHeader title="Project" />
          <div className="border-t">
            <Empty title="You are on no project at the moment">
              <p className="mx-auto max-w-prose">{noProjectWords(standing)}</p>
            </Empty>
          </div>
        </>
      )}
      {earlier.length > 0 ? <EarlierProjects assignments={earlier} canChange={canChange} /> : null}
    </div>
  );
}
