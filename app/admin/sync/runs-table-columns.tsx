import Link from "next/link";
import type { Column } from "@/components/data-table/use-data-table";
import { Badge } from "@/components/ui/badge";
import type { RunRow } from "./run-row";

const dash = <span className="text-muted">–</span>;

export const runColumns: Column<RunRow>[] = [
  {
    id: "started",
    accessorFn: (run) => run.started.iso,
    header: "Started",
    sortDescFirst: true,
    meta: { phone: "title" },
    cell: ({ row: { original: run } }) => (
      <Link href={`/admin/sync/${run.id}`} className="tap inline-flex items-center font-medium hover:underline">
        <time dateTime={run.started.iso}>{run.started.exact}</time>
      </Link>
    ),
  },
  {
    id: "state",
    header: "State",
    enableSorting: false,
    meta: { phone: "title" },
    cell: ({ row }) => <Badge tone={row.original.state.tone}>{row.original.state.label}</Badge>,
  },
  { id: "asker", header: "Asked by", enableSorting: false, cell: ({ row }) => row.original.asker },
  { id: "scope", header: "Students", enableSorting: false, cell: ({ row }) => row.original.scope },
  {
    id: "window",
    header: "Days",
    enableSorting: false,
    meta: { phone: "hidden" },
    cell: ({ row }) => row.original.window,
  },
  {
    id: "synced",
    header: "Synced",
    enableSorting: false,
    meta: { number: true },
    cell: ({ row }) => row.original.synced ?? dash,
  },
  {
    id: "failed",
    header: "Failed",
    enableSorting: false,
    meta: { number: true },
    cell: ({ row: { original: run } }) => (run.failed ? <span className="text-bad">{run.failed}</span> : dash),
  },
  {
    id: "skipped",
    header: "Skipped",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.skipped ?? dash,
  },
  {
    id: "daysWritten",
    header: "Days changed",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.daysWritten,
  },
  {
    id: "duration",
    header: "Took",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.duration ?? dash,
  },
];
