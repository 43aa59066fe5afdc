import Link from "next/link";
import { outcomeWords, reasonWords } from "@/components/coding/sync-words";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { StudentSync } from "@/db/queries/sync-student-history";
import { formatCount, formatInstant } from "@/lib/format";

type Outcome = StudentSync["outcomes"][number];

type Props = { outcomes: Outcome[]; total: number; days: number };

/** How the student's syncs ended, the latest first. */
export function OutcomeHistory({ outcomes, total, days }: Props) {
  const aside = total > outcomes.length ? `the last ${outcomes.length} of ${formatCount(total)}` : `last ${days} days`;
  return (
    <Panel title="History" aside={aside}>
      {outcomes.length === 0 ? (
        <Empty title="No sync yet">Outcomes appear here and are kept for {String(days)} days.</Empty>
      ) : (
        <ul>
          {outcomes.map((outcome) => (
            <li
              key={`${outcome.runId} ${outcome.at}`}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-0.5 border-b py-2.5 text-sm first:pt-0"
            >
              <OutcomeRow outcome={outcome} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const { label, tone } = outcomeWords[outcome.kind];
  const when = <time dateTime={outcome.at}>{formatInstant(new Date(outcome.at))}</time>;
  return (
    <>
      <div className="min-w-0">
        <Badge tone={tone}>{label}</Badge>
        {outcome.reason ? <p className="label break-words">{reasonWords(outcome.reason)}</p> : null}
      </div>
      <div className="max-sm:w-full sm:ml-auto sm:text-right">
        {outcome.runVisible ? (
          <Link href={`/admin/sync/${outcome.runId}`} className="tap inline-flex items-center hover:underline">
            {when}
          </Link>
        ) : (
          when
        )}
        <p className="label">{daysOf(outcome)}</p>
      </div>
    </>
  );
}

function daysOf({ daysWritten, daysUnchanged, daysUnavailable, tokenRenewed }: Outcome): string {
  const parts: string[] = [];
  if (daysWritten > 0) parts.push(`${daysWritten} ${daysWritten === 1 ? "day" : "days"} changed`);
  if (daysUnchanged > 0) parts.push(`${daysUnchanged} as they were`);
  if (daysUnavailable > 0) parts.push(`${daysUnavailable} not given`);
  if (tokenRenewed) parts.push("link renewed");
  if (tokenRenewed === false) parts.push("link not renewed");
  return parts.join(", ") || "no days read";
}
