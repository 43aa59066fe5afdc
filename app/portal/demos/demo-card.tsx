import Link from "next/link";
import { Stars } from "@/components/demo-session/stars";
import { Badge } from "@/components/ui/badge";
import type { DemoPlace, OwnDemo } from "@/db/queries/portal-demos";
import type { DateString } from "@/lib/dates";
import { formatDateWithWeekday, formatDayDistance } from "@/lib/format";
import { DeleteDemo, EditDemo } from "./demo-forms";
import { placeWords, signupWords } from "./demo-words";

type Props = {
  demo: OwnDemo;
  today: DateString;
  offered: string[];
  /** Not for whoever looks at another's. */
  canChange: boolean;
};

/** One demo: what it is, where it is, and where it was or will be shown. Once presented it is there to stay. */
export function DemoCard({ demo, today, offered, canChange }: Props) {
  const { id, title, description, demoDate, technologies, places } = demo;
  const presented = places.some(({ status }) => status === "presented");
  return (
    <li data-demo={id} className="flex min-w-0 flex-col border-t py-4">
      <h2 className="text-base font-medium tracking-tight break-words">{title}</h2>
      <p className="text-sm text-muted">
        {demoDate ? (
          <>
            <time dateTime={demoDate} className="text-ink">
              {formatDateWithWeekday(demoDate)}
            </time>{" "}
            {formatDayDistance(demoDate, today)}
          </>
        ) : (
          "no date yet"
        )}
      </p>
      {description ? <p className="mt-2 max-w-prose text-sm break-words whitespace-pre-line">{description}</p> : null}
      {technologies.length > 0 ? (
        <ul aria-label="Technologies" className="mt-2 flex flex-wrap gap-1.5">
          {technologies.map((word) => (
            <li key={word} className="max-w-full truncate rounded-md bg-sunken px-2 text-sm">
              {word}
            </li>
          ))}
        </ul>
      ) : null}
      <Links demo={demo} />
      {places.length > 0 ? (
        <ul className="mt-3 grid gap-2 border-l-2 border-accent pl-3 text-sm">
          {places.map((place) => (
            <Place key={place.id} place={place} />
          ))}
        </ul>
      ) : (
        <p className="mt-3 text-sm">
          <Link href="/portal/demo-sessions" prefetch={false} className="reach underline underline-offset-2">
            Sign up to present it<span className="sr-only">: {title}</span>
          </Link>
        </p>
      )}
      <div className="mt-auto flex flex-wrap items-center gap-2 pt-3">
        {canChange ? <EditDemo demo={demo} offered={offered} /> : null}
        {presented ? (
          <p className="label">Presented, so it stays.</p>
        ) : canChange ? (
          <DeleteDemo
            demo={{ id, title }}
            losing={places.map((place) => ({ id: place.id, words: signupWords(place) }))}
          />
        ) : null}
      </div>
    </li>
  );
}

function Links({ demo }: { demo: OwnDemo }) {
  const links = [
    { href: demo.demoUrl, label: "Demo" },
    { href: demo.githubUrl, label: "Code" },
    { href: demo.thumbnailUrl, label: "Picture" },
  ].filter(({ href }) => href !== null);
  if (links.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-6 gap-y-3 text-sm">
      {links.map(({ href, label }) => (
        <a
          key={label}
          href={href ?? undefined}
          target="_blank"
          rel="noreferrer"
          title={href ?? undefined}
          className="reach underline underline-offset-2 hover:text-accent"
        >
          {label}
          <span className="sr-only"> of {demo.title}</span>
        </a>
      ))}
    </p>
  );
}

function Place({ place }: { place: DemoPlace }) {
  const { label, tone } = placeWords(place);
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span>{formatDateWithWeekday(place.sessionDate)}</span>
        <Badge tone={tone}>{label}</Badge>
        {place.rating ? <Stars rating={place.rating} /> : null}
      </p>
      {place.feedback ? (
        <p className="max-w-prose break-words whitespace-pre-line text-muted">Feedback: {place.feedback}</p>
      ) : null}
    </li>
  );
}
