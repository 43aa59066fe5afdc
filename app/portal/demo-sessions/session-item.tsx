import { MeetingLink } from "@/components/demo-session/meeting-link";
import { SessionTime } from "@/components/demo-session/session-time";
import { Stars } from "@/components/demo-session/stars";
import { ownWords, placesWords, sessionBar, stateWords } from "@/components/demo-session/words";
import { Badge } from "@/components/ui/badge";
import type { OwnSignup, PortalSession, Standing } from "@/db/queries/portal-sessions";
import { localDate, localTime } from "@/lib/dates";
import { formatDateWithWeekday, formatDayDistance } from "@/lib/format";
import { OwnPlace } from "./own-place";
import type { OwnDemo } from "./signup-fields";

type Props = {
  session: PortalSession;
  standing: Standing;
  /** Whether one can sign up for anything at all. */
  mayJoin: boolean;
  /** Whether one can change a sign-up: not for whoever looks at another's. */
  mayChange: boolean;
  demos: OwnDemo[];
  zone: string;
};

/** One session to come: when, how full, how it is joined, and one's own place in it. */
export function SessionItem({ session, standing, mayJoin, mayChange, demos, zone }: Props) {
  const { signup, wasWithdrawn, state, description, meetingUrl, isCancelled, cancelReason } = session;
  const bar = signup ? null : sessionBar(session, standing);
  const stated = stateWords(session);
  const start = new Date(session.startsAt);
  const when = `${formatDateWithWeekday(localDate(start, zone))}, ${localTime(start, zone)}`;
  const undone = signup !== null && (signup.status === "scheduled" || signup.status === "waitlisted");
  return (
    <li className="grid gap-x-8 gap-y-3 border-t py-4 md:grid-cols-[minmax(0,1fr)_auto]" data-session={session.id}>
      <div className="min-w-0">
        <h3 className="text-base font-medium tracking-tight">
          <SessionTime session={session} viewerZone={zone} />{" "}
          <span className="ml-1 text-sm font-normal whitespace-nowrap text-muted">
            {formatDayDistance(session.sessionDate, session.today)}
          </span>
        </h3>
        <p className="break-words">
          {session.title}
          {session.batchName ? <span className="text-muted"> · for {session.batchName}</span> : null}
        </p>
        {isCancelled && cancelReason ? <p className="text-sm break-words">{cancelReason}</p> : null}
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
          <Badge tone={stated.tone}>{stated.label}</Badge>
          {isCancelled ? null : <span>{placesWords(session)}</span>}
          {meetingUrl && !isCancelled ? <MeetingLink url={meetingUrl} /> : null}
        </p>
        {description && !isCancelled ? (
          <p className="mt-1 max-w-prose text-sm break-words whitespace-pre-line text-muted">{description}</p>
        ) : null}
        {signup ? <Own signup={signup} isCancelled={isCancelled} /> : null}
        {wasWithdrawn ? <p className="mt-2 text-sm">Your sign-up was withdrawn.</p> : null}
        {bar ? <p className="mt-2 text-sm text-muted">{bar}</p> : null}
      </div>
      <OwnPlace
        session={{
          id: session.id,
          when,
          isFull: state === "full",
          hasBegun: session.hasBegun,
          wasWithdrawn,
          line: lineWords(session),
        }}
        own={signup && { ...signup, waits: signup.status === "waitlisted" }}
        canJoin={mayJoin && !bar}
        canChange={mayChange && undone && !isCancelled}
        demos={demos}
      />
    </li>
  );
}

function lineWords(session: PortalSession): string {
  if (session.state !== "full") return "You can change what you show, or withdraw, until you have presented.";
  return "All places are taken. When one comes free, the first on the waiting list gets it and is told at once.";
}

function Own({ signup, isCancelled }: { signup: OwnSignup; isCancelled: boolean }) {
  const words = ownWords(signup);
  return (
    <div className="mt-2 border-l-2 border-accent pl-3 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3">
        {isCancelled ? <span>You had signed up.</span> : <Badge tone={words.tone}>{words.label}</Badge>}
        {signup.rating ? <Stars rating={signup.rating} /> : null}
      </p>
      <p className="break-words">
        {signup.demoTitle ?? <span className="text-muted">What you show is not decided yet.</span>}
      </p>
      {signup.notes ? <p className="break-words whitespace-pre-line text-muted">{signup.notes}</p> : null}
      {signup.feedback ? <p className="break-words whitespace-pre-line">Feedback: {signup.feedback}</p> : null}
    </div>
  );
}
