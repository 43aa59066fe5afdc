import { FileLink } from "@/components/analytics/fact-table";
import { type ShareRow, ShareTable } from "@/components/charts/share-table";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format";
import type { DetailView } from "@/lib/lists/analytics-load";
import { type AnalyticsParams, analyticsExportHref, openingHref } from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { CodingBy } from "./coding";
import { spanWords } from "./words";

type Props = { shown: DetailView; params: AnalyticsParams; tables: AnalyticsTable[] };

/** What coding time went into, of the days whose details are stored. */
export function Details({ shown: { by, data }, params, tables }: Props) {
  const [table] = tables;
  if (!table) return null;
  const { totalMs } = data.kinds[by];
  const heading = table.columns[0]?.label ?? "";
  return (
    <>
      <CodingBy params={params} />
      <Panel
        title={table.title}
        className="max-w-3xl"
        aside={
          <>
            <Definition id="details" page="analytics" of="this division">
              Sums of what is stored of the days of these students. Details are kept for fewer days than totals, so it
              says of how much of the coding time they are known. The shares add up to 100.
            </Definition>{" "}
            <FileLink href={analyticsExportHref(params, table.id)} of={table.title} />
          </>
        }
      >
        <p className="mb-3 text-sm">
          {data.codingMs === null
            ? "No coding time has arrived for these days."
            : `Details are stored for ${formatDuration(totalMs)} of ${formatDuration(data.codingMs)} of coding time.`}
        </p>
        {table.rows.length === 0 ? (
          <p className="text-sm text-muted">{table.empty}</p>
        ) : (
          <div className={by === "project" ? "print:hidden" : undefined}>
            <ShareTable
              caption={`Coding time ${table.title.toLowerCase()}, ${data.frame.span ? spanWords(data.frame.span) : ""}`}
              heading={heading}
              rows={table.rows.map((row) => shareRow(row, params))}
            />
          </div>
        )}
        {by === "project" ? (
          <p className="label mt-2">
            What is exported or printed has one line for the projects of students who hide their names
            <span className="hidden print:inline">: print it from the page made for paper</span>.
          </p>
        ) : null}
      </Panel>
    </>
  );
}

function shareRow({ key, cells, opens }: AnalyticsTable["rows"][number], params: AnalyticsParams): ShareRow {
  const [name, time, percent] = cells;
  const opening = opens?.[1];
  const ms = time !== null && typeof time === "object" && "ms" in (time ?? {}) ? (time as { ms: number }).ms : 0;
  return {
    ...{ key: String(key), name: String(name), ms, percent: Number(percent) },
    ...(key === "rest" && { rest: true }),
    ...(opening && { href: openingHref(params, opening) }),
  };
}
