import type { Tone } from "@/components/ui/badge";
import type { ConnectionStatus } from "@/db/enums";
import type { UserListRow } from "@/db/queries/user-list";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { formatAgo, formatDate, formatDuration, formatInstant } from "@/lib/format";
import type { UserRow } from "./users-table-columns";

const BROKEN: Record<Exclude<ConnectionStatus, "active">, { label: string; tone: Tone }> = {
  needs_reconnect: { label: "needs reconnect", tone: "bad" },
  scope_missing: { label: "permission missing", tone: "warn" },
};

function wakatimeOf(row: UserListRow, now: Date): UserRow["wakatime"] {
  if (!row.connectionStatus) return row.role === "student" ? { label: "not connected", tone: "neutral" } : null;
  if (row.connectionStatus !== "active") return BROKEN[row.connectionStatus];
  if (!row.lastSyncedAt) return { label: "not synced yet", tone: "neutral" };
  const syncedAt = new Date(row.lastSyncedAt);
  return { label: `synced ${formatAgo(syncedAt, now)}`, tone: "good", exact: formatInstant(syncedAt) };
}

/** A row of the query in the words of the table. No data stays empty: it is not a zero. */
export function toUserRow(row: UserListRow, now: Date): UserRow {
  const average = dailyAverageMs(row.weekMs, row.weekDays);
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    batch:
      row.batchName && row.enrolmentStatus !== "active" ? `${row.enrolmentStatus} · ${row.batchName}` : row.batchName,
    week: row.weekMs === null ? null : formatDuration(row.weekMs),
    average: average === null ? null : formatDuration(average),
    wakatime: wakatimeOf(row, now),
    disabled: row.disabledAt !== null,
    joined: formatDate(row.joinedAt.slice(0, 10)),
    signedIn: row.lastSignInAt ? formatAgo(new Date(row.lastSignInAt), now) : "never",
  };
}
