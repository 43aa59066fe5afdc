import Link from "next/link";
import type { ReactNode } from "react";
import { Freshness } from "@/components/coding/freshness";
import { freshnessOf } from "@/components/coding/freshness-words";
import { MoveStudent } from "@/components/student/move-student";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import type { Viewer } from "@/db/queries/session";
import type { UserDetail } from "@/db/queries/user-detail";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { formatAgo, formatDate, formatDuration, formatInstant } from "@/lib/format";
import { moveUserAction } from "./actions";
import { RoleForm } from "./role-form";
import { DisableForm, EditUserForm, EnableForm, ResetForm, SignOutForm } from "./user-forms";

type Props = { user: UserDetail; viewer: Viewer; now: Date };

/** A user beside the list: the facts, and what the viewer may do about them. */
export function UserPanel({ user, viewer, now }: Props) {
  const actor = actorOf(viewer);
  // Nobody changes an account that was deleted: there is nobody behind it.
  const isAdmin = !user.deletedAt && can(actor, "user.edit");
  const mayEdit = isAdmin || (!user.deletedAt && can(actor, "student.edit", user));
  const mayMove = !user.deletedAt && can(actor, "student.edit", { instructorIds: user.enrolmentInstructorIds });
  const mayChange = !user.deletedAt && can(actor, "user.change-role", user);
  const hidden = <span className="text-muted">hidden: not a student of your batches</span>;
  const none = <span className="text-muted">none</span>;
  return (
    <div className="grid gap-5">
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-2 text-sm [&>dt]:text-muted">
        <Fact label="Role">{user.role}</Fact>
        {user.studentId ? (
          <Fact label="Batch">
            {user.batchId ? (
              <>
                <Link href={`/admin/batches/${user.batchId}`} className="underline underline-offset-2">
                  {user.batchName}
                </Link>{" "}
                ({user.enrolmentStatus}
                {user.isOver ? ", over" : null})
              </>
            ) : (
              none
            )}
          </Fact>
        ) : null}
        <Fact label="E-mail">
          {user.deletedAt ? (
            none
          ) : user.seesAddress ? (
            <>
              <a href={`mailto:${user.email}`} className="break-all underline underline-offset-2">
                {user.email}
              </a>
              {user.emailVerifiedAt ? null : <span className="label block">not confirmed</span>}
            </>
          ) : (
            hidden
          )}
        </Fact>
        <Fact label="Phone">{user.seesAddress ? (user.phone ?? none) : hidden}</Fact>
        <Fact label="Account">
          {user.deletedAt ? (
            <Badge>deleted {formatAgo(new Date(user.deletedAt), now)}, at their own request</Badge>
          ) : user.disabledAt ? (
            <>
              <Badge tone="bad">disabled {formatAgo(new Date(user.disabledAt), now)}</Badge>
              <span className="block">{user.disabledReason}</span>
            </>
          ) : (
            <Badge tone="good">enabled</Badge>
          )}
          {user.deletionDueAt ? (
            <span className="label block">
              asked for it to be deleted: {formatInstant(new Date(user.deletionDueAt))}
            </span>
          ) : null}
        </Fact>
        <Fact label="Joined">{formatDate(user.joinedAt.slice(0, 10))}</Fact>
        <Fact label="Last sign-in">
          <Instant value={user.lastSignInAt} now={now} />
          <span className="label block">
            {user.openSessions === 0
              ? "not signed in now"
              : `signed in on ${user.openSessions} ${user.openSessions === 1 ? "device" : "devices"}`}
          </span>
        </Fact>
        {user.studentId || user.connectionStatus ? (
          <>
            <Fact label="WakaTime">
              <Freshness words={freshnessOf({ ...user, status: user.connectionStatus }, now)} badge />
            </Fact>
            <Fact label="Last 7 days">{user.weekMs === null ? "–" : formatDuration(user.weekMs)}</Fact>
          </>
        ) : null}
      </dl>
      {user.studentId ? (
        <Link href={`/admin/students/${user.studentId}`} className={buttonClass()}>
          Open the student page
        </Link>
      ) : null}
      {mayEdit ? (
        <Section title="Edit">
          <EditUserForm user={user} withEmail={isAdmin} />
        </Section>
      ) : null}
      {user.studentId && mayMove && user.batches.length > 0 ? (
        <Section title="Batch">
          <MoveStudent
            action={moveUserAction}
            studentId={user.studentId}
            version={user.enrolmentVersion || undefined}
            name={user.name}
            batches={user.batches}
            enrolled={user.enrolmentStatus !== null && !user.isOver}
          />
        </Section>
      ) : null}
      {mayChange ? (
        <Section title="Role">
          <RoleForm user={user} />
        </Section>
      ) : null}
      {isAdmin ? (
        <Section title="Access">
          <div className="flex flex-wrap items-start gap-2">
            {user.disabledAt ? null : <ResetForm user={user} />}
            {can(actor, "user.sign-out", user) ? <SignOutForm user={user} /> : null}
            {can(actor, "user.disable", user) ? (
              user.disabledAt ? (
                <EnableForm user={user} />
              ) : (
                <DisableForm user={user} />
              )
            ) : null}
          </div>
        </Section>
      ) : null}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t pt-3">
      <h3 className="mb-3 text-sm font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Instant({ value, now }: { value: string | null; now: Date }) {
  if (!value) return "never";
  const instant = new Date(value);
  return (
    <time dateTime={instant.toISOString()} title={formatInstant(instant)}>
      {formatAgo(instant, now)}
    </time>
  );
}
