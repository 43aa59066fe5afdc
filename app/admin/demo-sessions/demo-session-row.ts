import type { DemoSessionListRow } from "@/db/queries/demo-session-list";
import { formatCount, formatDateWithWeekday, formatDayDistance } from "@/lib/format";
import type { DemoSessionRow } from "./demo-sessions-table-columns";
import { placesInWords } from "./session-words";

const unlessNone = (count: number): string | null => (count > 0 ? formatCount(count) : null);

/** A row of the query in the words of the table; its time is told in `viewerZone`. */
export function toDemoSessionRow(row: DemoSessionListRow, viewerZone: string): DemoSessionRow {
  const { id, sessionDate, sessionTime, timeZone, startsAt, title, state, meetingUrl } = row;
  return {
    id,
    moment: { sessionDate, sessionTime, timeZone, startsAt },
    viewerZone,
    date: formatDateWithWeekday(sessionDate),
    distance: formatDayDistance(sessionDate, row.today),
    title,
    batch: row.batchName,
    state,
    places: placesInWords(row.scheduled + row.presented + row.noShow, row.maxScheduled),
    limit: row.maxScheduled === null ? null : formatCount(row.maxScheduled),
    waiting: unlessNone(row.waitlisted),
    presented: unlessNone(row.presented),
    noShow: unlessNone(row.noShow),
    meetingUrl,
  };
}
