import Link from "next/link";
import type { ReactNode } from "react";
import { enrolmentTone } from "@/components/student/words";
import { Badge, type Tone } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { AssignmentStatus } from "@/db/enums";
import { formatDate } from "@/lib/format";
import type { StudentShown } from "./student-shown";

const none = <span className="text-muted">none</span>;
const link = "reach underline underline-offset-2";

export function Contact({ contact, deleted }: Pick<StudentShown, "contact" | "deleted">) {
  return (
    <Panel title="Contact">
      {deleted ? (
        <p className="text-sm text-muted">Deleted with the account.</p>
      ) : contact ? (
        <dl className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm [&>dt]:text-muted">
          <dt>E-mail</dt>
          <dd>
            <a href={`mailto:${contact.email}`} className={`${link} break-all`}>
              {contact.email}
            </a>
          </dd>
          <dt>Phone</dt>
          <dd>
            {contact.phone ? (
              <a href={`tel:${contact.phone.replace(/[^+\d]/g, "")}`} className={link}>
                {contact.phone}
              </a>
            ) : (
              none
            )}
          </dd>
        </dl>
      ) : (
        <p className="text-sm text-muted">Hidden: not a student of your batches.</p>
      )}
    </Panel>
  );
}

/** All enrolments with their dates, the latest first; one that follows another at once in another batch is a move. */
export function EnrolmentHistory({ enrolments }: { enrolments: StudentShown["enrolments"] }) {
  return (
    <Panel title="Enrolments">
      {enrolments.length === 0 ? <p className="text-sm text-muted">Never enrolled.</p> : null}
      <ol className="text-sm">
        {enrolments.map((each, index) => {
          const former = enrolments[index + 1];
          const moved = former?.toDate === each.fromDate && former.batchId !== each.batchId;
          return (
            <li key={each.id} className="border-b py-2 first:pt-0">
              <p className="flex flex-wrap justify-between gap-x-3">
                <Link href={`/admin/batches/${each.batchId}`} prefetch={false} className={link}>
                  {each.batchName}
                </Link>
                <Badge tone={enrolmentTone[each.status]}>{each.status}</Badge>
              </p>
              <p className="label">
                from {formatDate(each.fromDate)}
                {each.toDate ? `, until ${formatDate(each.toDate)}` : null}
                {moved ? `, moved from ${former.batchName}` : null}
              </p>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

const ASSIGNMENT_TONES: Record<AssignmentStatus, Tone> = {
  assigned: "accent",
  active: "good",
  completed: "neutral",
  dropped: "bad",
};

type ShortProps = {
  title: string;
  total: number;
  more?: { href: string; label: string };
  empty: string;
  children: ReactNode[];
};

/** The first few of a list, and the way to all of them. */
function ShortList({ title, total, more, empty, children }: ShortProps) {
  const aside = total > children.length ? `${children.length} of ${total}` : total > 0 ? String(total) : null;
  return (
    <Panel title={title} aside={aside}>
      {total === 0 ? <p className="text-sm text-muted">{empty}</p> : <ul className="text-sm">{children}</ul>}
      {more && total > 0 ? (
        <p className="mt-2 text-sm">
          <Link href={more.href} prefetch={false} className={link}>
            {more.label}
          </Link>
        </p>
      ) : null}
    </Panel>
  );
}

const row = "flex flex-wrap justify-between gap-x-3 border-b py-1.5 first:pt-0";

export function Assignments({ assignments: { total, rows } }: Pick<StudentShown, "assignments">) {
  return (
    <ShortList title="Projects" total={total} empty="On no project yet.">
      {rows.map(({ projectId, name, status }) => (
        <li key={projectId} className={row}>
          <Link href={`/admin/projects/${projectId}`} prefetch={false} className={link}>
            {name}
          </Link>
          <Badge tone={ASSIGNMENT_TONES[status]}>{status}</Badge>
        </li>
      ))}
    </ShortList>
  );
}

export function Demos({ demos: { total, rows }, href }: Pick<StudentShown, "demos"> & { href: string }) {
  const more = { href, label: "All demos in the timeline" };
  return (
    <ShortList title="Demos" total={total} more={more} empty="No demo yet.">
      {rows.map(({ id, title, date }) => (
        <li key={id} className={row}>
          <span className="min-w-0">{title}</span>
          <span className="label">{date ? formatDate(date) : "no date"}</span>
        </li>
      ))}
    </ShortList>
  );
}

type CertificatesProps = Pick<StudentShown, "certificates" | "name" | "today">;

export function Certificates({ certificates: { total, rows }, name, today }: CertificatesProps) {
  const more = {
    href: `/admin/certificates?${new URLSearchParams({ q: name })}`,
    label: "In the list of certificates",
  };
  return (
    <ShortList title="Certificates" total={total} more={more} empty="No certificate yet.">
      {rows.map((each) => (
        <li key={each.id} className={row}>
          <span className="min-w-0">
            {each.name}
            <span className="label block">{each.issuer}</span>
          </span>
          <span className="text-right">
            <span className="label block">{formatDate(each.issued)}</span>
            {each.revoked ? (
              <Badge tone="bad">revoked</Badge>
            ) : each.expires && each.expires < today ? (
              <Badge tone="warn">expired</Badge>
            ) : null}
          </span>
        </li>
      ))}
    </ShortList>
  );
}
