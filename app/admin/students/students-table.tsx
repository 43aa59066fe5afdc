"use client";

import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { studentsList } from "@/lib/lists/students";
import { type StudentRow, studentColumns } from "../student-columns";
import { type MoveTarget, StudentsBulk } from "./students-bulk";

type Props = ListPage<StudentRow> & {
  words: { batch: string | null; project: string | null };
  targets: MoveTarget[];
};

export function StudentsTable({ targets, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={studentsList}
      columns={studentColumns}
      rowId={(student) => student.id}
      rowName={(student) => student.name}
      opens={(student) => `/admin/students/${student.id}`}
      actions={(selection) => <StudentsBulk selection={selection} targets={targets} />}
      empty={
        <Empty title="No active students">
          Students appear here once they sign up with a batch’s registration key or are enrolled. Take the status away
          to see those who are paused, invited or no longer here.
        </Empty>
      }
    />
  );
}
