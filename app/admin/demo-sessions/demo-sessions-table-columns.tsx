import type { Column } from "@/components/data-table/use-data-table";
import { MeetingLink } from "@/components/demo-session/meeting-link";
import { type SessionMoment, SessionTime } from "@/components/demo-session/session-time";
import { Badge } from "@/components/ui/badge";
import type { SessionState } from "@/db/enums";
import { SESSION_TONES } from "./session-words";

/** A demo session as the table shows one: numbers and dates in words already, so that server and browser agree. */
export type DemoSessionRow = {
  id: number;
  moment: SessionMoment;
  viewerZone: string;
  date: string;
  distance: string;
  title: string;
  batch: string | null;
  state: SessionState;
  places: string;
  limit: string | null;
  waiting: string | null;
  presented: string | null;
  noShow: string | null;
  meetingUrl: string | null;
};

const dash = <span className="text-muted">–</span>;

export const demoSessionColumns: Column<DemoSessionRow>[] = [
  {
    id: "date",
    accessorFn: (session) => session.date,
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row: { original: session } }) => (
      <>
        <span className="font-medium">{session.date}</span>{" "}
        <span className="font-normal text-muted">{session.distance}</span>
      </>
    ),
  },
  {
    id: "time",
    meta: { phone: "line" },
    cell: ({ row: { original: session } }) => (
      <span className="inline-block whitespace-normal sm:min-w-24">
        <SessionTime session={session.moment} viewerZone={session.viewerZone} timeOnly />
      </span>
    ),
  },
  {
    id: "title",
    accessorFn: (session) => session.title,
    sortDescFirst: false,
    meta: { phone: "line" },
    cell: ({ row }) => row.original.title,
  },
  { id: "batch", meta: { phone: "hidden" }, cell: ({ row }) => row.original.batch ?? dash },
  {
    id: "state",
    cell: ({ row: { original: session } }) => <Badge tone={SESSION_TONES[session.state]}>{session.state}</Badge>,
  },
  { id: "places", meta: { number: true }, cell: ({ row }) => row.original.places },
  { id: "limit", meta: { number: true, phone: "hidden" }, cell: ({ row }) => row.original.limit ?? dash },
  { id: "waiting", meta: { number: true, phone: "hidden" }, cell: ({ row }) => row.original.waiting ?? dash },
  { id: "presented", meta: { number: true, phone: "hidden" }, cell: ({ row }) => row.original.presented ?? dash },
  { id: "noShow", meta: { number: true, phone: "hidden" }, cell: ({ row }) => row.original.noShow ?? dash },
  {
    id: "meeting",
    meta: { phone: "hidden" },
    cell: ({ row }) => (row.original.meetingUrl ? <MeetingLink url={row.original.meetingUrl} short /> : dash),
  },
];
