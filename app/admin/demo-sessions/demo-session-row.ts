import type { Tone } from "@/components/ui/badge";
import type { SessionState } from "@/db/enums";
import type { DemoSessionListRow } from "@/db/queries/demo-session-list";
import { formatDateWithWeekday, formatDayDistance, formatTime } from "@/lib/format";

const STATES: Record<SessionState, { label: string; tone: Tone }> = {
  open: { label: "open", tone: "good" },
  full: { label: "full", tone: "warn" },
  closed: { label: "closed", tone: "neutral" },
  cancelled: { label: "cancelled", tone: "bad" },
  past: { label: "past", tone: "neutral" },
};

/** A demo session in the words of the table, its time in its own zone. */
export type DemoSessionRow = {
  id: number;
  date: string;
  distance: string;
  time: string;
  title: string;
  batch: string | null;
  state: { label: string; tone: Tone };
  places: string;
  waiting: string | null;
  presented: string | null;
  meetingUrl: string | null;
};

export function toDemoSessionRow(row: DemoSessionListRow): DemoSessionRow {
  const taken = row.scheduled + row.presented + row.noShow;
  return {
    id: row.id,
    date: formatDateWithWeekday(row.sessionDate),
    distance: formatDayDistance(row.sessionDate, row.today),
    time: `${formatTime(row.sessionTime)} ${row.timeZone}`,
    title: row.title,
    batch: row.batchName,
    state: STATES[row.state],
    places: row.maxScheduled === null ? `${taken}, no limit` : `${taken} of ${row.maxScheduled}`,
    waiting: row.waitlisted > 0 ? String(row.waitlisted) : null,
    presented: row.state === "past" ? String(row.presented) : null,
    meetingUrl: row.meetingUrl && /^https?:\/\//i.test(row.meetingUrl) ? row.meetingUrl : null,
  };
}
