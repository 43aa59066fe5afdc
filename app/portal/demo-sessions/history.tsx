import { Moment } from "@/components/demo-session/session-time";
import { Stars } from "@/components/demo-session/stars";
import { pastWords } from "@/components/demo-session/words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { PastShown } from "./sessions-shown";

/** What became of one's sign-ups: sessions that are over, and what was withdrawn from one that is off; the latest first. */
export function History({ history }: { history: PastShown[] }) {
  return (
    <Panel title="Your history" aside={summary(history)} className="mt-8">
      {history.length === 0 ? (
        <p className="text-sm text-muted">What you presented stands here afterwards, with stars and feedback.</p>
      ) : (
        <ul>
          {history.map((past) => (
            <PastItem key={past.signup.id} past={past} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function summary(history: PastShown[]): string | null {
  const presented = history.filter(({ signup }) => signup.status === "presented");
  if (presented.length === 0) return null;
  const ratings = presented.flatMap(({ signup }) => signup.rating ?? []);
  const times = presented.length === 1 ? "presented once" : `presented ${presented.length} times`;
  if (ratings.length === 0) return times;
  const average = ratings.reduce((sum, each) => sum + each, 0) / ratings.length;
  return `${times}, ${average.toFixed(1)} of 5 stars on average`;
}

function PastItem({ past }: { past: PastShown }) {
  const { signup } = past;
  const words = pastWords(signup.status, past.isCancelled);
  return (
    <li className="border-t py-3 text-sm first:border-t-0 first:pt-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">
          <Moment words={past.moment} />
        </span>
        <span className="flex flex-wrap items-baseline gap-x-3">
          {signup.rating ? <Stars rating={signup.rating} /> : null}
          <Badge tone={words.tone}>{words.label}</Badge>
        </span>
      </p>
      <p className="break-words">
        {signup.demoTitle ? (
          <>
            {signup.demoTitle} <span className="text-muted">in {past.title}</span>
          </>
        ) : (
          past.title
        )}
      </p>
      {signup.feedback ? (
        <p className="mt-1 max-w-prose break-words whitespace-pre-line text-muted">Feedback: {signup.feedback}</p>
      ) : null}
      {signup.notes ? (
        <p className="mt-1 max-w-prose break-words whitespace-pre-line text-muted">Your notes: {signup.notes}</p>
      ) : null}
    </li>
  );
}
