import Link from "next/link";
import { MeetingLink } from "@/components/demo-session/meeting-link";
import { Moment } from "@/components/demo-session/session-time";
import { ownWords, placesWords, stateWords } from "@/components/demo-session/words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { formatDayDistance } from "@/lib/format";
import type { OverviewShown } from "./overview-shown";

type NextSession = NonNullable<OverviewShown["nextSession"]>;
type Props = { session: NextSession | null; canSignUp: boolean };

/** When one presents next, or could. */
export function NextDemoSession({ session, canSignUp }: Props) {
  return (
    <Panel
      title={session?.signup ? "Your next demo session" : "Next demo session"}
      aside={
        <Link
          href="/portal/demo-sessions"
          prefetch={false}
          className="reach underline underline-offset-2 hover:text-ink"
        >
          {canSignUp ? "Sign up" : "All sessions"}
        </Link>
      }
    >
      {session ? <Session session={session} /> : <p className="text-muted">No session is planned.</p>}
    </Panel>
  );
}

function Session({ session }: { session: NextSession }) {
  const { signup } = session;
  const words = signup ? ownWords({ ...signup, place: null, runningOrder: null }) : stateWords(session);
  return (
    <>
      <p className="text-lg font-medium tracking-tight">
        <Moment words={session.moment} />{" "}
        <span className="font-normal text-muted">{formatDayDistance(session.sessionDate, session.today)}</span>
      </p>
      <p className="break-words">
        {session.title}
        {signup?.demoTitle ? <span className="text-muted"> · you show {signup.demoTitle}</span> : null}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <Badge tone={words.tone}>{words.label}</Badge>
        <span>{placesWords(session)}</span>
        {session.meetingUrl ? <MeetingLink url={session.meetingUrl} /> : null}
      </p>
    </>
  );
}
