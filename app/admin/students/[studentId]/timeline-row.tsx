import { codingDaysWords, enrolmentTone, ratingWords, signupWords } from "@/components/student/words";
import { Badge } from "@/components/ui/badge";
import type { TimelineKind } from "@/db/queries/student-timeline";
import type { DateString } from "@/lib/dates";
import { formatDate, formatDayDistance, formatDuration, formatInstant } from "@/lib/format";
import { ChangeNote, DeleteNote, FinishNote } from "./note-forms";
import type { EntryShown } from "./timeline-shown";

type Of<Kind extends TimelineKind> = Extract<EntryShown, { kind: Kind }>;

/** `today` is the student's day, `viewerToday` one's own, as follow-up dates are. */
type Props = { entry: EntryShown; today: DateString; viewerToday: DateString };

export function TimelineRow({ entry, today, viewerToday }: Props) {
  const exact = entry.kind === "notes" || entry.kind === "changes" || entry.kind === "sign-ups";
  return (
    <>
      <p className="label pt-0.5">
        <time dateTime={exact ? entry.at : entry.day} title={exact ? formatInstant(new Date(entry.at)) : undefined}>
          {entry.kind === "coding" ? `week of ${formatDate(entry.day)}` : formatDate(entry.day)}
        </time>
        {entry.day > today ? <span className="block">{formatDayDistance(entry.day, today)}</span> : null}
      </p>
      <div className="min-w-0">{wordsOf(entry, today, viewerToday)}</div>
    </>
  );
}

function wordsOf(entry: EntryShown, today: DateString, viewerToday: DateString) {
  switch (entry.kind) {
    case "coding":
      return <Coding entry={entry} today={today} />;
    case "demos":
      return (
        <p>
          Demo <Outside href={entry.what.url}>{entry.what.title}</Outside>
        </p>
      );
    case "sign-ups":
      return <Signup entry={entry} />;
    case "certificates":
      return (
        <p>
          Certificate <span className="font-medium">{entry.what.name}</span> by {entry.what.issuer}
          {entry.what.revoked ? <span className="text-bad"> (revoked)</span> : null}
        </p>
      );
    case "notes":
      return <Note entry={entry} today={viewerToday} />;
    case "enrolments":
      return <Enrolment entry={entry} />;
    case "changes": {
      const { who, did, label } = entry.what;
      return (
        <p>
          <span className="font-medium">{who}</span> {did}
          <span className="label block">{label}</span>
        </p>
      );
    }
  }
}

function Outside({ href, children }: { href: string | null; children: string }) {
  if (!href || !/^https?:\/\//i.test(href)) return <span className="font-medium">{children}</span>;
  return (
    <a href={href} rel="noreferrer" target="_blank" className="reach font-medium underline underline-offset-2">
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}

function Coding({ entry: { what }, today }: { entry: Of<"coding">; today: DateString }) {
  return (
    <p>
      Coded <span className="font-medium">{formatDuration(what.totalMs)}</span>
      {`, ${codingDaysWords(what.daysWithCoding)}`}
      <span className="label block">
        {(what.days === 7 ? "data for all 7 days" : `data for ${what.days} of 7 days`) +
          (what.until >= today ? ", week not over" : "")}
      </span>
    </p>
  );
}

function Signup({ entry: { what } }: { entry: Of<"sign-ups"> }) {
  const { label, tone } = signupWords[what.status];
  return (
    <p>
      {what.title}{" "}
      <Badge tone={what.cancelled ? "neutral" : tone}>{what.cancelled ? "session cancelled" : label}</Badge>
      {what.rating ? <span className="ml-2 whitespace-nowrap">rated {ratingWords(what.rating)}</span> : null}
      {what.demo ? <span className="label block">with “{what.demo}”</span> : null}
    </p>
  );
}

function Enrolment({ entry: { what } }: { entry: Of<"enrolments"> }) {
  const words = !what.began
    ? "Enrolment ended in"
    : what.again
      ? "Status changed in"
      : what.moved
        ? "Moved to"
        : "Enrolled in";
  return (
    <p>
      {words} <span className="font-medium">{what.batch}</span>{" "}
      {what.began ? <Badge tone={enrolmentTone[what.status]}>{what.status}</Badge> : null}
    </p>
  );
}

function Note({ entry: { what }, today }: { entry: Of<"notes">; today: DateString }) {
  const { isAuthor } = what;
  const overdue = what.followUpOn !== null && !what.done && what.followUpOn <= today;
  return (
    <article aria-label={`Note by ${what.author}`}>
      <p className="max-w-prose break-words whitespace-pre-line">{what.body}</p>
      <p className="label mt-0.5">
        {isAuthor ? "by you" : `by ${what.author}`}, {what.isShared ? "read by all staff" : "read by you alone"}
        {what.edited ? ", edited" : null}
      </p>
      {what.followUpOn ? (
        <p className="mt-0.5">
          <Badge tone={what.done ? "good" : overdue ? "warn" : "neutral"}>
            {what.done ? "followed up" : `follow up ${formatDayDistance(what.followUpOn, today)}`}
          </Badge>{" "}
          <span className="label">{formatDate(what.followUpOn)}</span>
        </p>
      ) : null}
      {what.mayChange ? (
        <div className="mt-1.5 flex flex-wrap gap-1.5">
          {what.followUpOn ? <FinishNote noteId={what.id} done={what.done} /> : null}
          <ChangeNote note={what} />
          <DeleteNote note={what} />
        </div>
      ) : null}
    </article>
  );
}
