import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import type { CalendarFeed, FeedSession } from "@/db/queries/calendar-feed";

/** No session says when it ends: calendars show an hour. */
const LENGTH_MINUTES = 60;
/** How often calendars are asked to look again. */
const REFRESH_SECONDS = 60 * 60;

/**
 * A feed in the form that calendars read (RFC 5545). Every start is an instant in UTC, made by the database of the
 * session's own date, time and zone: each calendar shows it by its own clock, and no rule about summer time is sent along
 * that could be out of date. `now` is left out on purpose: the same sessions give the same text.
 */
export function calendarText(feed: Pick<CalendarFeed, "academy" | "sessions">, page: string | null): string {
  const calendar = ical({
    name: feed.academy ? `Demo sessions, ${feed.academy}` : "Demo sessions",
    prodId: { company: "Cohort", product: "Demo sessions", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  for (const session of feed.sessions) {
    const start = new Date(session.startsAt);
    const changed = new Date(session.changedAt);
    calendar.createEvent({
      // The moment of creation tells the sessions of two academies apart that have the same number.
      id: `demo-session-${session.id}-${Date.parse(session.createdAt)}@cohort`,
      sequence: session.version,
      start,
      end: new Date(start.getTime() + LENGTH_MINUTES * 60_000),
      stamp: changed,
      created: new Date(session.createdAt),
      lastModified: changed,
      summary: summaryOf(session),
      description: descriptionOf(session, page),
      status: session.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      // Only whoever presents is busy then.
      transparency:
        presents(session) && !session.isCancelled ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      ...(session.meetingUrl && { location: session.meetingUrl }),
      ...(page && { url: page }),
    });
  }
  return calendar.toString();
}

const presents = ({ status }: FeedSession): boolean => status === "scheduled" || status === "presented";

function summaryOf(session: FeedSession): string {
  if (session.isCancelled) return `Cancelled: ${session.title}`;
  if (presents(session)) return `${session.title} (you present)`;
  return session.status === "waitlisted" ? `${session.title} (you are on the waiting list)` : session.title;
}

function descriptionOf({ isCancelled, cancelReason, demo, description, meetingUrl }: FeedSession, page: string | null) {
  const lines = [
    isCancelled ? `This session is cancelled.${cancelReason ? ` ${cancelReason}` : ""}` : null,
    demo ? `Your demo: ${demo}` : null,
    description,
    meetingUrl ? `Meeting: ${meetingUrl}` : null,
    page ? `More: ${page}` : null,
  ];
  return lines.filter(Boolean).join("\n\n");
}
