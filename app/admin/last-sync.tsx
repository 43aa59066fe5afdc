import Link from "next/link";
import { isOpenRun, runStateWords } from "@/components/coding/sync-words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { Dashboard } from "@/db/queries/dashboard";
import { formatAgo, formatCount, formatInstant } from "@/lib/format";

export function LastSync({ sync, now }: { sync: Dashboard["lastSync"]; now: Date }) {
  if (!sync) {
    return (
      <Panel title="Last sync">
        <p className="text-sm text-muted">Coding time has never been synced. The first run is tonight at 23:30.</p>
      </Panel>
    );
  }
  const { label, tone, meaning } = runStateWords[sync.state];
  const at = new Date(sync.finishedAt ?? sync.startedAt);
  return (
    <Panel
      title="Last sync"
      aside={
        <Link
          href={`/admin/sync/${sync.id}`}
          prefetch={false}
          className="reach underline underline-offset-2 hover:text-ink"
        >
          Details
        </Link>
      }
    >
      <p className="text-sm">
        <Badge tone={tone}>{label}</Badge>{" "}
        <time dateTime={at.toISOString()} title={formatInstant(at)} className="text-muted">
          {sync.finishedAt ? null : "started "}
          {formatAgo(at, now)}
        </time>
      </p>
      <p className="mt-1 text-sm text-muted">
        {formatCount(sync.usersOk)} of {formatCount(sync.usersTotal)} students read, {formatCount(sync.daysWritten)}{" "}
        days changed
        {sync.usersFailed > 0 ? <span className="text-bad">, {formatCount(sync.usersFailed)} failed</span> : null}
      </p>
      {isOpenRun(sync.state) && sync.state !== "running" ? <p className="mt-1 text-sm text-muted">{meaning}</p> : null}
    </Panel>
  );
}
