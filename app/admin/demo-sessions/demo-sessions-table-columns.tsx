import type { Column } from "@/components/data-table/column";
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
    phone: "title",
    cell: (session) => (
      <>
        <span className="font-medium">{session.date}</span>{" "}
        <span className="font-normal text-muted">{session.distance}</span>
      </>
    ),
  },
  {
    id: "time",
    phone: "line",
    cell: (session) => (
      <span className="inline-block whitespace-normal sm:min-w-24">
        <SessionTime session={session.moment} viewerZone={session.viewerZone} timeOnly />
      </span>
    ),
  },
  { id: "title", phone: "line", cell: (session) => session.title },
  { id: "batch", phone: "hidden", cell: (session) => session.batch ?? dash },
  { id: "state", cell: (session) => <Badge tone={SESSION_TONES[session.state]}>{session.state}</Badge> },
  { id: "places", number: true, cell: (session) => session.places },
  { id: "limit", number: true, phone: "hidden", cell: (session) => session.limit ?? dash },
  { id: "waiting", number: true, phone: "hidden", cell: (session) => session.waiting ?? dash },
  { id: "presented", number: true, phone: "hidden", cell: (session) => session.presented ?? dash },
  { id: "noShow", number: true, phone: "hidden", cell: (session) => session.noShow ?? dash },
  {
    id: "meeting",
    phone: "hidden",
    cell: (session) => (session.meetingUrl ? <MeetingLink url={session.meetingUrl} short /> : dash),
  },
];
