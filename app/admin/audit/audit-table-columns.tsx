import Link from "next/link";
import type { Column } from "@/components/data-table/column";

/** An event as the table shows it: everything in words already, so that server and browser agree. */
export type AuditRow = {
  id: number;
  at: { iso: string; exact: string; ago: string };
  actor: string;
  isJob: boolean;
  actingAs: string | null;
  action: string;
  subject: string;
  subjectPage: string | null;
  label: string;
  request: string | null;
  ip: string | null;
};

const dash = <span className="text-muted">–</span>;

export const auditColumns: Column<AuditRow>[] = [
  {
    id: "at",
    descendingFirst: true,
    phone: "title",
    cell: (event) => (
      <time dateTime={event.at.iso} title={event.at.exact}>
        {event.at.ago}
      </time>
    ),
  },
  {
    id: "actor",
    cell: (event) => (
      <span className={event.isJob ? "text-muted" : "font-medium"}>
        {event.actor}
        {event.isJob ? <span className="sr-only"> (a job)</span> : null}
      </span>
    ),
  },
  { id: "actingAs", cell: (event) => event.actingAs ?? dash },
  { id: "action", phone: "line", cell: (event) => event.action },
  { id: "subject", phone: "hidden", cell: (event) => <span className="text-muted">{event.subject}</span> },
  {
    id: "label",
    phone: "line",
    cell: (event) =>
      event.subjectPage ? (
        <Link href={event.subjectPage} prefetch={false} className="underline-offset-2 hover:underline">
          {event.label}
        </Link>
      ) : (
        event.label
      ),
  },
  {
    id: "request",
    phone: "hidden",
    cell: (event) => (event.request ? <code className="text-xs">{event.request}</code> : dash),
  },
  { id: "ip", phone: "hidden", cell: (event) => event.ip ?? dash },
];
