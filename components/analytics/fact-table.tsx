import clsx from "clsx";
import Link from "next/link";
import { formatCount, formatDate, formatDuration } from "@/lib/format";
import type { AnalyticsOpening } from "@/lib/lists/analytics-params";
import type { AnalyticsCell, AnalyticsColumn, AnalyticsTable } from "@/lib/lists/analytics-table";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Nov 2026` of `2026-11`. */
export const monthWords = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;

/** A cell as a person reads it. */
function words(cell: AnalyticsCell, column: AnalyticsColumn | undefined): string {
  if (cell === null) return column?.none ?? "–";
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return Number.isInteger(cell) ? formatCount(cell) : String(cell);
  if ("ms" in cell) return formatDuration(cell.ms);
  return "date" in cell ? formatDate(cell.date) : monthWords(cell.month);
}

const isRight = (column: AnalyticsColumn | undefined) => column?.kind === "number" || column?.kind === "time";

type Props = {
  table: AnalyticsTable;
  caption?: string;
  className?: string;
  /** What the list behind a number is, of what is shown; without it, as on paper, numbers open nothing. */
  opens?: Opens | undefined;
};
export type Opens = (opening: AnalyticsOpening) => string;

/** A table of analytics; the first cell of a row leads to whom or what the row is about. */
export function FactTable({ table, caption = table.title, className, opens }: Props) {
  const { columns, rows, total } = table;
  if (rows.length === 0) return <p className="text-sm text-muted">{table.empty}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
    <section aria-label={caption} className={clsx("overflow-x-auto print:overflow-visible", className)} tabIndex={0}>
      <table className="w-full text-sm print:text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b align-bottom">
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={clsx(
                  "label py-1.5 pr-4 font-medium last:pr-0",
                  isRight(column) ? "text-right" : "text-left",
                )}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, href, opens: openings }) => (
            <tr key={key} className="border-b break-inside-avoid">
              {cells.map((cell, place) => {
                const column = columns[place];
                const text = words(cell, column);
                const opening = cell === null || cell === 0 ? null : openings?.[place];
                if (place === 0) {
                  return (
                    <th
                      key={column?.label}
                      scope="row"
                      className={clsx(
                        "py-1.5 pr-4 font-normal print:py-1",
                        column?.kind !== "text" && "whitespace-nowrap",
                        columns.length > 6 && "min-w-32",
                        isRight(column) ? "text-right" : "text-left",
                      )}
                    >
                      {href ? (
                        <Link
                          href={href}
                          prefetch={false}
                          className="reach font-medium underline-offset-2 hover:underline"
                        >
                          {text}
                        </Link>
                      ) : (
                        text
                      )}
                    </th>
                  );
                }
                return (
                  <td
                    key={column?.label}
                    className={clsx(
                      "py-1.5 pr-4 last:pr-0 print:py-1",
                      column?.kind !== "text" && "whitespace-nowrap",
                      isRight(column) ? "text-right" : "text-left",
                      cell === null && "text-muted",
                    )}
                  >
                    {opens && opening ? (
                      <Link
                        href={opens(opening)}
                        prefetch={false}
                        scroll={false}
                        className="reach underline decoration-line underline-offset-4 hover:decoration-current"
                      >
                        {text}
                      </Link>
                    ) : (
                      text
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {total !== undefined && total > rows.length ? (
        <p className="label mt-2 hidden print:block">
          {formatCount(rows.length)} of {formatCount(total)}
        </p>
      ) : null}
    </section>
  );
}

type FoldedProps = { table: AnalyticsTable; caption: string; file: string; summary?: string; opens?: Opens };

/** The figures of a chart, folded beneath it, with their file. */
export function FoldedTable({ table, caption, file, opens, summary = "Show as a table" }: FoldedProps) {
  return (
    <div className="mt-2 flex flex-wrap items-start justify-between gap-x-4 text-sm">
      <details className="min-w-0 open:w-full">
        <summary className="tap inline-flex cursor-pointer items-center text-muted hover:text-ink">{summary}</summary>
        <FactTable table={table} caption={caption} className="mt-1" opens={opens} />
      </details>
      <FileLink href={file} of={table.title} />
    </div>
  );
}

export function FileLink({ href, of }: { href: string; of: string }) {
  return (
    <a
      href={href}
      download
      aria-label={`${of} as CSV`}
      className="tap inline-flex items-center text-sm text-muted underline-offset-2 hover:text-ink hover:underline"
    >
      CSV
    </a>
  );
}
