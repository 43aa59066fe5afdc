"use client";

import Link from "next/link";
import { issueCalendarAction, revokeCalendarAction } from "@/app/calendar-actions";
import { CalendarLink } from "@/components/demo-session/calendar-link";
import { zoneWords } from "@/components/demo-session/session-time";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import { History } from "./history";
import { SessionItem } from "./session-item";
import type { SessionsShown } from "./sessions-shown";

type Props = SessionsShown & { moreHref: string };

/** The sessions from what is known of them. A client component for the sake of the payload (decision 035). */
export function SessionsView({
  zone,
  bar,
  sessions,
  total,
  own,
  canChange,
  history,
  demos,
  calendar,
  moreHref,
}: Props) {
  return (
    <div className="max-w-4xl">
      <PageHeader title="Demo sessions">{`Times are shown in ${zoneWords(zone)}.`}</PageHeader>
      {bar ? <p className="mb-4 border-l-2 border-warn pl-3 text-sm text-warn">{bar}</p> : null}
      <section aria-labelledby="coming">
        <header className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 id="coming" className="text-sm font-semibold">
            To come
          </h2>
          <p className="label">{own === 0 ? "you are in none of them" : `you are in ${own} of ${total}`}</p>
        </header>
        {sessions.length === 0 ? (
          <div className="border-t">
            <Empty title="No demo session is planned">
              New ones stand here as soon as your academy announces them.
            </Empty>
          </div>
        ) : (
          <ul>
            {sessions.map((session) => (
              <SessionItem key={session.id} session={session} canChange={canChange} demos={demos} />
            ))}
          </ul>
        )}
        {total > sessions.length ? (
          <p className="border-t py-3 text-sm">
            <Link href={moreHref} prefetch={false} scroll={false} className="reach underline underline-offset-2">
              Show later ones
            </Link>{" "}
            <span className="text-muted">{`${formatCount(total - sessions.length)} more`}</span>
          </p>
        ) : null}
      </section>
      <Panel title="In your own calendar" className="mt-8">
        {"of" in calendar ? (
          <p className="text-sm text-muted">{`Only ${calendar.of} sees this link.`}</p>
        ) : (
          <CalendarLink {...calendar} issue={issueCalendarAction} revoke={revokeCalendarAction} />
        )}
      </Panel>
      <History history={history} />
    </div>
  );
}
