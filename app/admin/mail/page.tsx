import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { listNewestNotices } from "@/db/queries/outbox";
import { requireStaff } from "@/lib/auth/current";
import { jobsBackend } from "@/lib/jobs/backend";
import { mailTransport } from "@/lib/notify/mailer";
import { NoticeTable } from "./notice-table";
import { TransportNote } from "./transport-note";

export const metadata: Metadata = { title: "Mail" };

const SHOWN = 200;

/** What people and channels were told, and whether it reached them. */
export default async function MailPage() {
  await requireStaff("/admin/mail", "mail.read");
  const notices = await listNewestNotices(getDb(), SHOWN);
  const transport = mailTransport();
  return (
    <>
      <PageHeader title="Mail">{notices.length === SHOWN ? `The newest ${SHOWN}` : null}</PageHeader>
      <TransportNote transport={transport} jobsOff={jobsBackend() === "off"} />
      {notices.length > 0 ? (
        <NoticeTable notices={notices} now={new Date()} filed={transport.by === "files"} />
      ) : (
        <Empty title="No mail yet">
          Sign-ups, forgotten passwords, broken WakaTime links and demo sessions send mail; it appears here, and so do
          messages to Slack.
        </Empty>
      )}
    </>
  );
}
