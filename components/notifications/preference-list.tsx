import type { ReactNode } from "react";
import type { FormAction } from "@/components/ui/action-form";
import { Panel } from "@/components/ui/panel";
import type { PreferenceRow } from "@/lib/notify/preference-rows";
import type { Membership } from "@/lib/notify/slack-member";
import { PreferenceItem } from "./preference-item";

type Props = {
  rows: PreferenceRow[];
  email: string;
  /** The newest message did not arrive, because the bot does not find them. */
  notInSlack: boolean;
  /** Leads to where the address is changed. */
  profile: ReactNode;
  action: FormAction<Membership | null>;
};

/** What somebody is told, by which way, and where it goes. */
export function PreferenceList({ rows, email, notInSlack, profile, action }: Props) {
  const hasSlack = rows.some(({ slack }) => slack !== null);
  return (
    <>
      <p className="mb-4 max-w-prose text-sm text-muted">
        Mail goes to <span className="break-all text-ink">{email}</span> ({profile}).
        {rows.some(({ always }) => always === null)
          ? " Every mail that you can switch off here has a link at its end that does it, too."
          : null}
      </p>
      <ul className="mb-6 border-b">
        {rows.map((row) => (
          <PreferenceItem key={row.group} row={row} email={email} action={action} />
        ))}
      </ul>
      {hasSlack ? (
        <Panel title="Direct messages in Slack" className="border-t-0">
          {notInSlack ? (
            <p className="mb-2 max-w-prose border-l-2 border-warn pl-3 text-sm text-warn">
              Your last message could not be delivered: nobody in the academy’s Slack has the address{" "}
              <span className="break-all">{email}</span>.
            </p>
          ) : null}
          <p className="max-w-prose text-sm text-muted">
            The academy’s bot writes to whoever has your e-mail address in its Slack; for that we tell Slack the
            address. Messages come beside the mail: where they are enough for you, switch the mail off.
          </p>
        </Panel>
      ) : null}
    </>
  );
}
