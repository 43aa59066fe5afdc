"use client";

import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { sendTestMailAction } from "./actions";
import { SavedForm } from "./saved-form";

type Props = {
  by: "smtp" | "files" | "none";
  from: string | null;
  reason: string | null;
  jobsOff: boolean;
  /** Of whoever looks. */
  address: string;
};

/** How mail leaves, which the installation's environment says, and a way to try it. */
export function MailSettings({ by, from, reason, jobsOff, address }: Props) {
  return (
    <Panel
      title="Mail"
      aside={
        <Link href="/admin/mail" className="reach underline underline-offset-2 hover:text-ink">
          What was sent
        </Link>
      }
    >
      <div className="grid max-w-md gap-4">
        <p className="text-sm">
          {by === "smtp" ? (
            <>
              Mail leaves through the configured mail server, from <code className="break-all">{from}</code>.
            </>
          ) : by === "files" ? (
            <>
              Mail is written to files, because <code>SMTP_URL</code> is not set: nobody gets it in a mailbox.
            </>
          ) : (
            <>Mail is waiting, and nobody gets it. {reason}</>
          )}
          {jobsOff ? " Background jobs are off (JOBS_BACKEND), so nothing sends it." : null}
        </p>
        <p className="label">
          Set in the environment of the server: <code>SMTP_URL</code>, <code>MAIL_FROM</code>.
        </p>
        <SavedForm
          action={sendTestMailAction}
          submit="Send a test mail to me"
          done={by === "smtp" ? `It is on its way to ${address}.` : "It is in the outbox: see “What was sent”."}
        >
          {() => null}
        </SavedForm>
      </div>
    </Panel>
  );
}
