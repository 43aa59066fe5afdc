import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { Badge, type Tone } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { getDb } from "@/db/client";
import { getOwnConnection, type OwnConnection } from "@/db/queries/connection";
import { requireStudent } from "@/lib/auth/current";
import { formatDate } from "@/lib/format";
import { connectionPage, toldOf } from "@/lib/wakatime/connect-result";
import { connectingOff } from "@/lib/wakatime/connect-start";
import { DisconnectForm } from "./disconnect-form";
import { LinkFacts } from "./link-facts";
import { LiveCheck } from "./live-check";
import { ResultNotice } from "./result-notice";
import { Step } from "./step";

export const metadata: Metadata = { title: "WakaTime" };

const BADGES: Record<NonNullable<OwnConnection["status"]>, { tone: Tone; label: string }> = {
  active: { tone: "good", label: "connected" },
  needs_reconnect: { tone: "bad", label: "reconnect needed" },
  scope_missing: { tone: "bad", label: "permission missing" },
};

/** The student's own link: three steps to connect it, how it stands, and the way out. */
export default async function WakatimePage({ searchParams }: PageProps<"/portal/wakatime">) {
  const viewer = await requireStudent(connectionPage());
  const link = await getOwnConnection(getDb(), viewer.id);
  const told = toldOf((await searchParams).result);
  const active = link.status === "active";
  const unlinked = { tone: "neutral" as const, label: link.days > 0 ? "not connected" : "never connected" };
  const badge = link.status ? BADGES[link.status] : unlinked;
  const { status, lastSyncedAt, running, days, hasCoding } = link;
  const isRead = active && !running && lastSyncedAt !== null;
  const state = { status, lastSyncedAt, running, days, hasCoding, reason: link.bar ?? link.reason };
  return (
    <div className="max-w-2xl">
      <PageHeader title="WakaTime">
        <Badge tone={badge.tone}>{badge.label}</Badge>
      </PageHeader>
      {told ? <ResultNotice {...told} /> : null}
      <ol>
        <Step number={1} title="Let your editor count" done={status !== null && (hasCoding || !isRead)}>
          <p>
            Make a free account at <Outside href="https://wakatime.com/signup">wakatime.com/signup</Outside>, then
            install the plugin for your editor from{" "}
            <Outside href="https://wakatime.com/plugins">wakatime.com/plugins</Outside>. It counts the time you code,
            and never sends your code.
          </p>
        </Step>
        <Step number={2} title="Connect your account" done={active}>
          <Connect link={link} />
        </Step>
        <Step number={3} title="See your hours arrive" done={isRead && hasCoding}>
          {/* A new state of the link is a new check, not the old one's. */}
          <LiveCheck
            key={`${status} ${running} ${lastSyncedAt}`}
            initial={state}
            renderedAt={new Date().toISOString()}
          />
        </Step>
      </ol>
      {link.status ? <DisconnectForm /> : null}
    </div>
  );
}

/** Step two in each of its states. */
function Connect({ link }: { link: OwnConnection }) {
  if (link.status === "active") return <LinkFacts link={link} />;
  const off = connectingOff();
  return (
    <>
      <p>{link.status ? whyBroken(link) : "We ask WakaTime for your daily summaries, and for nothing else."}</p>
      {off ? (
        <p className="border-l-2 border-warn pl-3 text-warn">{off}</p>
      ) : (
        <p>
          {/* A route, not a page: the router must neither prefetch nor render it. */}
          <a href="/api/wakatime/start" className={buttonClass({ look: "primary" })}>
            {link.status ? "Reconnect WakaTime" : "Connect WakaTime"}
          </a>
        </p>
      )}
    </>
  );
}

function whyBroken({ status, brokenOn }: OwnConnection): string {
  const since = brokenOn ? ` since ${formatDate(brokenOn)}` : "";
  return status === "scope_missing"
    ? `We may not read your daily summaries${since}: that permission is missing. Your hours so far are safe; connect again and leave it ticked.`
    : `WakaTime does not let us in any more${since}: the access ended, or was taken back there. Your hours so far are safe; connect again to go on.`;
}

function Outside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="reach text-ink underline underline-offset-2">
      {children}
    </a>
  );
}
