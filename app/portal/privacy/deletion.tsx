import { Panel } from "@/components/ui/panel";
import type { PortalPrivacy } from "@/db/queries/portal-privacy";
import { localDate, localTime } from "@/lib/dates";
import { formatCount, formatDateWithWeekday } from "@/lib/format";
import { DeleteForm } from "./delete-form";
import { KeepAccount } from "./keep-account";

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
              <li>Notes and feedback of your sign-ups, and what staff noted about you.</li>
              <li>Your name wherever the log of changes has it.</li>
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
                {days > 0 ? ` (${formatCount(days)} ${days === 1 ? "day" : "days"})` : null}, in which languages and
                with which editors.
              </li>
              <li>In which batch you were, and when; which projects you were on, without your links.</li>
              <li>Whether you presented, and the rating in stars.</li>
            </ul>
            <p className="label mt-2">So that the numbers of your batch stay right. They no longer say who you were.</p>
          </div>
        </div>
        {lookingOnly ? null : due ? (
          <div className="max-w-xs">
            <KeepAccount />
          </div>
        ) : (
          <DeleteForm hasPassword={found.hasPassword} email={found.email} days={graceDays} />
        )}
      </div>
    </Panel>
  );
}
