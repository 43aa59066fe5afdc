import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { OpenInvitation } from "@/db/queries/invitation";
import { formatAgo, formatCount } from "@/lib/format";
import type { BatchOption } from "./import-desk";
import { InviteForm, ResendForm } from "./invite-forms";

type Props = { batches: BatchOption[]; invitations: { rows: OpenInvitation[]; total: number }; now: Date };

/** One person at a time, and who has been invited and has not accepted yet. */
export function InvitePanel({ batches, invitations: { rows, total }, now }: Props) {
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-3">
      <Panel title="Invite one person">
        <InviteForm batches={batches} />
      </Panel>
      <Panel
        title="Invited, not accepted yet"
        aside={rows.length < total ? `the newest ${rows.length} of ${formatCount(total)}` : formatCount(total)}
        className="lg:col-span-2"
      >
        {rows.length === 0 ? (
          <Empty title="Nobody is waiting">Whoever is invited stands here until they accept.</Empty>
        ) : (
          <ul>
            {rows.map((invitation) => (
              <Waiting key={invitation.userId} invitation={invitation} now={now} />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function Waiting({ invitation, now }: { invitation: OpenInvitation; now: Date }) {
  const { userId, name, email, role, batch, invitedAt, expired } = invitation;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-2 text-sm">
      <div className="min-w-0">
        <span className="font-medium">{name}</span>{" "}
        <span className="text-muted">{role === "instructor" ? "instructor" : batch}</span>
        <span className="block text-xs wrap-anywhere text-muted">
          {email} · invited {formatAgo(new Date(invitedAt), now)}
        </span>
      </div>
      <div className="flex items-center gap-3">
        {expired ? <Badge tone="warn">expired</Badge> : null}
        <ResendForm userId={userId} name={name} />
      </div>
    </li>
  );
}
