import { Freshness } from "@/components/coding/freshness";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import type { Column } from "@/components/data-table/use-data-table";
import { Badge, type Tone } from "@/components/ui/badge";
import type { StudentState } from "@/db/enums";
import { formatCount } from "@/lib/format";

/** A student as the table shows one: every duration and date in words already, so that server and browser agree. */
export type StudentRow = {
  id: number;
  name: string;
  disabled: boolean;
  batch: string | null;
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
  email: string | null;
  phone: string | null;
  zone: string;
};

const dash = <span className="text-muted">–</span>;

const TONES: Record<StudentState, Tone> = {
  invited: "accent",
  active: "good",
  paused: "warn",
  dropped: "bad",
  graduated: "neutral",
  upcoming: "accent",
  left: "neutral",
};

const text = (id: keyof StudentRow & string, more: Partial<Column<StudentRow>> = {}): Column<StudentRow> =>
  ({
    id,
    enableSorting: false,
    cell: ({ row }: { row: { original: StudentRow } }) => (row.original[id] as string | null) ?? dash,
    ...more,
  }) as Column<StudentRow>;

const number = (id: "certificates" | "demos"): Column<StudentRow> => ({
  id,
  enableSorting: false,
  meta: { number: true, phone: "hidden" },
  cell: ({ row }) => formatCount(row.original[id]),
});

export const studentColumns: Column<StudentRow>[] = [
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
    id: "batch",
    accessorFn: (student) => student.batch,
    sortDescFirst: false,
    meta: { phone: "line" },
    cell: ({ row }) => row.original.batch ?? dash,
  },
  {
    id: "status",
    enableSorting: false,
    meta: { phone: "fact" },
    cell: ({ row: { original: student } }) => <Badge tone={TONES[student.state]}>{student.status}</Badge>,
  },
  text("project", { meta: { phone: "hidden" } }),
  text("week", { meta: { number: true } }),
  text("average", { meta: { number: true, phone: "hidden" } }),
  text("coded", { meta: { number: true, phone: "hidden" } }),
  {
    id: "wakatime",
    enableSorting: false,
    meta: { phone: "line" },
    // Cut short, so that at 1440 pixels the columns after it stay in sight whatever it says.
    cell: ({ row: { original: student } }) => (
      <span className="sm:block sm:max-w-32 sm:truncate" title={student.wakatime.label}>
        <Freshness words={student.wakatime} badge />
      </span>
    ),
  },
  number("certificates"),
  number("demos"),
  {
    id: "joined",
    accessorFn: (student) => student.joined,
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.joined,
  },
  {
    id: "email",
    enableSorting: false,
    meta: { phone: "line" },
    cell: ({ row }) => row.original.email ?? <span className="text-muted">hidden</span>,
  },
  text("phone", { meta: { phone: "line" } }),
  text("zone", { meta: { phone: "line" } }),
];
