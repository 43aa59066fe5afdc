import type { Column } from "@/components/data-table/use-data-table";
import { Badge } from "@/components/ui/badge";
import type { RunRow } from "./run-row";

const dash = <span className="text-muted">–</span>;

export const runColumns: Column<RunRow>[] = [
  {
    id: "started",
    accessorFn: (run) => run.started.iso,
    sortDescFirst: true,
    meta: { phone: "title" },
    cell: ({ row: { original: run } }) => (
      <time dateTime={run.started.iso} className="font-medium">
        {run.started.exact}
      </time>
    ),
  },
  {
    id: "state",
    meta: { phone: "title" },
    cell: ({ row }) => <Badge tone={row.original.state.tone}>{row.original.state.label}</Badge>,
  },
  { id: "asker", cell: ({ row }) => row.original.asker },
  { id: "scope", cell: ({ row }) => row.original.scope },
  {
    id: "window",
    meta: { phone: "hidden" },
    cell: ({ row }) => row.original.window,
  },
  {
    id: "synced",
    meta: { number: true },
    cell: ({ row }) => row.original.synced ?? dash,
  },
  {
    id: "failed",
    meta: { number: true },
    cell: ({ row: { original: run } }) => (run.failed ? <span className="text-bad">{run.failed}</span> : dash),
  },
  {
    id: "skipped",
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.skipped ?? dash,
  },
  {
    id: "daysWritten",
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.daysWritten,
  },
  {
    id: "duration",
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.duration ?? dash,
  },
];
