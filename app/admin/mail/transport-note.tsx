import type { Transport } from "@/lib/notify/mailer";

type Props = { transport: Transport /** Nothing runs the job that sends. */; jobsOff: boolean };

/** How mail leaves, when it is not by a mail server. */
export function TransportNote({ transport, jobsOff }: Props) {
  if (transport.by === "smtp" && !jobsOff) return null;
  return (
    <p className="mb-4 max-w-prose border-l-2 border-warn pl-3 text-sm">
      {jobsOff ? (
        <>Mail is waiting and nobody gets it: background jobs are off (JOBS_BACKEND).</>
      ) : transport.by === "files" ? (
        <>
          Mail is written to files, because <code>SMTP_URL</code> is not set: nobody gets it in a mailbox. You can open
          each one here; opening is noted in the audit log.
        </>
      ) : (
        <>Mail is waiting and nobody gets it. {transport.by === "none" ? transport.reason : null}</>
      )}
    </p>
  );
}
