import Link from "next/link";
import { FactTable, FileLink } from "@/components/analytics/fact-table";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Panel } from "@/components/ui/panel";
import type { AnalyticsListName } from "@/db/queries/analytics-shape";
import { formatCount } from "@/lib/format";
import { LIST_ROWS } from "@/lib/lists/analytics-load";
import { type AnalyticsParams, analyticsExportHref, analyticsHref, WHOLE_LIST } from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { besides, LISTS, listPart } from "@/lib/lists/analytics-tables-lists";
import { lastPage } from "@/lib/table-params";
import { TAB_LABELS } from "./words";

type Props = { params: AnalyticsParams; list: AnalyticsListName; table: AnalyticsTable };

/** A step is of one list only; the days of a part stay. */
const ONE_KIND = { least: null, under: null, page: 1 };

/** Who or what is behind a number, as many rows as the number says. */
export function List(props: Props) {
  const { list, params } = props;
  if (list !== "used" || params.by !== "project") return <Rows {...props} />;
  return (
    <>
      {/* Whoever hides the names of their projects hides them from paper. */}
      <div className="print:hidden">
        <Rows {...props} />
      </div>
      <p className="label mt-2">
        What is exported or printed is without the students who hide the names of their projects
        <span className="hidden print:inline">: print it from the page made for paper</span>.
      </p>
    </>
  );
}

function Rows({ params, list, table }: Props) {
  const total = table.total ?? table.rows.length;
  const part = listPart(list, params);
  const last = lastPage(total, LIST_ROWS);
  const page = (to: number) => analyticsHref({ ...params, page: to });
  return (
    <Panel title={table.title} aside={<FileLink href={analyticsExportHref(params, table.id)} of={table.title} />}>
      <p className="mb-2 text-sm">
        <Link
          href={analyticsHref({ ...params, ...WHOLE_LIST, list: null, name: null })}
          scroll={false}
          className="reach text-muted underline underline-offset-2 hover:text-ink"
        >
          Back to {TAB_LABELS[params.tab].toLowerCase()}
        </Link>
      </p>
      {besides(list).length > 1 ? (
        <ChoiceLinks
          label="Lists"
          choices={besides(list).map((each) => ({
            href: analyticsHref({ ...params, ...ONE_KIND, list: each }),
            label: LISTS[each].title,
            chosen: each === list,
          }))}
        />
      ) : null}
      {part ? (
        <p className="mt-3 text-sm">
          {part.charAt(0).toUpperCase() + part.slice(1)}.{" "}
          <Link
            href={analyticsHref({ ...params, ...WHOLE_LIST, of: params.of })}
            scroll={false}
            className="reach text-muted underline underline-offset-2 hover:text-ink"
          >
            {params.when === "ever" ? "See those of the period" : "See the whole list"}
          </Link>
        </p>
      ) : null}
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
