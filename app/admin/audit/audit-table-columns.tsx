import Link from "next/link";
import type { Column } from "@/components/data-table/use-data-table";

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
    accessorFn: (event) => event.at.iso,
    sortDescFirst: true,
    meta: { phone: "title" },
    cell: ({ row: { original: event } }) => (
      <time dateTime={event.at.iso} title={event.at.exact}>
        {event.at.ago}
      </time>
    ),
  },
  {
    id: "actor",
    cell: ({ row: { original: event } }) => (
      <span className={event.isJob ? "text-muted" : "font-medium"}>
        {event.actor}
        {event.isJob ? <span className="sr-only"> (a job)</span> : null}
      </span>
    ),
  },
  { id: "actingAs", cell: ({ row }) => row.original.actingAs ?? dash },
  { id: "action", meta: { phone: "line" }, cell: ({ row }) => row.original.action },
  {
    id: "subject",
    meta: { phone: "hidden" },
    cell: ({ row }) => <span className="text-muted">{row.original.subject}</span>,
  },
  {
    id: "label",
    meta: { phone: "line" },
    cell: ({ row: { original: event } }) =>
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
    meta: { phone: "hidden" },
    cell: ({ row }) => (row.original.request ? <code className="text-xs">{row.original.request}</code> : dash),
  },
  { id: "ip", meta: { phone: "hidden" }, cell: ({ row }) => row.original.ip ?? dash },
];
