import Link from "next/link";
import type { ReactNode } from "react";
import { zoneWords } from "@/components/demo-session/session-time";
import type { FormAction } from "@/components/ui/action-form";
import { Panel } from "@/components/ui/panel";
import type { OwnAccount, SignIn } from "@/db/queries/own-account";
import { localDate } from "@/lib/dates";
import { formatAgo, formatDate, formatInstant } from "@/lib/format";
import { deviceInWords } from "./device-words";
import { EmailPanel } from "./email-panel";
import { PasswordForm } from "./password-form";
import { PlaceFacts } from "./place-facts";
import { ProfileForm } from "./profile-form";
import { type SignInRow, SignIns } from "./sign-ins";

type Actions = {
  changeProfile: FormAction;
  sendVerification: FormAction;
  changeEmail: FormAction;
  changePassword: FormAction;
  endSession: FormAction;
  endOtherSessions: FormAction<{ ended: number }>;
};

type Props = {
  account: OwnAccount;
  actions: Actions;
  now: Date;
  /** After so many days without a visit a sign-in ends by itself. */
  idleDays: number;
  /** Somebody looks at the product as this person: where they are signed in is theirs alone. */
  isLookedAt: boolean;
  /** What came of the last form. */
  message?: string | undefined;
  /** Further parts, where there are any. */
  children?: ReactNode;
};

/** The page of what is one's own, for students in their portal and for everybody else. */
export function AccountPanels({ account, actions, now, idleDays, isLookedAt, message, children }: Props) {
  const { name, email, hasPassword, signIns } = account;
  return (
    <>
      {message ? (
        <p role="status" className="mb-6 border-l-2 border-good pl-3 text-sm text-good">
          {message}
        </p>
      ) : null}
      {isLookedAt ? <p className="mb-6 text-sm text-muted">Only {name} changes anything here.</p> : null}
      <fieldset
        disabled={isLookedAt}
        className="grid min-w-0 items-start gap-x-12 gap-y-8 md:grid-cols-2 [&:disabled_.control]:bg-sunken"
      >
        <Panel title="About you">
          <ProfileForm
            action={actions.changeProfile}
            version={account.version}
            name={name}
            phone={account.phone}
            timeZone={account.timeZone}
            otherZone={account.otherZone}
            zoneHint={<ZoneHint account={account} />}
            phoneHint={PHONE_HINTS[account.role]}
          />
        </Panel>
        <PlaceFacts account={account} />
        <EmailPanel account={account} send={actions.sendVerification} change={actions.changeEmail} />
        <Panel title="Password">
          {hasPassword ? (
            <PasswordForm action={actions.changePassword} email={email} />
          ) : (
            <p className="text-sm">
              Your account has no password yet.{" "}
              <Link href="/forgot-password" prefetch={false} className="reach underline underline-offset-2">
                Have a link mailed
              </Link>{" "}
              to choose one.
            </p>
          )}
        </Panel>
        <Panel title="Where you are signed in" className="md:col-span-2">
          {isLookedAt ? (
            <p className="text-sm text-muted">Only {name} sees where they are signed in.</p>
          ) : (
            <>
              <p className="mb-3 max-w-prose text-sm text-muted">
                Something here that is not yours? Sign it out and choose a new password. A sign-in ends by itself after{" "}
                {idleDays} days without a visit.
              </p>
              <SignIns
                rows={signIns.rows.map((each) => rowOf(each, account.timeZone ?? account.otherZone, now))}
                total={signIns.total}
                endOne={actions.endSession}
                endOthers={actions.endOtherSessions}
              />
            </>
          )}
        </Panel>
        {children}
      </fieldset>
    </>
  );
}

const PHONE_HINTS: Record<OwnAccount["role"], string> = {
  student: "Seen by admins and by the instructors of your batch.",
  user: "Seen by admins.",
  instructor: "Seen by admins.",
  admin: "Seen by admins.",
};

function ZoneHint({ account: { role, otherZone, otherZoneOf } }: { account: OwnAccount }) {
  const whose = otherZoneOf === "batch" ? "your batch" : "the academy";
  const empty = `Left empty, the zone of ${whose} holds: ${zoneWords(otherZone)}.`;
  return (
    <ul className="grid list-disc gap-0.5 pl-4">
      <li>{empty}</li>
      {role === "student" ? (
        <>
          <li>
            Decides which day is your today: your sums, streak and goals follow at once, and demo sessions are shown at
            your hour.
          </li>
          <li>Days that are stored stay as they are; the next sync reads the last 14 anew, by the new zone.</li>
        </>
      ) : (
        <li>Decides which day is your today, and at which hour you see demo sessions.</li>
      )}
    </ul>
  );
}

function rowOf({ id, device, ip, lastSeenAt, createdAt, isThis }: SignIn, zone: string, now: Date): SignInRow {
  const seen = new Date(lastSeenAt);
  return {
    ...{ id, isThis, device: deviceInWords(device), address: ip },
    lastSeen: formatAgo(seen, now),
    lastSeenAt: formatInstant(seen),
    since: formatDate(localDate(new Date(createdAt), zone)),
  };
}
