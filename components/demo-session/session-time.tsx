import { type DateString, localDate, localTime } from "@/lib/dates";
import { formatDateWithWeekday, formatInstant, formatTime } from "@/lib/format";

export type SessionMoment = {
  sessionDate: DateString;
  /** `HH:MM` or `HH:MM:SS`. */
  sessionTime: string;
  timeZone: string;
  /** The same moment as an instant, which the database makes of the three. */
  startsAt: string;
};

type Props = {
  session: SessionMoment;
  /** The viewer's own zone, else the academy's. */
  viewerZone: string;
  /** Only the time, where the day stands beside it already. A day that differs from the session's is told all the same. */
  timeOnly?: boolean;
};

/**
 * When a session begins: in the viewer's zone, and beside it the session's own time and zone when the wall clocks
 * differ. Inline; takes the size and weight of the text around it.
 */
export function SessionTime({ session, viewerZone, timeOnly = false }: Props) {
  const { sessionDate, timeZone } = session;
  const sessionTime = formatTime(session.sessionTime);
  const start = new Date(session.startsAt);
  const date = localDate(start, viewerZone);
  const time = localTime(start, viewerZone);
  const sameDay = date === sessionDate;
  return (
    <>
      <time dateTime={session.startsAt} title={formatInstant(start)} className="whitespace-nowrap">
        {timeOnly && sameDay ? time : `${formatDateWithWeekday(date)}, ${time}`}
      </time>
      {sameDay && time === sessionTime ? null : (
        <span className="font-normal text-muted">
          {" "}
          ({sameDay ? "" : `${formatDateWithWeekday(sessionDate)}, `}
          {sessionTime} in {zoneWords(timeZone)})
        </span>
      )}
    </>
  );
}

/** A zone's name as a person reads it: `America/New York`. */
export const zoneWords = (timeZone: string): string => timeZone.replaceAll("_", " ");
