import { momentWords } from "@/components/demo-session/session-time";
import { placesWords, sessionBar, standingBar, stateWords } from "@/components/demo-session/words";
import type { PastSignup, PortalSession, PortalSessions } from "@/db/queries/portal-sessions";
import type { Viewer } from "@/db/queries/session";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { localDate, localTime } from "@/lib/dates";
import { feedPath } from "@/lib/demo-sessions/feed-token";
import { formatAgo, formatDateWithWeekday, formatDayDistance } from "@/lib/format";

export type SessionsShown = ReturnType<typeof sessionsShown>;
export type SessionShown = SessionsShown["sessions"][number];
export type PastShown = SessionsShown["history"][number];

/** What the page shows, in words where they depend on the moment or on a zone: the browser gets it (decision 035). */
export function sessionsShown(found: PortalSessions, viewer: Viewer, now: Date) {
  const { zone, standing, sessions, total, history, demos, feed } = found;
  const bar = standingBar(standing);
  const canChange = !viewer.viewedBy && can(actorOf(viewer), "signup.change");
  return {
    zone,
    bar,
    sessions: sessions.map((session) => sessionShown(session, found, bar === null && canChange)),
    total,
    own: sessions.filter(({ signup }) => signup !== null).length,
    canChange,
    history: history.map((past) => pastShown(past, zone)),
    demos,
    // The link is its owner's alone, also where an admin looks through the same eyes.
    calendar: viewer.viewedBy
      ? { of: viewer.name }
      : { path: feed && feedPath(feed), lastRead: feed?.lastUsedAt ? formatAgo(new Date(feed.lastUsedAt), now) : null },
  };
}

/** `mayJoin`: whether one can sign up for anything at all. */
function sessionShown(session: PortalSession, { standing, zone }: PortalSessions, mayJoin: boolean) {
  const { id, title, batchName, isCancelled, signup, wasWithdrawn, hasBegun } = session;
  const bar = signup ? null : sessionBar(session, standing);
  const start = new Date(session.startsAt);
  return {
    id,
    title,
    batchName,
    isCancelled,
    signup,
    wasWithdrawn,
    hasBegun,
    moment: momentWords({ session, viewerZone: zone }),
    distance: formatDayDistance(session.sessionDate, session.today),
    when: `${formatDateWithWeekday(localDate(start, zone))}, ${localTime(start, zone)}`,
    state: stateWords(session),
    isFull: session.state === "full",
    bar,
    canJoin: mayJoin && !bar,
    ...(isCancelled
      ? { note: session.cancelReason, places: null, meetingUrl: null, description: null }
      : { note: null, places: placesWords(session), meetingUrl: session.meetingUrl, description: session.description }),
  };
}

const pastShown = (past: PastSignup, viewerZone: string) => ({
  title: past.title,
  isCancelled: past.isCancelled,
  signup: past.signup,
  moment: momentWords({ session: past, viewerZone }),
});
