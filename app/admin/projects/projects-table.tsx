"use client";

import Link from "next/link";
import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { projectsList } from "@/lib/lists/projects";
import { type ProjectRow, projectColumns } from "./projects-table-columns";

type Props = ListPage<ProjectRow> & { batchName: string | null };

export function ProjectsTable({ batchName, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={projectsList}
      columns={projectColumns}
      rowId={(project) => project.id}
      rowName={(project) => project.name}
      words={{ batch: batchName }}
      opens={(project) => `/admin/projects/${project.id}`}
      empty={
        <Empty title="No projects yet">
          A project is work that students of a batch do.{" "}
          <Link href="/admin/projects/new" prefetch={false} className="underline underline-offset-2">
            Create the first one
          </Link>
        </Empty>
      }
    />
  );
}
