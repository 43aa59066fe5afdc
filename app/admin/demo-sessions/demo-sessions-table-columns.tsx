import type { Column } from "@/components/data-table/use-data-table";
import { Badge } from "@/components/ui/badge";
import type { DemoSessionRow } from "./demo-session-row";

const dash = <span className="text-muted">–</span>;

export const demoSessionColumns: Column<DemoSessionRow>[] = [
  {
    id: "date",
    accessorFn: (session) => session.date,
    header: "Date",
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row: { original: session } }) => (
      <>
        <span className="font-medium">{session.date}</span> <span className="text-muted">{session.distance}</span>
      </>
    ),
  },
  { id: "time", header: "Time", enableSorting: false, meta: { phone: "hidden" }, cell: ({ row }) => row.original.time },
  {
    id: "title",
    accessorFn: (session) => session.title,
    header: "Title",
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row: { original: session } }) => (
      <>
        {session.title}
        {session.batch ? <span className="text-muted"> · {session.batch}</span> : null}
      </>
    ),
  },
  {
    id: "state",
    header: "State",
    enableSorting: false,
    cell: ({ row }) => <Badge tone={row.original.state.tone}>{row.original.state.label}</Badge>,
  },
  {
    id: "places",
    header: "Places",
    enableSorting: false,
    meta: { number: true },
    cell: ({ row }) => row.original.places,
  },
  {
    id: "waiting",
    header: "Waiting",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.waiting ?? dash,
  },
  {
    id: "presented",
    header: "Presented",
    enableSorting: false,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.presented ?? dash,
  },
  {
    id: "link",
    header: "Meeting",
    enableSorting: false,
    meta: { phone: "hidden" },
    cell: ({ row }) =>
      row.original.meetingUrl ? (
        <a href={row.original.meetingUrl} className="underline underline-offset-2" rel="noreferrer" target="_blank">
          Join
        </a>
      ) : (
        dash
      ),
  },
];
