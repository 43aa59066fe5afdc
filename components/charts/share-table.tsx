import Link from "next/link";
import type { ReactNode } from "react";
import { formatDuration } from "@/lib/format";

export type ShareRow = {
  key: string;
  name: string;
  ms: number;
  /** Whole, of all rows together: they add up to 100. */
  percent: number;
  /** What is left over, drawn paler: no name of its own. */
  rest?: boolean;
  /** The list behind its figures. */
  href?: string;
};

type Props = {
  /** What is shown, with its period. */
  caption: string;
  /** What a row is: "Language". */
  heading: string;
  rows: readonly ShareRow[];
};

/**
 * Parts of a whole, the largest first: a table whose rows have their bar under the name, so that the chart and its
 * figures are one thing for everybody. Drawn without a script.
 */
export function ShareTable({ caption, heading, rows }: Props) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">{caption}</caption>
      <colgroup>
        <col />
        <col className="w-12" />
        <col className="w-28" />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">Share</th>
          <th scope="col">Coding time</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, ms, percent, rest, href }) => (
          <tr key={key}>
            <th scope="row" className="py-1 text-left font-normal">
              <span className={rest ? "block truncate text-muted" : "block truncate"} title={name}>
                {name}
              </span>
              <span aria-hidden className="mt-0.5 block h-1 rounded-sm bg-sunken">
                <span
                  className={rest ? "block h-1 rounded-sm bg-strong-line" : "block h-1 rounded-sm bg-accent"}
                  style={{ width: `${Math.max(0.5, percent)}%` }}
                />
              </span>
            </th>
            <td className="py-1 text-right align-top">
              <Figure href={href}>{percent === 0 && ms > 0 ? "< 1" : percent} %</Figure>
            </td>
            <td className="py-1 text-right align-top whitespace-nowrap text-muted">
              <Figure href={href}>{formatDuration(ms)}</Figure>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (!href) return children;
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      className="reach underline decoration-line underline-offset-4 hover:decoration-current"
    >
      {children}
    </Link>
  );
}
