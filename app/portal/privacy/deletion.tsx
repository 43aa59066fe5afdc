import { cancelDeletionAction } from "@/app/deletion-actions";
import { KeepAccount } from "@/components/account/keep-account";
import { Panel } from "@/components/ui/panel";
import type { PortalPrivacy } from "@/db/queries/portal-privacy";
import { localDate, localTime } from "@/lib/dates";
import { formatCount, formatDateWithWeekday } from "@/lib/format";
import { DeleteForm } from "./delete-form";

type Props = { found: PortalPrivacy; graceDays: number; lookingOnly: boolean };

/** What goes with an account and what stays, and the way to delete it or to keep it. */
export function Deletion({ found, graceDays, lookingOnly }: Props) {
  const { deletionDueAt, zone, connected, places, issuedCertificates, days } = found;
  const due = deletionDueAt ? new Date(deletionDueAt) : null;
  return (
    <Panel title="Delete my account" className="mt-8">
      <div id="deletion" className="grid scroll-mt-6 gap-4 text-sm">
        {due ? (
          <p role="status" className="border-l-2 border-bad pl-3">
            Your account is deleted on{" "}
            <strong className="font-medium">
              {formatDateWithWeekday(localDate(due, zone))}, {localTime(due, zone)} ({zone})
            </strong>
            , within half an hour after it. Until then everything works as before.
          </p>
        ) : null}
        <div className="grid gap-x-10 gap-y-4 sm:grid-cols-2">
          <div>
            <h3 className="mb-1.5 font-medium">What is deleted</h3>
            <ul className="grid list-disc gap-1 pl-4 text-muted marker:text-strong-line">
              <li>Name, address, phone, password, and every way to sign in.</li>
              {connected ? <li>The link to WakaTime; its access is taken back there, too.</li> : null}
              <li>The names of projects, machines and libraries in your coding time.</li>
              <li>
                Demos, goals and certificates
                {issuedCertificates > 0 ? "; those of the academy can then no longer be checked" : null}.
              </li>
              <li>Notes and feedback of your sign-ups, what staff noted about you, and their answers to warnings.</li>
              <li>The links and the offer date you gave for projects.</li>
              <li>
                Your name and address wherever the log of changes has them. In changes about others, a name stays that
                is one word, or somebody else’s too.
              </li>
              {places > 0 ? (
                <li>
                  {places === 1
                    ? "Your place in a session to come goes"
                    : `Your ${places} places in sessions to come go`}{" "}
                  to whoever waits.
                </li>
              ) : null}
            </ul>
          </div>
          <div>
            <h3 className="mb-1.5 font-medium">What stays, as “Deleted student”</h3>
            <ul className="grid list-disc gap-1 pl-4 text-muted marker:text-strong-line">
              <li>
                How long you coded on each day
                {days > 0 ? ` (${formatCount(days)} ${days === 1 ? "day" : "days"})` : null}, by which time zone, in
                which languages, with which editors and operating systems, and what kinds of activity it was.
              </li>
              <li>In which batches you were, when, and with which status; how their registration keys were used.</li>
              <li>Which of the academy’s projects you were on, and how each went.</li>
              <li>
                The states of your sign-ups for demo sessions (presented, not come, cancelled), and ratings in stars.
              </li>
              <li>How you stood in early warning and when, without what it came of.</li>
              <li>When you joined, how syncs of your coding time went, and that things about you were changed.</li>
            </ul>
            <p className="label mt-2">
              So that the numbers of your batch stay right. They no longer say who you were. Out of reach are what
              others wrote elsewhere in their own words, mail and messages that have left, and backups.
            </p>
          </div>
        </div>
        {lookingOnly ? null : due ? (
          <div className="max-w-xs">
            <KeepAccount action={cancelDeletionAction} />
          </div>
        ) : (
          <DeleteForm hasPassword={found.hasPassword} email={found.email} days={graceDays} />
        )}
      </div>
    </Panel>
  );
}
