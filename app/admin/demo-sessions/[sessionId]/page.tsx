import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { MeetingLink } from "@/components/demo-session/meeting-link";
import { SessionTime } from "@/components/demo-session/session-time";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Badge } from "@/components/ui/badge";
import { getDb } from "@/db/client";
import { getDemoSessionPage } from "@/db/queries/demo-session-page";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { parseAsId } from "@/lib/table-params";
import { SESSION_MEANINGS, SESSION_TONES } from "../session-words";
import { SessionActions } from "./session-actions";
import { SignupBoard } from "./signup-board";

export const metadata: Metadata = { title: "Demo session" };

export default async function DemoSessionPage({ params }: PageProps<"/admin/demo-sessions/[sessionId]">) {
  const id = parseAsId.parse((await params).sessionId) ?? notFound();
  const viewer = await requireStaff(`/admin/demo-sessions/${id}`);
  const page = await getDemoSessionPage(getDb(), id, viewer, new Date());
  if (!page) notFound();
  const { signups, targets, batches, canSignUp, state, batchId, meetingUrl, ...session } = page;
  const actor = actorOf(viewer);
  const cancelled = state === "cancelled";
  const having = (...statuses: string[]) => signups.filter(({ status }) => statuses.includes(status)).length;
  return (
    <>
      <BackLink href="/admin/demo-sessions">All demo sessions</BackLink>
      <PageHeader title={session.title}>
        <SessionTime session={session} viewerZone={viewer.timeZone ?? session.academyZone} /> ·{" "}
        <Badge tone={SESSION_TONES[state]}>{state}</Badge>
      </PageHeader>
      {can(actor, "demo-session.edit") ? (
        <SessionActions
          session={{ ...session, batchId, meetingUrl }}
          cancelled={cancelled}
          hasBegun={session.hasBegun}
          placed={having("scheduled")}
          waiting={having("waitlisted")}
          marked={having("presented", "no_show")}
          tookPlace={having("presented") > 0}
          targets={targets}
          batches={batches}
        />
      ) : null}
      <div className="mb-8 grid max-w-prose gap-3 text-sm">
        <p>
          {cancelled && session.cancelReason ? session.cancelReason : SESSION_MEANINGS[state]}
          {batchId ? (
            <span className="text-muted">
              {" "}
              Only for{" "}
              <Link href={`/admin/batches/${batchId}`} className="reach underline underline-offset-2">
                {session.batchName}
              </Link>
              .
            </span>
          ) : null}
        </p>
        {meetingUrl ? (
          <p>
            <MeetingLink url={meetingUrl} />
          </p>
        ) : null}
        {session.description ? <p className="whitespace-pre-line">{session.description}</p> : null}
        {session.notes ? (
          <p className="border-l-2 pl-3 whitespace-pre-line">
            <span className="label block">Notes, for staff only</span>
            {session.notes}
          </p>
        ) : null}
      </div>
      <SignupBoard
        sessionId={id}
        viewerId={viewer.id}
        signups={signups.map(({ instructorIds, ...signup }) => ({
          ...signup,
          canWithdraw: can(actor, "signup.edit", { instructorIds }),
        }))}
        maxScheduled={session.maxScheduled}
        cancelled={cancelled}
        canSignUp={canSignUp && state !== "cancelled" && state !== "past" && !session.hasBegun}
      />
    </>
  );
}
