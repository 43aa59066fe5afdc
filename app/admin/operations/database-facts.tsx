import Link from "next/link";
import type { ReactNode } from "react";
import { runStateWords } from "@/components/coding/sync-words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { dataTags } from "@/db/enums";
import type { Operations } from "@/db/queries/operations";
import { formatAgo, formatCount } from "@/lib/format";
import type { InstanceReport } from "@/lib/observability/report";
import { formatBytes, formatPercent } from "./format";

type Props = { operations: Operations; cache: InstanceReport["cache"]; now: Date };

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt className="label">{label}</dt>
    <dd>{children}</dd>
  </div>
);

const link = "reach underline underline-offset-2";

/** What only the database knows. */
export function DatabaseFacts({ operations: { sync, outbox, versions, database }, cache, now }: Props) {
  const { lastRun, links } = sync;
  return (
    <div className="grid gap-x-12 gap-y-8 md:grid-cols-3">
      <Panel title="Database">
        <dl className="grid gap-3 text-sm">
          <Fact label="Postgres">
            {database.version}, started {formatAgo(new Date(database.since), now)}
          </Fact>
          <Fact label="Connections of everybody">{formatCount(database.connections)}</Fact>
          <Fact label="Size">{formatBytes(database.bytes)}</Fact>
        </dl>
      </Panel>
      <Panel title="Sync and messages">
        <dl className="grid gap-3 text-sm">
          <Fact label="Last sync of everybody">
            {lastRun ? (
              <Link href={`/admin/sync/${lastRun.id}`} className="tap inline-flex items-center gap-2 hover:underline">
                <Badge tone={runStateWords[lastRun.state].tone}>{runStateWords[lastRun.state].label}</Badge>
                <span className="text-muted">{formatAgo(new Date(lastRun.finishedAt ?? lastRun.startedAt), now)}</span>
              </Link>
            ) : (
              "There has been none yet."
            )}
          </Fact>
          <Fact label="Links to WakaTime">
            <Link href="/admin/sync/students" className={link}>
              {formatCount(links.active ?? 0)} live
            </Link>
            {links.needs_reconnect ? `, ${formatCount(links.needs_reconnect)} broken` : null}
            {links.scope_missing ? `, ${formatCount(links.scope_missing)} without a permission` : null}
          </Fact>
          <Fact label="Messages">
            <Link href="/admin/mail" className={link}>
              {formatCount(outbox.waiting)} to be sent
            </Link>
            {outbox.failed > 0 ? `, ${formatCount(outbox.failed)} given up` : null}
          </Fact>
        </dl>
      </Panel>
      <Panel title="Shared data" aside="the latest change of each kind">
        <dl className="grid grid-cols-2 gap-3 text-sm tabular-nums">
          {cache ? (
            <Fact label="Answers kept">
              {formatCount(cache.entries)}, {Math.ceil(cache.bytes / 1_000)} kB
            </Fact>
          ) : null}
          {cache && cache.hits + cache.misses > 0 ? (
            <Fact label="Had when asked">{formatPercent(cache.hits / (cache.hits + cache.misses))}</Fact>
          ) : null}
          {dataTags.map((tag) => (
            <Fact key={tag} label={tag}>
              {versions[tag] ?? "none yet"}
            </Fact>
          ))}
        </dl>
      </Panel>
    </div>
  );
}
