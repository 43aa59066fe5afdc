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

/** A session's moment in words; `own` is its own time and zone, null when the viewer's clock shows the same. */
export type MomentWords = { iso: string; exact: string; shown: string; own: string | null };

/** What `SessionTime` says, made on the server: a browser need not know every zone that others have chosen. */
export function momentWords({ session, viewerZone, timeOnly = false }: Props): MomentWords {
  const { sessionDate, timeZone, startsAt } = session;
  const sessionTime = formatTime(session.sessionTime);
  const start = new Date(startsAt);
  const date = localDate(start, viewerZone);
  const time = localTime(start, viewerZone);
  const sameDay = date === sessionDate;
  const ownDay = sameDay ? "" : `${formatDateWithWeekday(sessionDate)}, `;
  return {
    iso: startsAt,
    exact: formatInstant(start),
    shown: timeOnly && sameDay ? time : `${formatDateWithWeekday(date)}, ${time}`,
    own: sameDay && time === sessionTime ? null : `${ownDay}${sessionTime} in ${zoneWords(timeZone)}`,
  };
}

/**
 * When a session begins: in the viewer's zone, and beside it the session's own time and zone when the wall clocks
 * differ. Inline; takes the size and weight of the text around it.
 */
export const SessionTime = (props: Props) => <Moment words={momentWords(props)} />;

export function Moment({ words: { iso, exact, shown, own } }: { words: MomentWords }) {
  return (
    <>
      <time dateTime={iso} title={exact} className="whitespace-nowrap">
        {shown}
      </time>
      {own ? <span className="font-normal text-muted">{` (${own})`}</span> : null}
    </>
  );
}

/** A zone's name as a person reads it: `America/New York`. */
export const zoneWords = (timeZone: string): string => timeZone.replaceAll("_", " ");
