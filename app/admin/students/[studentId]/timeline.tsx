import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { type Timeline as Found, type TimelineKind, timelineKinds } from "@/db/queries/student-timeline";
import type { DateString } from "@/lib/dates";
import { type StudentParams, studentHref } from "./search-params";
import { TimelineRow, type Viewing } from "./timeline-row";

const KIND_WORDS: Record<TimelineKind, string> = {
  coding: "Coding",
  demos: "Demos",
  "sign-ups": "Sign-ups",
  certificates: "Certificates",
  notes: "Notes",
  enrolments: "Enrolment",
  changes: "Log",
};

type Props = {
  studentId: number;
  params: StudentParams;
  found: Found;
  today: DateString;
  viewing: Viewing;
  /** Whether the part from the log is theirs to read. */
  log: boolean;
};

/** What happened, the newest first. Kind and place stand in the address. */
export function Timeline({ studentId, params, found, today, viewing, log }: Props) {
  const { kind, before, days } = params;
  const href = (more: Partial<StudentParams>) => `${studentHref(studentId, { days, kind, ...more })}#timeline`;
  const kinds = timelineKinds.filter((each) => log || each !== "changes");
  return (
    <div id="timeline" className="scroll-mt-4">
      <Panel title="Timeline" aside="the newest first; dates in the student’s zone">
        <nav aria-label="Kinds" className="mb-2 flex flex-wrap gap-1">
          {[null, ...kinds].map((each) => (
            <Link
              key={each ?? "all"}
              href={href({ kind: each })}
              scroll={false}
              aria-current={kind === each ? "true" : undefined}
              className={buttonClass({ look: kind === each ? "plain" : "quiet", small: true })}
            >
              {each ? KIND_WORDS[each] : "All"}
            </Link>
          ))}
        </nav>
        {found.entries.length > 0 ? (
          <ol>
            {found.entries.map((entry) => (
              <li key={entry.key} className="grid gap-x-4 border-b py-2.5 text-sm sm:grid-cols-[7rem_minmax(0,1fr)]">
                <TimelineRow entry={entry} today={today} viewing={viewing} />
              </li>
            ))}
          </ol>
        ) : (
          <Nothing filtered={kind !== null} before={before !== null} />
        )}
        <nav aria-label="Pages of the timeline" className="mt-3 flex gap-2">
          {before === null ? null : (
            <Link href={href({ before: null })} scroll={false} className={buttonClass({ small: true })}>
              Back to the newest
            </Link>
          )}
          {found.next === null ? null : (
            <Link href={href({ before: found.next })} className={buttonClass({ small: true })}>
              Load older
            </Link>
          )}
        </nav>
      </Panel>
    </div>
  );
}

/** Nothing here says whether there is something that the person may not read. */
function Nothing({ filtered, before }: { filtered: boolean; before: boolean }) {
  if (before) return <Empty title="Nothing older" />;
  return filtered ? (
    <Empty title="Nothing of this kind">Choose another kind, or all of them.</Empty>
  ) : (
    <Empty title="Nothing has happened yet">Coding, demos, notes and changes appear here.</Empty>
  );
}
