import type { OwnConnection } from "@/db/queries/connection";
import { formatDate } from "@/lib/format";
import { scopesText } from "./words";

/** What a working link consists of, for the person it belongs to. */
export function LinkFacts({ link }: { link: OwnConnection }) {
  const facts = [
    ["Connected since", link.connectedAt && formatDate(link.connectedAt.slice(0, 10))],
    ["Your WakaTime plan", link.plan],
    ["We may read", scopesText(link.scopes ?? [])],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[10rem_minmax(0,1fr)]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd className="mb-1 text-ink sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
