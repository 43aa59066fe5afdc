import type { FormAction } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { OwnAccount } from "@/db/queries/own-account";
import { EmailForm, SendLinkForm } from "./email-form";

type Props = {
  account: Pick<OwnAccount, "email" | "pendingEmail" | "isVerified" | "hasPassword">;
  send: FormAction;
  change: FormAction;
};

/** The address that holds, the one that waits to be confirmed, and the way to another. */
export function EmailPanel({ account: { email, pendingEmail, isVerified, hasPassword }, send, change }: Props) {
  return (
    <Panel title="E-mail">
      <p className="break-all">{email}</p>
      <p className="mt-0.5">
        {isVerified ? <Badge tone="good">confirmed</Badge> : <Badge tone="warn">not confirmed yet</Badge>}
      </p>
      {pendingEmail ? (
        <p className="mt-3 text-sm text-muted">
          Changes to <span className="break-all text-ink">{pendingEmail}</span> once the link that we mailed there is
          followed.
        </p>
      ) : null}
      {pendingEmail || !isVerified ? (
        <SendLinkForm action={send} label={pendingEmail ? "Mail the link again" : "Mail me a link to confirm it"} />
      ) : null}
      {hasPassword ? (
        <div className="mt-5">
          <h3 className="mb-3 text-sm font-medium">Another e-mail address</h3>
          <EmailForm action={change} />
        </div>
      ) : null}
    </Panel>
  );
}
