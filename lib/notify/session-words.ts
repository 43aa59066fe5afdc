import type { SessionFacts, SessionMoment } from "@/db/queries/demo-notice";
import { localDate, localTime } from "@/lib/dates";
import { formatDateWithWeekday, formatDayDistance, formatTime } from "@/lib/format";

/** What a mail about a demo session is made of. `session` is as it is now, or as it was last when it is gone. */
export type SignupTold = {
  session: SessionMoment & Partial<Pick<SessionFacts, "meetingUrl" | "places">>;
  /** The session before: what somebody was moved out of, or how it was before a change. */
  was: SessionMoment | null;
  /** In the waiting list, from 1; null with a place. */
  queue: number | null;
  reason: string | null;
  linkChanged: boolean;
  restored: boolean;
  /** Where the reader lives. */
  zone: string;
  now: Date;
};

const zoneWords = (timeZone: string): string => timeZone.replaceAll("_", " ");

/** `Fri 27 Nov 2026, 15:00 (America/Chicago)`, and what the reader's own clock shows then, where that differs. */
export function whenInWords({ date, time, timeZone, startsAt }: SessionMoment, readerZone?: string): string {
  const own = `${formatDateWithWeekday(date)}, ${formatTime(time)} (${zoneWords(timeZone)})`;
  if (!readerZone) return own;
  const start = new Date(startsAt);
  const [day, clock] = [localDate(start, readerZone), localTime(start, readerZone)];
  if (day === date && clock === formatTime(time)) return own;
  const theirs = day === date ? clock : `${formatDateWithWeekday(day)}, ${clock}`;
  return `${own}; for you ${theirs} (${zoneWords(readerZone)})`;
}

/** `tomorrow`, `today`, `in 4 days`: by the session's own calendar. */
export const distanceInWords = ({ date, timeZone }: SessionMoment, now: Date): string =>
  formatDayDistance(date, localDate(now, timeZone));
