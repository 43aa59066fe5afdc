import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { issueCalendarAction, revokeCalendarAction } from "@/app/calendar-actions";
import { CalendarLink } from "@/components/demo-session/calendar-link";
import { GatePage } from "@/components/layout/gate-page";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getOwnFeed } from "@/db/queries/calendar-feed";
import { getOwnAddress } from "@/db/queries/user-token";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";
import { can } from "@/lib/auth/permissions";
import { feedPath } from "@/lib/demo-sessions/feed-token";
import { formatAgo } from "@/lib/format";
import { EmailForm, SendLinkForm } from "./email-forms";
import { PasswordForm } from "./password-form";

export const metadata: Metadata = { title: "Your account" };

const DONE: Record<string, string> = {
  link: "The mail is on its way. Follow its link to confirm the address.",
  email: "A mail is on its way to the new address. Your address changes once you follow its link.",
  password: "Your password is changed, and you are signed out everywhere else.",
};

/** Everybody's own page, whatever their role. */
export default async function AccountPage({ searchParams }: PageProps<"/account">) {
  const viewer = await requireViewer("/account");
  const { done } = await searchParams;
  const account = await getOwnAddress(getDb(), viewer.id);
  if (!account) redirect("/login");
  const { name, email, pendingEmail, verifiedAt, hasPassword } = account;
  // Students have theirs beside their sessions.
  const isStaff = can(actorOf(viewer), "staff-area.enter");
  const feed = isStaff ? await getOwnFeed(getDb(), viewer.id) : null;
  const message = typeof done === "string" ? DONE[done] : undefined;
  return (
    <GatePage
      title="Your account"
      lead={name}
      foot={
        <Link href={landingFor(viewer.role)} className="reach text-ink underline underline-offset-2">
          Back to Cohort
        </Link>
      }
    >
      <div className="grid gap-8">
        {message ? (
          <p role="status" className="border-l-2 border-good pl-3 text-sm text-good">
            {message}
          </p>
        ) : null}
        <Panel title="E-mail">
          <p className="break-all">{email}</p>
          <p className="mt-0.5">
            {verifiedAt ? <Badge tone="good">confirmed</Badge> : <Badge tone="warn">not confirmed yet</Badge>}
          </p>
          {pendingEmail ? (
            <p className="mt-3 text-sm text-muted">
              Changes to <span className="break-all text-ink">{pendingEmail}</span> once the link that we mailed there
              is followed.
            </p>
          ) : null}
          {pendingEmail || !verifiedAt ? (
            <SendLinkForm label={pendingEmail ? "Mail the link again" : "Mail me a link to confirm it"} />
          ) : null}
        </Panel>
        {hasPassword ? (
          <>
            <Panel title="Another e-mail address">
              <EmailForm />
            </Panel>
            <Panel title="Password">
              <PasswordForm email={email} />
            </Panel>
          </>
        ) : (
          <Panel title="Password">
            <p className="text-sm">
              Your account has no password yet.{" "}
              <Link href="/forgot-password" className="underline underline-offset-2">
                Have a link mailed
              </Link>{" "}
              to choose one.
            </p>
          </Panel>
        )}
        {isStaff ? (
          <Panel title="Demo sessions in your calendar">
            <CalendarLink
              path={feed && feedPath(feed)}
              lastRead={feed?.lastUsedAt ? formatAgo(new Date(feed.lastUsedAt), new Date()) : null}
              issue={issueCalendarAction}
              revoke={revokeCalendarAction}
            />
          </Panel>
        ) : null}
      </div>
    </GatePage>
  );
}
