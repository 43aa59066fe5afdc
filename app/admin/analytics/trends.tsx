import Link from "next/link";
import { FactTable, FileLink, monthWords } from "@/components/analytics/fact-table";
import { ColumnBars } from "@/components/charts/column-bars";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import type { AnalyticsListName, AnalyticsTrends, TrendMonth } from "@/db/queries/analytics-shape";
import { formatCount } from "@/lib/format";
import {
  type AnalyticsOpening,
  type AnalyticsParams,
  analyticsExportHref,
  openingHref,
} from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";

type Props = { trends: AnalyticsTrends; params: AnalyticsParams; tables: AnalyticsTable[] };

type Series = {
  key: Exclude<keyof TrendMonth, "month">;
  list: AnalyticsListName;
  title: string;
  about: string;
};

const SERIES: Series[] = [
  {
    key: "students",
    list: "joined",
    title: "New students",
    about:
      "By the month of their first day, in the batch or, without one, at the academy. A move to another batch is no first day, and an invitation is none.",
  },
  {
    key: "certificates",
    list: "issued",
    title: "Certificates",
    about: "By their date of issue. Revoked ones are left out.",
  },
  {
    key: "demos",
    list: "demoed",
    title: "Demos",
    about: "By their date; one without a date counts on the day it was put in.",
  },
];

/** What happened month by month, whoever is still there. */
export function Trends({ trends: { months, frame }, params, tables }: Props) {
  const [table] = tables;
  const opens = (opening: AnalyticsOpening) => openingHref(params, opening);
  const first = months[0]?.month ?? "";
  const last = months.at(-1)?.month ?? "";
  const isOpen = (month: string) => !frame.batch?.isOver && month === last;
  return (
    <>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2 xl:grid-cols-3">
        {SERIES.map(({ key, list, title, about }) => (
          <Panel
            key={key}
            title={title}
            aside={
              <>
                <Link
                  href={opens({ list })}
                  scroll={false}
                  className="reach underline underline-offset-2 hover:text-ink"
                >
                  {formatCount(months.reduce((sum, month) => sum + month[key], 0))} in {months.length} months
                </Link>{" "}
                <Definition id={`trend-${key}`} page="analytics" of={title.toLowerCase()}>
                  {`${about} Whoever it was counts, also those who have left since.`}
                </Definition>
              </>
            }
          >
            <ColumnBars
              sparse
              columns={months.map((each) => ({
                key: each.month,
                label: monthWords(each.month).slice(0, 3),
                value: each[key],
                words: formatCount(each[key]),
                open: isOpen(each.month),
              }))}
            />
          </Panel>
        ))}
      </div>
      <p className="label mt-3">
        {monthWords(first)} – {monthWords(last)}
        {isOpen(last) ? "; the last month is not over" : ""}.
      </p>
      {table ? (
        <Panel
          title={table.title}
          className="mt-8 max-w-3xl"
          aside={<FileLink href={analyticsExportHref(params, table.id)} of={table.title} />}
        >
          <FactTable table={table} opens={opens} />
        </Panel>
      ) : null}
    </>
  );
}
