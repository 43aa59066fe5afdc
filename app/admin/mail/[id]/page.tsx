import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { formatInstant } from "@/lib/format";
import { openMail } from "@/lib/notify/mail-view";
import { kindInWords, STATES } from "../notice-words";
import { MailText } from "./mail-text";

export const metadata: Metadata = { title: "Mail", referrer: "no-referrer" };

const LARGEST_ID = 2_147_483_647;

/** One mail as it was written to a file; opening it is audited. */
export default async function MailDetailPage({ params }: PageProps<"/admin/mail/[id]">) {
  const { id } = await params;
  const viewer = await requireStaff(`/admin/mail/${encodeURIComponent(id)}`, "mail.read");
  const opened =
    /^\d{1,10}$/.test(id) && Number(id) <= LARGEST_ID ? await openMail(getDb(), actorOf(viewer), Number(id)) : null;
  if (!opened) notFound();
  const { notice, mail } = opened;
  const state = STATES[notice.state];
  return (
    <>
      <BackLink href="/admin/mail">All mail</BackLink>
      <PageHeader title={mail?.subject ?? kindInWords(notice.kind)}>
        <Badge tone={state.tone}>{state.label}</Badge>
      </PageHeader>
      {mail ? (
        <div className="grid gap-8">
          <p className="text-sm text-muted">
            To {mail.to.name} <span className="break-all">&lt;{mail.to.address}&gt;</span>
            {notice.sentAt ? `, ${formatInstant(new Date(notice.sentAt))}` : null}
          </p>
          <Panel title="Text">
            <MailText text={mail.text} />
          </Panel>
          <Panel title="As a mailbox shows it">
            {/* Sandboxed without any right: nothing in a mail can run, submit or navigate us. */}
            <iframe
              title="The mail as HTML"
              sandbox=""
              srcDoc={mail.html}
              className="h-136 w-full max-w-2xl rounded-md border"
            />
          </Panel>
        </div>
      ) : (
        <Empty title="There is nothing to open">
          {notice.state === "sent"
            ? `This ${notice.channel ? "message" : "mail"} went out, and its text was not kept here.`
            : (notice.reason ?? `This ${notice.channel ? "message" : "mail"} has not been written yet.`)}
        </Empty>
      )}
    </>
  );
}
