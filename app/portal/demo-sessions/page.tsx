import type { Metadata } from "next";
import Link from "next/link";
import { issueCalendarAction, revokeCalendarAction } from "@/app/calendar-actions";
import { CalendarLink } from "@/components/demo-session/calendar-link";
import { zoneWords } from "@/components/demo-session/session-time";
import { standingBar } from "@/components/demo-session/words";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getPortalSessions, SESSIONS_SHOWN } from "@/db/queries/portal-sessions";
import { actorOf, requireStudent } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { feedPath } from "@/lib/demo-sessions/feed-token";
import { formatAgo, formatCount } from "@/lib/format";
import { History } from "./history";
import { SessionItem } from "./session-item";

export const metadata: Metadata = { title: "Demo sessions" };

const MOST_SHOWN = 600;

/** How many are asked for; anything that is no number is the usual. */
function shownOf(value: string | string[] | undefined): number {
  const asked = Math.trunc(Number(value));
  return asked > SESSIONS_SHOWN ? Math.min(asked, MOST_SHOWN) : SESSIONS_SHOWN;
}

/** The sessions to come, one's own places in them, and what became of the earlier ones. */
export default async function PortalDemoSessionsPage({ searchParams }: PageProps<"/portal/demo-sessions">) {
  const viewer = await requireStudent("/portal/demo-sessions");
  const now = new Date();
  const shown = shownOf((await searchParams).shown);
  const found = await getPortalSessions(getDb(), viewer.id, now, shown);
  const { zone, standing, sessions, total, history, demos, feed } = found;
  const bar = standingBar(standing);
  const mayChange = !viewer.viewedBy && can(actorOf(viewer), "signup.change");
  const own = sessions.filter(({ signup }) => signup !== null).length;
  // The link is its owner's alone, also where an admin looks through the same eyes.
  const path = feed && !viewer.viewedBy ? feedPath(feed) : null;
  return (
    <div className="max-w-4xl">
      <PageHeader title="Demo sessions">Times are shown in {zoneWords(zone)}.</PageHeader>
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
              <SessionItem
                key={session.id}
                session={session}
                standing={standing}
                mayJoin={bar === null && mayChange}
                mayChange={mayChange}
                demos={demos}
                zone={zone}
              />
            ))}
          </ul>
        )}
        {total > sessions.length ? (
          <p className="border-t py-3 text-sm">
            <Link
              href={`/portal/demo-sessions?shown=${shown + SESSIONS_SHOWN}`}
              prefetch={false}
              scroll={false}
              className="reach underline underline-offset-2"
            >
              Show later ones
            </Link>{" "}
            <span className="text-muted">{formatCount(total - sessions.length)} more</span>
          </p>
        ) : null}
      </section>
      <Panel title="In your own calendar" className="mt-8">
        {viewer.viewedBy ? (
          <p className="text-sm text-muted">Only {viewer.name} sees this link.</p>
        ) : (
          <CalendarLink
            path={path}
            lastRead={feed?.lastUsedAt ? formatAgo(new Date(feed.lastUsedAt), now) : null}
            issue={issueCalendarAction}
            revoke={revokeCalendarAction}
          />
        )}
      </Panel>
      <History history={history} zone={zone} />
    </div>
  );
}
