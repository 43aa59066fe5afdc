import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { RiskChanges as Changes } from "@/db/queries/risk-changes";
import { formatCount, formatDate } from "@/lib/format";
import { RISK_TONES } from "./risk-facts";

type Props = {
  attention: Changes;
  /** The list behind it, with the filters of whose students these are. */
  list: { all: string; act: string; watch: string };
  /** Words for a band, and for the facts of a change. */
  words: { state: Record<Changes["changes"]["rows"][number]["state"], string>; facts: (row: Row) => string };
};

type Row = Changes["changes"]["rows"][number];

const link = "reach underline underline-offset-2 hover:text-ink";

/** Who came into a worse band within a week and was not answered for: what is new, and the way to all the rest. */
export function RiskChanges({ attention, list, words }: Props) {
  const { checkedOn, act, watch, changes } = attention;
  return (
    <Panel
      title="Needs attention"
      aside={
        <Link href={list.all} className={link}>
          Early warning
        </Link>
      }
    >
      {checkedOn === null ? (
        <p className="text-sm text-muted">The first check is at six in the morning.</p>
      ) : (
        <>
          <p className="text-sm">
            <Link href={list.act} className={link}>
              {formatCount(act)} to act on
            </Link>
            {" · "}
            <Link href={list.watch} className={link}>
              {formatCount(watch)} to watch
            </Link>
            <span className="text-muted"> · checked on {formatDate(checkedOn)}</span>
          </p>
          {changes.total === 0 ? (
            <p className="mt-1 text-sm text-muted">Nobody stands worse than a week ago without an answer.</p>
          ) : (
            <ul className="mt-2">
              {changes.rows.map((row) => (
                <li key={row.id} className="border-b py-2 text-sm first:pt-0">
                  <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                    <span className="min-w-0">
                      <Link
                        href={`${list.all}${list.all.includes("?") ? "&" : "?"}open=${row.id}`}
                        prefetch={false}
                        className="reach font-medium underline-offset-2 hover:underline"
                      >
                        {row.name}
                      </Link>
                      <span className="label ml-2">{row.batchName}</span>
                    </span>
                    <span className="label whitespace-nowrap">
                      {words.state[row.before]} → <Badge tone={RISK_TONES[row.state]}>{words.state[row.state]}</Badge>
                    </span>
                  </p>
                  <p className="text-muted">{words.facts(row)}</p>
                </li>
              ))}
            </ul>
          )}
          {changes.total > changes.rows.length ? (
            <p className="label mt-2">and {formatCount(changes.total - changes.rows.length)} more</p>
          ) : null}
        </>
      )}
    </Panel>
  );
}
