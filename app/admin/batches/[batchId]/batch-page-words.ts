import type { BatchHours, BatchWeek } from "@/db/queries/batch-hours";
import type { BatchMove } from "@/db/queries/batch-moves";
import { formatCount } from "@/lib/format";

/** Why students have no data in the last seven days: `2 never connected, 1 link broken, 3 just no days`. */
export function missingWords(week: BatchWeek, { unconnected, broken }: BatchHours): string {
  const idle = week.students - week.withData - unconnected - broken;
  return [
    unconnected > 0 ? `${formatCount(unconnected)} never connected` : "",
    broken > 0 ? `${formatCount(broken)} with a broken link` : "",
    idle > 0 ? `${formatCount(idle)} connected` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** What somebody did who came or went. */
export function moveWords({ kind, status, other }: BatchMove): string {
  if (kind === "joined") {
    if (other) return `came from ${other}`;
    return status === "invited" ? "was invited" : "joined";
  }
  if (other) return `moved to ${other}`;
  if (status === "graduated") return "graduated";
  return status === "dropped" ? "dropped out" : "left";
}
