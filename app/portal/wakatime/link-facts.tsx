import type { OwnConnection } from "@/db/queries/connection";
import { formatDate } from "@/lib/format";
import { scopesText } from "./words";

/** What a working link consists of, for the person it belongs to. */
export function LinkFacts({ link }: { link: OwnConnection }) {
  const facts = [
    ["Connected since", link.connectedOn && formatDate(link.connectedOn)],
    ["WakaTime plan", link.plan],
    ["We may read", scopesText(link.scopes ?? [])],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd className="text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
