import { Freshness } from "@/components/coding/freshness";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import type { Column } from "@/components/data-table/use-data-table";
import { Badge, type Tone } from "@/components/ui/badge";
import type { StudentState } from "@/db/enums";

/** A student as the roster shows one: every number and date in words already, so that server and browser agree. */
export type RosterRow = {
  id: number;
  name: string;
  disabled: boolean;
  state: StudentState;
  status: string;
  project: string | null;
  week: string | null;
  average: string | null;
  coded: string | null;
  wakatime: FreshnessWords;
  certificates: number;
  demos: number;
  joined: string;
  /** Null for whoever may not see it; the phone number also when there is none. */
  email: string | null;
  phone: string | null;
  zone: string;
};

const TONES: Partial<Record<StudentState, Tone>> = {
  active: "good",
  invited: "accent",
  paused: "warn",
  dropped: "bad",
};

const dash = <span className="text-muted">–</span>;
const hidden = <span className="text-muted">hidden</span>;

export const rosterColumns: Column<RosterRow>[] = [
  {
    id: "name",
    accessorFn: (student) => student.name,
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row: { original: student } }) => (
      <span className={student.disabled ? "text-muted line-through" : "font-medium"}>
        {student.name}
        {student.disabled ? <span className="sr-only"> (disabled)</span> : null}
      </span>
    ),
  },
  {
    id: "status",
    enableSorting: false,
    cell: ({ row: { original: student } }) => <Badge tone={TONES[student.state] ?? "neutral"}>{student.status}</Badge>,
  },
  {
    id: "project",
    enableSorting: false,
    meta: { phone: "line" },
    cell: ({ row }) => row.original.project ?? dash,
  },
  {
    id: "week",
    enableSorting: false,
    meta: { number: true },
    cell: ({ row }) => row.original.week ?? dash,
  },
  {
    id: "average",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.average ?? dash,
  },
  {
    id: "coded",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.coded ?? dash,
  },
  {
    id: "wakatime",
    enableSorting: false,
    meta: { phone: "line" },
    cell: ({ row: { original: student } }) => (
      <span className="sm:block sm:max-w-36 sm:truncate" title={student.wakatime.label}>
        <Freshness words={student.wakatime} badge />
      </span>
    ),
  },
  {
    id: "certificates",
    enableSorting: false,
    meta: { number: true, phone: "hidden", wideOnly: true },
    cell: ({ row }) => row.original.certificates,
  },
  {
    id: "demos",
    enableSorting: false,
    meta: { number: true, phone: "hidden", wideOnly: true },
    cell: ({ row }) => row.original.demos,
  },
  {
    id: "joined",
    accessorFn: (student) => student.joined,
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.joined,
  },
  { id: "email", enableSorting: false, meta: { phone: "line" }, cell: ({ row }) => row.original.email ?? hidden },
  {
    id: "phone",
    enableSorting: false,
    meta: { phone: "line" },
    cell: ({ row }) => row.original.phone ?? (row.original.email ? dash : hidden),
  },
  { id: "zone", enableSorting: false, meta: { phone: "line" }, cell: ({ row }) => row.original.zone },
];
