"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { rosterOf } from "@/lib/lists/roster";
import type { StudentRow } from "../../student-columns";
import { rosterColumns } from "./roster-table-columns";

type Props = ListPage<StudentRow> & {
  batchId: number;
  projectName: string | null;
};

export function RosterTable({ batchId, projectName, ...props }: Props) {
  const list = useMemo(() => rosterOf(batchId), [batchId]);
  return (
    <ListView
      {...props}
      list={list}
      columns={rosterColumns}
      rowId={(student) => student.id}
      rowName={(student) => student.name}
      words={{ project: projectName }}
      opens={(student) => `/admin/students/${student.id}`}
      empty={
        <Empty title="No active students">
          They join with the registration key, or staff move them here.{" "}
          <Link
            href={list.href({ status: "all" })}
            prefetch={false}
            scroll={false}
            className="tap underline underline-offset-2"
          >
            Show everybody who is or was here
          </Link>
        </Empty>
      }
    />
  );
}
