import { Freshness } from "@/components/coding/freshness";
import type { Column } from "@/components/data-table/use-data-table";
import { Badge } from "@/components/ui/badge";
import type { StudentRow } from "./student-row";

const dash = <span className="text-muted">–</span>;

export const studentColumns: Column<StudentRow>[] = [
  {
    id: "name",
    accessorFn: (student) => student.name,
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row }) => <span className="font-medium">{row.original.name}</span>,
  },
  {
    id: "batch",
    meta: { phone: "hidden" },
    cell: ({ row }) => row.original.batch ?? dash,
  },
  {
    id: "freshness",
    meta: { phone: "line" },
    cell: ({ row }) => <Freshness words={row.original.freshness} badge />,
  },
  {
    id: "synced",
    accessorFn: (student) => student.lastSynced,
    sortDescFirst: false,
    meta: { phone: "hidden" },
    cell: ({ row }) => row.original.lastSynced ?? dash,
  },
  {
    id: "outcome",
    meta: { phone: "line" },
    cell: ({ row: { original: student } }) =>
      student.lastOutcome ? <Badge tone={student.lastOutcome.tone}>{student.lastOutcome.label}</Badge> : dash,
  },
  {
    id: "error",
    meta: { phone: "hidden" },
    cell: ({ row: { original: student } }) =>
      student.lastError ? <span title={student.lastError}>{student.lastError}</span> : dash,
  },
];
