import Link from "next/link";
import { runStateWords } from "@/components/coding/sync-words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { SyncOverview } from "@/db/queries/sync-overview";
import { formatAgo, formatCount, formatDateWithWeekday, formatDayDistance, formatInstant } from "@/lib/format";

type Props = { last: SyncOverview["lastNightly"]; zone: string; next: string; today: string; time: string; now: Date };

/** The nightly sync: how the last one went, and when the next one starts. */
export function Nights({ last, zone, next, today, time, now }: Props) {
  return (
    <Panel title="Every night">
      <dl className="grid gap-3 text-sm">
        <div>
          <dt className="label">Last</dt>
          <dd>{last ? <LastNight run={last} now={now} /> : "There has been none yet."}</dd>
        </div>
        <div>
          <dt className="label">Next</dt>
          <dd>
            {time} {zone}, {formatDateWithWeekday(next)}{" "}
            <span className="text-muted">({formatDayDistance(next, today)})</span>
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

function LastNight({ run, now }: { run: NonNullable<SyncOverview["lastNightly"]>; now: Date }) {
  const { label, tone } = runStateWords[run.state];
  const at = new Date(run.finishedAt ?? run.startedAt);
  return (
    <>
      <Link href={`/admin/sync/${run.id}`} className="tap inline-flex items-center gap-2 hover:underline">
        <Badge tone={tone}>{label}</Badge>
        <time dateTime={at.toISOString()} title={formatInstant(at)} className="text-muted">
          {formatAgo(at, now)}
        </time>
      </Link>
      <span className="block text-muted">
        {formatCount(run.ok)} of {formatCount(run.done)} students synced
        {run.failed > 0 ? `, ${formatCount(run.failed)} failed` : ""}
      </span>
    </>
  );
}
