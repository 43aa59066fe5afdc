import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MeetingLink } from "@/components/demo-session/meeting-link";
import { SessionTime } from "@/components/demo-session/session-time";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getRunningSession } from "@/db/queries/demo-session-page";
import { requireStaff } from "@/lib/auth/current";
import { parseAsId } from "@/lib/table-params";
import { RunMode } from "./run-mode";

export const metadata: Metadata = { title: "Run the session" };

/** For the day itself, in the hand of whoever leads through it. It works through a loss of network. */
export default async function RunPage({ params }: PageProps<"/admin/demo-sessions/[sessionId]/run">) {
  const id = parseAsId.parse((await params).sessionId) ?? notFound();
  const path = `/admin/demo-sessions/${id}`;
  const viewer = await requireStaff(`${path}/run`);
  const session = await getRunningSession(getDb(), id, new Date());
  if (!session) notFound();
  return (
    <>
      <BackLink href={path}>The session</BackLink>
      <PageHeader title={session.title}>
        <SessionTime session={session} viewerZone={viewer.timeZone ?? session.academyZone} />
        {session.meetingUrl ? (
          <>
            {" · "}
            <MeetingLink url={session.meetingUrl} />
          </>
        ) : null}
      </PageHeader>
      {session.state === "cancelled" ? (
        <Empty title="This session is cancelled">{session.cancelReason}</Empty>
      ) : (
        <RunMode sessionId={id} viewerId={viewer.id} signups={session.signups} />
      )}
    </>
  );
}
