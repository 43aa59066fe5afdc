import { freshnessOf } from "@/components/coding/freshness-words";
import type { UserListRow } from "@/db/queries/user-list";
import { formatAgo, formatDate } from "@/lib/format";
import { weekWords } from "../week-words";
import type { UserRow } from "./users-table-columns";

function wakatimeOf(row: UserListRow, now: Date): UserRow["wakatime"] {
  if (!row.connectionStatus && row.role !== "student") return null;
  return freshnessOf({ ...row, status: row.connectionStatus }, now);
}

/** A row of the query in the words of the table. */
export function toUserRow(row: UserListRow, now: Date): UserRow {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    batch:
      row.batchName && row.enrolmentStatus !== "active" ? `${row.enrolmentStatus} · ${row.batchName}` : row.batchName,
    ...weekWords(row),
    wakatime: wakatimeOf(row, now),
    disabled: row.disabledAt !== null,
    joined: formatDate(row.joinedAt.slice(0, 10)),
    signedIn: row.lastSignInAt ? formatAgo(new Date(row.lastSignInAt), now) : "never",
  };
}
