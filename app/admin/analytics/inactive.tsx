import { FactTable, FileLink, FoldedTable } from "@/components/analytics/fact-table";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import { inactiveDays } from "@/db/enums";
import type { AnalyticsInactive } from "@/db/queries/analytics-shape";
import { formatCount } from "@/lib/format";
import { type AnalyticsParams, analyticsExportHref, analyticsHref } from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { studentsWords } from "./words";

type Props = { inactive: AnalyticsInactive; params: AnalyticsParams; tables: AnalyticsTable[] };

/** Who has not coded for so long, and beside it of whom nothing is known. */
export function Inactive({ inactive, params, tables }: Props) {
  const { days } = inactive;
  const lists = tables.filter(({ id }) => id !== "too-new");
  const tooNew = tables.find(({ id }) => id === "too-new");
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-sm text-muted">No coding in the last</p>
        <ChoiceLinks
          label="No coding in the last"
          choices={inactiveDays.map((each) => ({
            href: analyticsHref({ ...params, days: each }),
            label: `${each} days`,
            chosen: each === days,
          }))}
        />
      </div>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        {lists.map((table) => (
          <Panel
            key={table.id}
            title={table.title}
            aside={
              <>
                {studentsWords(table.total ?? table.rows.length)}{" "}
                {table.id === "inactive" ? (
                  <Definition id="inactive-coders" page="analytics" of="who is inactive">
                    {`Active students without any coding on the last ${days} of their dates, today among them. Only of a WakaTime link that works, was read within a day and brought at least one of these days.`}
                  </Definition>
                ) : (
                  <Definition id="unknown" page="analytics" of="who has no data">
                    No coding arrived of them either, but that says nothing: the link is missing, broken or was not
                    read. They are not called inactive.
                  </Definition>
                )}{" "}
                <FileLink href={analyticsExportHref(params, table.id)} of={table.title} />
              </>
            }
          >
            <FactTable table={table} />
            <FirstOfAll table={table} />
          </Panel>
        ))}
      </div>
      {tooNew ? (
        <div className="mt-6 max-w-3xl">
          <FoldedTable
            table={tooNew}
            caption={tooNew.title}
            summary={`${studentsWords(tooNew.total ?? tooNew.rows.length)} came within these ${days} days and did not code yet: in neither list`}
            file={analyticsExportHref(params, tooNew.id)}
          />
          <FirstOfAll table={tooNew} />
        </div>
      ) : null}
    </>
  );
}

function FirstOfAll({ table: { rows, total } }: { table: AnalyticsTable }) {
  return total !== undefined && total > rows.length ? (
    <p className="label mt-2">
      The first {formatCount(rows.length)} of {formatCount(total)}; the file has all.
    </p>
  ) : null;
}
