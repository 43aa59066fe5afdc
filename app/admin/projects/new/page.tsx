import type { Metadata } from "next";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { listOwnBatches } from "@/db/queries/project-batches";
import { requireStaff } from "@/lib/auth/current";
import { parseAsId } from "@/lib/table-params";
import { NewProjectForm } from "./new-project-form";

export const metadata: Metadata = { title: "New project" };

/** `?batch=` chooses the batch that the visitor comes from. */
export default async function NewProjectPage({ searchParams }: PageProps<"/admin/projects/new">) {
  const { batch } = await searchParams;
  const viewer = await requireStaff("/admin/projects/new");
  const batches = await listOwnBatches(getDb(), viewer);
  const asked = typeof batch === "string" ? parseAsId.parse(batch) : null;
  return (
    <>
      <BackLink href="/admin/projects">All projects</BackLink>
      <PageHeader title="New project" />
      {batches.length > 0 ? (
        <NewProjectForm batches={batches} batchId={batches.some(({ id }) => id === asked) ? asked : null} />
      ) : (
        <Empty title="No batch to give a project to">
          Projects belong to batches: yours, or as an admin any that is not archived.
        </Empty>
      )}
    </>
  );
}
