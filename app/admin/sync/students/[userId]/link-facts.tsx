import type { ReactNode } from "react";
import { Freshness } from "@/components/coding/freshness";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import { reasonWords } from "@/components/coding/sync-words";
import { Panel } from "@/components/ui/panel";
import type { StudentSync } from "@/db/queries/sync-student-history";
import { formatCount, formatInstant } from "@/lib/format";

type Connection = NonNullable<StudentSync["connection"]>;

const at = (value: string) => formatInstant(new Date(value));

/** The state of a student's link, as far as staff may know it. */
export function LinkFacts({ connection, words }: { connection: Connection; words: FreshnessWords }) {
  const facts: [string, ReactNode][] = [["State", <Freshness key="state" words={words} badge />]];
  if (connection.brokenAt) facts.push(["Broken since", at(connection.brokenAt)]);
  facts.push(["Last synced", connection.lastSyncedAt ? at(connection.lastSyncedAt) : "never"]);
  if (connection.lastError) facts.push(["Last error", reasonWords(connection.lastError)]);
  if (connection.consecutiveFailures > 0) {
    facts.push(["Refused in a row", formatCount(connection.consecutiveFailures)]);
  }
  facts.push(
    ["Connected", at(connection.connectedAt)],
    ["Permissions", connection.scopes.length > 0 ? connection.scopes.join(", ") : "none"],
    ["WakaTime plan", connection.plan ?? "not known"],
    ["Zone at WakaTime", connection.timeZone ?? "not known"],
  );
  return (
    <Panel title="Link to WakaTime">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm">
        {facts.map(([label, value]) => (
          <div key={label} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
