import Link from "next/link";
import type { ReactNode } from "react";
import { type SessionMoment, SessionTime } from "@/components/demo-session/session-time";
import { Panel } from "@/components/ui/panel";
import type { Dashboard } from "@/db/queries/dashboard";
import { formatCount, formatDateWithWeekday, formatDayDistance } from "@/lib/format";

type Props = { session: Dashboard["nextSession"]; viewerZone: string | null };

export const NextSession = ({ session, viewerZone }: Props) => (
  <NextSessionPanel>{session ? <SessionFacts session={session} viewerZone={viewerZone} /> : null}</NextSessionPanel>
);

/** The next demo session, of the academy or of a batch, with the way to all of them. Null where none is planned. */
export function NextSessionPanel({ children }: { children: ReactNode }) {
  return (
    <Panel
      title="Next demo session"
      aside={
        <Link
          href="/admin/demo-sessions"
          prefetch={false}
          className="reach underline underline-offset-2 hover:text-ink"
        >
          All sessions
        </Link>
      }
    >
      {children ?? <p className="text-sm text-muted">None is planned.</p>}
    </Panel>
  );
}

/** The day of a session leads to the session. */
export const SessionLink = ({ session }: { session: { id: number; sessionDate: string } }) => (
  <Link
    href={`/admin/demo-sessions/${session.id}`}
    prefetch={false}
    className="reach underline-offset-2 hover:underline"
  >
    {formatDateWithWeekday(session.sessionDate)}
  </Link>
);

type Titled = SessionMoment & { title: string; academyZone: string };

/** Time and title of a session whose day stands above them. */
export const SessionWhen = ({ session, viewerZone }: { session: Titled; viewerZone: string | null }) => (
  <>
    <SessionTime session={session} viewerZone={viewerZone ?? session.academyZone} timeOnly /> · {session.title}
  </>
);

function SessionFacts({ session, viewerZone }: Props & { session: NonNullable<Props["session"]> }) {
  const free = session.maxScheduled === null ? null : Math.max(0, session.maxScheduled - session.scheduled);
  return (
    <>
      <p className="text-lg font-medium tracking-tight">
        <SessionLink session={session} />{" "}
        <span className="font-normal text-muted">{formatDayDistance(session.sessionDate, session.today)}</span>
      </p>
      <p className="text-sm text-muted">
        <SessionWhen session={session} viewerZone={viewerZone} />
      </p>
      <p className="mt-2 text-sm">
        {session.maxScheduled === null
          ? `${formatCount(session.scheduled)} signed up, no limit`
          : `${formatCount(session.scheduled)} of ${formatCount(session.maxScheduled)} places taken`}
        {free === null ? null : (
          <span className={free === 0 ? "text-warn" : "text-good"}>
            {free === 0 ? " · full" : ` · ${formatCount(free)} left`}
          </span>
        )}
        {session.waitlisted > 0 ? ` · ${formatCount(session.waitlisted)} waiting` : null}
      </p>
    </>
  );
}
