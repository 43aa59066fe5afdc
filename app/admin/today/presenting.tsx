import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import type { TodayPage } from "@/db/queries/today-page";
import { formatCount, formatDayDistance } from "@/lib/format";
import { SessionLink, SessionWhen } from "../next-session";
import { PersonRow } from "./people";

type Session = NonNullable<TodayPage["nextSession"]>;

/** Who presents next: the viewer's own students, then everybody else's. */
export function Presenting({ session, viewerZone }: { session: Session | null; viewerZone: string | null }) {
  return (
    <Panel
      title="Who presents next"
      aside={
        <Link
          href="/admin/demo-sessions"
          prefetch={false}
          className="reach underline underline-offset-2 hover:text-ink"
        >
          All sessions
        </Link>
      }
    >
      {session ? (
        <SessionPeople session={session} viewerZone={viewerZone} />
      ) : (
        <p className="text-sm text-muted">No session is planned.</p>
      )}
    </Panel>
  );
}

function SessionPeople({ session, viewerZone }: { session: Session; viewerZone: string | null }) {
  const own = session.presenting.filter(({ isOwn }) => isOwn);
  const others = session.presenting.filter(({ isOwn }) => !isOwn);
  return (
    <>
      <p className="text-lg font-medium tracking-tight">
        <SessionLink session={session} />{" "}
        <span className="font-normal text-muted">{formatDayDistance(session.sessionDate, session.today)}</span>
      </p>
      <p className="mb-3 text-sm text-muted">
        <SessionWhen session={session} viewerZone={viewerZone} />
        {session.waitlisted > 0 ? ` · ${formatCount(session.waitlisted)} on the waiting list` : null}
      </p>
      {session.presenting.length === 0 ? <p className="text-sm text-muted">Nobody has signed up yet.</p> : null}
      <People title="Your students" people={own} />
      <People title={own.length > 0 ? "Others" : "None of your students; others"} people={others} />
    </>
  );
}

function People({ title, people }: { title: string; people: Session["presenting"] }) {
  if (people.length === 0) return null;
  return (
    <>
      <h3 className="label mt-3 mb-2 font-medium">{title}</h3>
      <ul>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} aside={person.demo ?? "demo not named yet"} />
        ))}
      </ul>
    </>
  );
}
