import Link from "next/link";
import { Freshness } from "@/components/coding/freshness";
import type { Column } from "@/components/data-table/use-data-table";
import { Badge } from "@/components/ui/badge";
import type { StudentRow } from "./student-row";

const dash = <span className="text-muted">–</span>;

export const studentColumns: Column<StudentRow>[] = [
  {
    id: "name",
    accessorFn: (student) => student.name,
    header: "Name",
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row: { original: student } }) => (
      <Link
        href={`/admin/sync/students/${student.id}`}
        className="tap inline-flex max-w-full items-center font-medium hover:underline"
      >
        <span className="truncate">{student.name}</span>
      </Link>
    ),
  },
  {
    id: "batch",
    header: "Batch",
    enableSorting: false,
    meta: { phone: "hidden" },
    cell: ({ row }) => row.original.batch ?? dash,
  },
  {
    id: "freshness",
    header: "Link",
    enableSorting: false,
    meta: { phone: "line" },
    cell: ({ row }) => <Freshness words={row.original.freshness} badge />,
  },
  {
    id: "synced",
    accessorFn: (student) => student.lastSynced,
    header: "Last synced",
    sortDescFirst: false,
    meta: { phone: "hidden" },
    cell: ({ row }) => row.original.lastSynced ?? dash,
  },
  {
    id: "outcome",
    header: "Last outcome",
    enableSorting: false,
    meta: { phone: "line" },
    cell: ({ row: { original: student } }) =>
      student.lastOutcome ? <Badge tone={student.lastOutcome.tone}>{student.lastOutcome.label}</Badge> : dash,
  },
  {
    id: "error",
    header: "Last error",
    enableSorting: false,
    meta: { phone: "hidden" },
    cell: ({ row: { original: student } }) =>
      student.lastError ? <span title={student.lastError}>{student.lastError}</span> : dash,
  },
];
