import { Freshness } from "@/components/coding/freshness";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import type { Column } from "@/components/data-table/use-data-table";

/** A user as the table shows one: every number and date in words already, so that server and browser agree. */
export type UserRow = {
  id: number;
  name: string;
  email: string | null;
  role: string;
  batch: string | null;
  week: string | null;
  average: string | null;
  wakatime: FreshnessWords | null;
  disabled: boolean;
  joined: string;
  signedIn: string;
};

const dash = <span className="text-muted">–</span>;

export const userColumns: Column<UserRow>[] = [
  {
    id: "name",
    accessorFn: (user) => user.name,
    header: "Name",
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row: { original: user } }) => (
      <span className={user.disabled ? "text-muted line-through" : "font-medium"}>
        {user.name}
        {user.disabled ? <span className="sr-only"> (disabled)</span> : null}
      </span>
    ),
  },
  {
    id: "email",
    accessorFn: (user) => user.email,
    header: "E-mail",
    sortDescFirst: false,
    meta: { phone: "hidden" },
    cell: ({ row: { original: user } }) => user.email ?? <span className="text-muted">hidden</span>,
  },
  {
    id: "role",
    accessorFn: (user) => user.role,
    header: "Role",
    sortDescFirst: false,
    meta: { phone: "hidden" },
    cell: ({ row }) => row.original.role,
  },
  {
    id: "batch",
    header: "Batch",
    enableSorting: false,
    cell: ({ row }) => row.original.batch ?? dash,
  },
  {
    id: "week",
    accessorFn: (user) => user.week,
    header: "Last 7 days",
    sortDescFirst: true,
    meta: { number: true },
    cell: ({ row }) => row.original.week ?? dash,
  },
  {
    id: "average",
    header: "Daily average",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.average ?? dash,
  },
  {
    id: "wakatime",
    header: "WakaTime",
    enableSorting: false,
    meta: { phone: "line" },
    // Cut short, so that at 1440 pixels the columns after it stay in sight whatever it says.
    cell: ({ row: { original: user } }) =>
      user.wakatime ? (
        <span className="sm:block sm:max-w-36 sm:truncate" title={user.wakatime.label}>
          <Freshness words={user.wakatime} badge />
        </span>
      ) : (
        dash
      ),
  },
  {
    id: "joined",
    accessorFn: (user) => user.joined,
    header: "Joined",
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.joined,
  },
  {
    id: "signedIn",
    accessorFn: (user) => user.signedIn,
    header: "Last sign-in",
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.signedIn,
  },
];
