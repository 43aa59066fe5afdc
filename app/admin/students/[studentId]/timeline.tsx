import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { TimelineKind } from "@/db/queries/student-timeline";
import type { DateString } from "@/lib/dates";
import type { StudentShown } from "./student-shown";
import { TimelineRow } from "./timeline-row";

const KIND_WORDS: Record<TimelineKind, string> = {
  coding: "Coding",
  demos: "Demos",
  "sign-ups": "Sign-ups",
  certificates: "Certificates",
  notes: "Notes",
  enrolments: "Enrolment",
  changes: "Log",
};

/** What happened, the newest first. Kind and place stand in the address. */
export function Timeline({ timeline, today }: Pick<StudentShown, "timeline"> & { today: DateString }) {
  const { kinds, kind, before, entries, newestHref, olderHref, viewerToday } = timeline;
  return (
    <div id="timeline" className="scroll-mt-4">
      <Panel title="Timeline" aside="the newest first; dates in the student’s zone">
        <nav aria-label="Kinds" className="mb-2 flex flex-wrap gap-1">
          {kinds.map((each) => (
            <Link
              key={each.href}
              href={each.href}
              scroll={false}
              prefetch={false}
              aria-current={kind === each.kind ? "true" : undefined}
              className={buttonClass({ look: kind === each.kind ? "plain" : "quiet", small: true })}
            >
              {each.kind ? KIND_WORDS[each.kind] : "All"}
            </Link>
          ))}
        </nav>
        {entries.length > 0 ? (
          <ol>
            {entries.map((entry) => (
              <li key={entry.key} className="grid gap-x-4 border-b py-2.5 text-sm sm:grid-cols-[7rem_minmax(0,1fr)]">
                <TimelineRow entry={entry} today={today} viewerToday={viewerToday} />
              </li>
            ))}
          </ol>
        ) : (
          <Nothing filtered={kind !== null} before={before !== null} />
        )}
        <nav aria-label="Pages of the timeline" className="mt-3 flex gap-2">
          {newestHref ? (
            <Link href={newestHref} scroll={false} prefetch={false} className={buttonClass({ small: true })}>
              Back to the newest
            </Link>
          ) : null}
          {olderHref ? (
            <Link href={olderHref} prefetch={false} className={buttonClass({ small: true })}>
              Load older
            </Link>
          ) : null}
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
