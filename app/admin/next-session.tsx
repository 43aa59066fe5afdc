import Link from "next/link";
import type { ReactNode } from "react";
import { Panel } from "@/components/ui/panel";
import type { Dashboard } from "@/db/queries/dashboard";
import { formatCount, formatDateWithWeekday, formatDayDistance, formatTime } from "@/lib/format";

export const NextSession = ({ session }: { session: Dashboard["nextSession"] }) => (
  <NextSessionPanel>{session ? <SessionFacts session={session} /> : null}</NextSessionPanel>
);

/** The next demo session, of the academy or of a batch, with the way to all of them. Null where none is planned. */
export function NextSessionPanel({ children }: { children: ReactNode }) {
  return (
    <Panel
      title="Next demo session"
      aside={
        <Link href="/admin/demo-sessions" className="reach underline underline-offset-2 hover:text-ink">
          All sessions
        </Link>
      }
    >
      {children ?? <p className="text-sm text-muted">None is planned.</p>}
    </Panel>
  );
}

function SessionFacts({ session }: { session: NonNullable<Dashboard["nextSession"]> }) {
  const free = session.maxScheduled === null ? null : Math.max(0, session.maxScheduled - session.scheduled);
  return (
    <>
      <p className="text-lg font-medium tracking-tight">
        {formatDateWithWeekday(session.sessionDate)}{" "}
        <span className="font-normal text-muted">{formatDayDistance(session.sessionDate, session.today)}</span>
      </p>
      <p className="text-sm text-muted">
        {formatTime(session.sessionTime)} {session.timeZone} · {session.title}
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
