import Link from "next/link";
import { Fragment } from "react";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { RiskChanges as Changes } from "@/db/queries/risk-changes";
import { formatCount, formatDate } from "@/lib/format";
import { RISK_TONES } from "./risk-facts";

type Props = {
  attention: Changes;
  /** The list behind it, with the filters of whose students these are. */
  list: { all: string; act: string; watch: string };
  /** Words for a band, and for the facts of a change with where each can be looked at. */
  words: { state: Record<Row["state"], string>; facts: (row: Row) => readonly { text: string; path: string }[] };
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
        <Link href={list.all} prefetch={false} className={link}>
          Early warning
        </Link>
      }
    >
      {checkedOn === null ? (
        <p className="text-sm text-muted">The first check is at six in the morning.</p>
      ) : (
        <>
          <p className="text-sm">
            <Link href={list.act} prefetch={false} className={link}>
              {formatCount(act)} to act on
            </Link>
            {" · "}
            <Link href={list.watch} prefetch={false} className={link}>
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
                  <p className="text-muted">
                    {words.facts(row).map(({ text, path }, place) => (
                      <Fragment key={path + text}>
                        {place > 0 ? " · " : null}
                        <Link href={path} prefetch={false} className="reach underline-offset-2 hover:underline">
                          {text}
                        </Link>
                      </Fragment>
                    ))}
                  </p>
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
