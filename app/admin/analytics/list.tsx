import Link from "next/link";
import { FactTable, FileLink } from "@/components/analytics/fact-table";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Panel } from "@/components/ui/panel";
import { analyticsLists } from "@/db/queries/analytics-shape";
import { formatCount } from "@/lib/format";
import { LIST_ROWS } from "@/lib/lists/analytics-load";
import { type AnalyticsParams, analyticsExportHref, analyticsHref } from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { LISTS } from "@/lib/lists/analytics-tables-lists";
import { lastPage } from "@/lib/table-params";
import { TAB_LABELS } from "./words";

/** Who or what is behind a number, as many rows as the number says. */
export function List({ params, table }: { params: AnalyticsParams; table: AnalyticsTable }) {
  const total = table.total ?? table.rows.length;
  const last = lastPage(total, LIST_ROWS);
  const page = (to: number) => analyticsHref({ ...params, page: to });
  return (
    <Panel title={table.title} aside={<FileLink href={analyticsExportHref(params, table.id)} of={table.title} />}>
      <p className="mb-2 text-sm">
        <Link
          href={analyticsHref({ ...params, list: null, page: 1 })}
          scroll={false}
          className="reach text-muted underline underline-offset-2 hover:text-ink"
        >
          Back to {TAB_LABELS[params.tab].toLowerCase()}
        </Link>
      </p>
      <ChoiceLinks
        label="Lists"
        choices={analyticsLists.map((list) => ({
          href: analyticsHref({ ...params, list, page: 1 }),
          label: LISTS[list].title,
          chosen: list === params.list,
        }))}
      />
      <div className="mt-3">
        <FactTable table={table} />
      </div>
      <nav aria-label="Pages" className="mt-3 flex flex-wrap gap-x-4 text-sm text-muted">
        <span role="status">
          {total === 0
            ? "No rows"
            : `${formatCount((params.page - 1) * LIST_ROWS + 1)}–${formatCount(Math.min(params.page * LIST_ROWS, total))} of ${formatCount(total)}`}
        </span>
        {params.page > 1 ? (
          <Link href={page(params.page - 1)} className="reach underline underline-offset-2">
            Previous
          </Link>
        ) : null}
        {params.page < last ? (
          <Link href={page(params.page + 1)} className="reach underline underline-offset-2">
            Next
          </Link>
        ) : null}
      </nav>
    </Panel>
  );
}
