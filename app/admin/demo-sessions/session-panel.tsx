import Link from "next/link";
import type { ReactNode } from "react";
import { MeetingLink } from "@/components/demo-session/meeting-link";
import { SessionTime } from "@/components/demo-session/session-time";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import type { DemoSessionFacts } from "@/db/queries/demo-session-panel";
import { formatCount, formatDayDistance } from "@/lib/format";
import { placesInWords, SESSION_MEANINGS, SESSION_TONES, SIGNUP_WORDS } from "./session-words";

type Props = { session: DemoSessionFacts; viewerZone: string };

/** A demo session beside the list: when, for whom, who presents. All that can be done with it is on its own page. */
export function SessionPanel({ session, viewerZone }: Props) {
  const { batchId, batchName, state, cancelReason, meetingUrl, description, notes, waiting } = session;
  return (
    <div className="grid gap-5">
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-2 text-sm break-words [&>dt]:text-muted">
        <Fact label="When">
          <SessionTime session={session} viewerZone={viewerZone} />
          <span className="label block">{formatDayDistance(session.sessionDate, session.today)}</span>
        </Fact>
        <Fact label="State">
          <Badge tone={SESSION_TONES[state]}>{state}</Badge>
          <span className="label block">{cancelReason ?? SESSION_MEANINGS[state]}</span>
        </Fact>
        <Fact label="For">
          {batchId ? (
            <Link href={`/admin/batches/${batchId}`} className="underline underline-offset-2">
              {batchName}
            </Link>
          ) : (
            "everybody"
          )}
        </Fact>
        <Fact label="Places">
          {placesInWords(session.taken, session.maxScheduled)}
          {waiting > 0 ? <span className="text-muted"> · {formatCount(waiting)} waiting</span> : null}
        </Fact>
        {meetingUrl ? (
          <Fact label="Meeting">
            <MeetingLink url={meetingUrl} />
          </Fact>
        ) : null}
        {description ? <Fact label="Description">{description}</Fact> : null}
        {notes ? <Fact label="Notes">{notes}</Fact> : null}
      </dl>
      <Link href={`/admin/demo-sessions/${session.id}`} className={buttonClass()}>
        Open the session
      </Link>
      <Presenting session={session} />
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="whitespace-pre-line">{children}</dd>
    </>
  );
}

function Presenting({ session: { presenting, taken } }: { session: DemoSessionFacts }) {
  return (
    <section className="border-t pt-3">
      <h3 className="mb-2 text-sm font-semibold">Who presents</h3>
      {presenting.length === 0 ? (
        <p className="text-sm text-muted">Nobody has signed up.</p>
      ) : (
        <ol className="text-sm">
          {presenting.map(({ studentId, name, demo, status }) => (
            <li key={studentId} className="flex items-baseline justify-between gap-3 border-b py-1.5">
              <span className="min-w-0 truncate">
                <Link href={`/admin/students/${studentId}`} className="reach underline-offset-2 hover:underline">
                  {name}
                </Link>
                {demo ? <span className="text-muted"> · {demo}</span> : null}
              </span>
              {status === "scheduled" ? null : <span className="label shrink-0">{SIGNUP_WORDS[status]}</span>}
            </li>
          ))}
        </ol>
      )}
      {taken > presenting.length ? (
        <p className="mt-2 text-sm text-muted">and {formatCount(taken - presenting.length)} more</p>
      ) : null}
    </section>
  );
}
