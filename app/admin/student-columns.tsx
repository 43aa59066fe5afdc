import { Freshness } from "@/components/coding/freshness";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import type { Column, ColumnLook } from "@/components/data-table/column";
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

type Text = "project" | "week" | "average" | "coded" | "phone" | "zone";

const text = (id: Text, look: ColumnLook): Column<StudentRow> => ({
  id,
  ...look,
  cell: (student) => student[id] ?? dash,
});

const number = (id: "certificates" | "demos"): Column<StudentRow> => ({
  id,
  number: true,
  phone: "hidden",
  cell: (student) => formatCount(student[id]),
});

export const studentColumns: Column<StudentRow>[] = [
  {
    id: "name",
    phone: "title",
    cell: (student) => (
      <span className={student.disabled ? "text-muted line-through" : "font-medium"}>
        {student.name}
        {student.disabled ? <span className="sr-only"> (disabled)</span> : null}
      </span>
    ),
  },
  { id: "batch", phone: "line", cell: (student) => student.batch ?? dash },
  { id: "status", cell: (student) => <Badge tone={TONES[student.state]}>{student.status}</Badge> },
  text("project", { phone: "hidden" }),
  text("week", { number: true }),
  text("average", { number: true, phone: "hidden" }),
  text("coded", { number: true, phone: "hidden" }),
  {
    id: "wakatime",
    phone: "line",
    // Cut short, so that at 1440 pixels the columns after it stay in sight whatever it says.
    cell: (student) => (
      <span className="sm:block sm:max-w-32 sm:truncate" title={student.wakatime.label}>
        <Freshness words={student.wakatime} badge />
      </span>
    ),
  },
  number("certificates"),
  number("demos"),
  { id: "joined", descendingFirst: true, number: true, phone: "hidden", cell: (student) => student.joined },
  { id: "email", phone: "line", cell: (student) => student.email ?? <span className="text-muted">hidden</span> },
  text("phone", { phone: "line" }),
  text("zone", { phone: "line" }),
];
