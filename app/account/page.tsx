import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { accountActions, toldOf } from "@/app/account-forms";
import { issueCalendarAction, revokeCalendarAction } from "@/app/calendar-actions";
import { DeletionBanner } from "@/app/deletion-banner";
import { AccountPanels } from "@/components/account/account-panels";
import { CalendarLink } from "@/components/demo-session/calendar-link";
import { PageHeader } from "@/components/layout/page-header";
import { Wordmark } from "@/components/layout/wordmark";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getOwnFeed, type OwnFeed } from "@/db/queries/calendar-feed";
import { getOwnAccount } from "@/db/queries/own-account";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { landingFor, ownPageFor } from "@/lib/auth/landing";
import { can } from "@/lib/auth/permissions";
import { SESSION_IDLE_DAYS } from "@/lib/auth/session-token";
import { feedPath } from "@/lib/demo-sessions/feed-token";
import { formatAgo } from "@/lib/format";
import { signOutAction } from "../sign-out";

export const metadata: Metadata = { title: "Your account" };

/** The own page of everybody but students, who have theirs in the frame of their portal. */
export default async function AccountPage({ searchParams }: PageProps<"/account">) {
  const viewer = await requireViewer("/account");
  const { done } = await searchParams;
  const page = ownPageFor(viewer.role);
  if (page !== "/account") redirect(toldOf(done) ? `${page}?done=${done}` : page);
  const [db, now] = [getDb(), new Date()];
  const account = await getOwnAccount(db, { userId: viewer.id, sessionId: viewer.sessionId }, now);
  if (!account) redirect("/login");
  const isStaff = can(actorOf(viewer), "staff-area.enter");
  return (
    <main className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-6 lg:py-8">
      <div className="mb-8 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Link href={landingFor(viewer.role)} className="tap inline-flex items-center" aria-label="Back to Cohort">
          <Wordmark />
        </Link>
        <form action={signOutAction}>
          <Button type="submit" look="quiet" small>
            Sign out
          </Button>
        </form>
      </div>
      <DeletionBanner viewer={viewer} />
      <PageHeader title="Your account">{account.name}</PageHeader>
      <AccountPanels
        account={account}
        actions={accountActions}
        now={now}
        idleDays={SESSION_IDLE_DAYS}
        isLookedAt={false}
        message={toldOf(done)}
      >
        {isStaff ? <OwnCalendar feed={await getOwnFeed(db, viewer.id)} now={now} /> : null}
        <Panel title="Notifications" className="md:col-span-2">
          <Link href="/account/notifications" className="reach text-sm underline underline-offset-2">
            What you are told, and by which way
          </Link>
        </Panel>
      </AccountPanels>
    </main>
  );
}

/** Students have theirs beside their sessions. */
function OwnCalendar({ feed, now }: { feed: OwnFeed | null; now: Date }) {
  return (
    <Panel title="Demo sessions in your calendar" className="md:col-span-2">
      <CalendarLink
        path={feed && feedPath(feed)}
        lastRead={feed?.lastUsedAt ? formatAgo(new Date(feed.lastUsedAt), now) : null}
        issue={issueCalendarAction}
        revoke={revokeCalendarAction}
      />
    </Panel>
  );
}
