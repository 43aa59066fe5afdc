import { MeetingLink } from "@/components/demo-session/meeting-link";
import { Moment } from "@/components/demo-session/session-time";
import { Stars } from "@/components/demo-session/stars";
import { ownWords } from "@/components/demo-session/words";
import { Badge } from "@/components/ui/badge";
import type { OwnSignup } from "@/db/queries/portal-sessions";
import { OwnPlace } from "./own-place";
import type { SessionShown } from "./sessions-shown";
import type { OwnDemo } from "./signup-fields";

type Props = {
  session: SessionShown;
  /** Whether one can change a sign-up: not for whoever looks at another's. */
  canChange: boolean;
  demos: OwnDemo[];
};

/** One session to come: when, how full, how it is joined, and one's own place in it. */
export function SessionItem({ session, canChange, demos }: Props) {
  const { signup, state, places, note, description, meetingUrl, isCancelled } = session;
  const undone = signup !== null && (signup.status === "scheduled" || signup.status === "waitlisted");
  return (
    <li className="grid gap-x-8 gap-y-3 border-t py-4 md:grid-cols-[minmax(0,1fr)_auto]" data-session={session.id}>
      <div className="min-w-0">
        <h3 className="text-base font-medium tracking-tight">
          <Moment words={session.moment} />{" "}
          <span className="ml-1 text-sm font-normal whitespace-nowrap text-muted">{session.distance}</span>
        </h3>
        <p className="break-words">
          {session.title}
          {session.batchName ? <span className="text-muted">{` · for ${session.batchName}`}</span> : null}
        </p>
        {note ? <p className="text-sm break-words">{note}</p> : null}
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
          <Badge tone={state.tone}>{state.label}</Badge>
          {places ? <span>{places}</span> : null}
          {meetingUrl ? <MeetingLink url={meetingUrl} /> : null}
        </p>
        {description ? (
          <p className="mt-1 max-w-prose text-sm break-words whitespace-pre-line text-muted">{description}</p>
        ) : null}
        {signup ? <Own signup={signup} isCancelled={isCancelled} /> : null}
        {session.wasWithdrawn ? <p className="mt-2 text-sm">Your sign-up was withdrawn.</p> : null}
        {session.bar ? <p className="mt-2 text-sm text-muted">{session.bar}</p> : null}
      </div>
      <OwnPlace
        session={session}
        own={signup && { ...signup, waits: signup.status === "waitlisted" }}
        canJoin={session.canJoin}
        canChange={canChange && undone && !isCancelled}
        demos={demos}
      />
    </li>
  );
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
