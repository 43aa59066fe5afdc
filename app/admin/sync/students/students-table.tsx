"use client";

import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { syncStudentsList } from "@/lib/lists/sync-students";
import type { StudentRow } from "./student-row";
import { studentColumns } from "./students-table-columns";

type Props = ListPage<StudentRow> & {
  batchName: string | null;
  /** How the sync that is filtered by ended for them. */
  outcomeName: string;
};

export function StudentsTable({ batchName, outcomeName, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={syncStudentsList}
      columns={studentColumns}
      rowId={(student) => student.id}
      rowName={(student) => student.name}
      words={{ batch: batchName, run: outcomeName }}
      opens={(student) => `/admin/sync/students/${student.id}`}
      empty={<Empty title="No student is connected yet">Students connect WakaTime in their own portal.</Empty>}
    />
  );
}
