import type { Column } from "@/components/data-table/use-data-table";
import { PROJECT_TONES } from "@/components/project/words";
import { Badge } from "@/components/ui/badge";
import type { ProjectStatus } from "@/db/enums";

/** A project as the table shows one: every number and date in words already, so that server and browser agree. */
export type ProjectRow = {
  id: number;
  name: string;
  batch: string;
  status: ProjectStatus;
  starts: string;
  ends: string | null;
  students: string;
  completed: string;
  happyHour: string | null;
};

const dash = <span className="text-muted">–</span>;

export const projectColumns: Column<ProjectRow>[] = [
  {
    id: "name",
    accessorFn: (project) => project.name,
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row }) => <span className="font-medium">{row.original.name}</span>,
  },
  {
    id: "batch",
    accessorFn: (project) => project.batch,
    sortDescFirst: false,
    meta: { phone: "line" },
    cell: ({ row }) => row.original.batch,
  },
  {
    id: "status",
    cell: ({ row: { original: project } }) => <Badge tone={PROJECT_TONES[project.status]}>{project.status}</Badge>,
  },
  {
    id: "starts",
    accessorFn: (project) => project.starts,
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.starts,
  },
  {
    id: "ends",
    accessorFn: (project) => project.ends,
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.ends ?? dash,
  },
  { id: "students", meta: { number: true }, cell: ({ row }) => row.original.students },
  { id: "completed", meta: { number: true, phone: "hidden" }, cell: ({ row }) => row.original.completed },
  { id: "happyHour", meta: { phone: "hidden" }, cell: ({ row }) => row.original.happyHour ?? dash },
];
