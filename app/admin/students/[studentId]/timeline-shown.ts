import { type Timeline, type TimelineEntry, timelineKinds } from "@/db/queries/student-timeline";
import { type Actor, can } from "@/lib/auth/permissions";
import type { DateString } from "@/lib/dates";
import { actionInWords, jobInWords } from "@/lib/lists/audit-words";
import { type StudentParams, studentHref } from "./search-params";

/** `today` is the viewer's own day, as follow-up dates are; `log`: whether the part from the log is theirs to read. */
export type Viewing = { actor: Actor; userId: number; today: DateString; log: boolean };

export type EntryShown = ReturnType<typeof entryShown>;

/** The timeline with its links, in the words and with the flags of whoever looks. */
export function timelineShown(studentId: number, found: Timeline, params: StudentParams, viewing: Viewing) {
  const { kind, before, days } = params;
  const href = (more: Partial<StudentParams>) => `${studentHref(studentId, { days, kind, ...more })}#timeline`;
  const kinds = timelineKinds.filter((each) => viewing.log || each !== "changes");
  return {
    kinds: [null, ...kinds].map((each) => ({ kind: each, href: href({ kind: each }) })),
    kind,
    before,
    entries: found.entries.map((entry) => entryShown(entry, viewing)),
    newestHref: before === null ? null : href({ before: null }),
    olderHref: found.next === null ? null : href({ before: found.next }),
    viewerToday: viewing.today,
  };
}

function entryShown(entry: TimelineEntry, { actor, userId }: Viewing) {
  switch (entry.kind) {
    case "notes": {
      const { authorId, ...what } = entry.what;
      const mayChange = can(actor, "note.change", entry.what);
      return { ...entry, what: { ...what, isAuthor: authorId === userId, mayChange } };
    }
    case "changes": {
      const { action, by, job, label } = entry.what;
      const who = by ?? (job ? jobInWords(job) : "Somebody");
      return { ...entry, what: { who, did: actionInWords(action), label } };
    }
    default:
      return entry;
  }
}
