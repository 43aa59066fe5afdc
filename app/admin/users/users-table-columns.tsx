import { Freshness } from "@/components/coding/freshness";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import type { Column } from "@/components/data-table/column";

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
    phone: "title",
    cell: (user) => (
      <span className={user.disabled ? "text-muted line-through" : "font-medium"}>
        {user.name}
        {user.disabled ? <span className="sr-only"> (disabled)</span> : null}
      </span>
    ),
  },
  { id: "email", phone: "hidden", cell: (user) => user.email ?? <span className="text-muted">hidden</span> },
  { id: "role", phone: "hidden", cell: (user) => user.role },
  { id: "batch", cell: (user) => user.batch ?? dash },
  { id: "week", descendingFirst: true, number: true, cell: (user) => user.week ?? dash },
  { id: "average", number: true, phone: "hidden", cell: (user) => user.average ?? dash },
  {
    id: "wakatime",
    phone: "line",
    // Cut short, so that at 1440 pixels the columns after it stay in sight whatever it says.
    cell: (user) =>
      user.wakatime ? (
        <span className="sm:block sm:max-w-36 sm:truncate" title={user.wakatime.label}>
          <Freshness words={user.wakatime} badge />
        </span>
      ) : (
        dash
      ),
  },
  { id: "joined", descendingFirst: true, number: true, phone: "hidden", cell: (user) => user.joined },
  { id: "signedIn", descendingFirst: true, number: true, phone: "hidden", cell: (user) => user.signedIn },
];
