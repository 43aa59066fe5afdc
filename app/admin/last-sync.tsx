import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { Dashboard } from "@/db/queries/dashboard";
import { formatAgo, formatCount, formatInstant } from "@/lib/format";

const STATES = {
  running: { tone: "accent", label: "running" },
  completed: { tone: "good", label: "completed" },
  failed: { tone: "bad", label: "failed" },
} as const;

export function LastSync({ sync, now }: { sync: Dashboard["lastSync"]; now: Date }) {
  if (!sync) {
    return (
      <Panel title="Last sync">
        <p className="text-sm text-muted">Coding time has never been synced. The first run is tonight at 23:30.</p>
      </Panel>
    );
  }
  const state = STATES[sync.status];
  const at = new Date(sync.finishedAt ?? sync.startedAt);
  return (
    <Panel title="Last sync" aside={<time dateTime={at.toISOString()}>{formatInstant(at)}</time>}>
      <p className="text-sm">
        <Badge tone={state.tone}>{state.label}</Badge> <span className="text-muted">{formatAgo(at, now)}</span>
      </p>
      <p className="mt-1 text-sm text-muted">
        {formatCount(sync.usersOk)} of {formatCount(sync.usersTotal)} students read, {formatCount(sync.daysWritten)}{" "}
        days changed
        {sync.usersFailed > 0 ? <span className="text-bad">, {formatCount(sync.usersFailed)} failed</span> : null}
      </p>
    </Panel>
  );
}
