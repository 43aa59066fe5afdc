import Link from "next/link";
import { FactTable, FileLink, FoldedTable } from "@/components/analytics/fact-table";
import { WeekLines } from "@/components/charts/week-lines";
import { Definition } from "@/components/ui/definition";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { AnalyticsCompare, CompareSide } from "@/db/queries/analytics-shape";
import {
  type AnalyticsOpening,
  type AnalyticsParams,
  analyticsExportHref,
  analyticsHref,
  openingHref,
  otherTab,
} from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { BatchChoice } from "./batch-choice";
import { spanWords } from "./words";

type Props = { compare: AnalyticsCompare; params: AnalyticsParams; tables: AnalyticsTable[] };

/** Two batches side by side, each from its own first day. */
export function Compare({ compare, params, tables }: Props) {
  const { batches, left, right, days } = compare;
  const [numbers, weeks] = tables;
  const opens = (opening: AnalyticsOpening) => openingHref(params, opening);
  const choice = (label: string, side: "batch" | "with") => (
    <BatchChoice
      label={label}
      chosen={params[side]}
      choices={[
        { id: null, name: "Choose a batch", state: null, href: analyticsHref({ ...params, [side]: null }) },
        ...batches.map((each) => ({ ...each, href: analyticsHref({ ...params, [side]: each.id }) })),
      ]}
    />
  );
  return (
    <>
      <div className="mb-6 flex flex-wrap gap-x-6 gap-y-2">
        {choice("Batch", "batch")}
        {choice("beside", "with")}
      </div>
      {!left || !right || left.batch.id === right.batch.id ? (
        <Empty title="Two batches side by side">
          Choose both. Their weeks are counted from each batch’s first day, so that week 3 stands beside week 3.
        </Empty>
      ) : (
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
          <Panel
            title={days === null ? "Numbers" : `The first ${days} days`}
            aside={numbers ? <FileLink href={analyticsExportHref(params, numbers.id)} of={numbers.title} /> : null}
          >
            {days === null ? (
              <p className="text-sm text-muted">One of them has not begun: there is nothing to compare yet.</p>
            ) : (
              <>
                {numbers ? <FactTable table={numbers} opens={opens} /> : null}
                <p className="label mt-2">
                  As many days as both have behind them.{" "}
                  <Definition id="common" page="analytics" of="these numbers">
                    Of the first days of each batch, as many as both have behind them: who counts is who is active, of a
                    batch that is over who was in it until its last day. Days before somebody came count for nobody.
                  </Definition>
                </p>
                <ul className="mt-2 text-sm">
                  <SideWords side={left} params={params} />
                  <SideWords side={right} params={params} />
                </ul>
              </>
            )}
          </Panel>
          <Panel
            title="Median by week of the batch"
            aside={
              <Definition id="weeks" page="analytics" of="the median of a week">
                The middle one of the students’ totals of the week, of those with data. Week 1 begins on the batch’s
                first day; the week that is under way is not over.
              </Definition>
            }
          >
            <WeekLines
              lines={[left, right].map((side) => ({
                name: side.batch.name,
                points: side.weeks.map(({ medianMs }) => medianMs),
              }))}
            />
            {[left, right].map(({ batch, weeks: own }) => {
              const open = own.find(({ isProvisional }) => isProvisional);
              return open ? (
                <p key={batch.id} className="label mt-1">
                  Week {open.week} of {batch.name} is not over.
                </p>
              ) : null;
            })}
            {weeks ? (
              <FoldedTable
                opens={opens}
                table={weeks}
                caption={weeks.title}
                file={analyticsExportHref(params, weeks.id)}
              />
            ) : null}
          </Panel>
        </div>
      )}
    </>
  );
}

function SideWords({ side: { batch }, params }: { side: CompareSide; params: AnalyticsParams }) {
  const whole = { ...otherTab(params, "overview"), batch: batch.id, period: "batch" as const };
  return (
    <li>
      <Link href={analyticsHref(whole)} className="reach underline underline-offset-2">
        {batch.name}
      </Link>
      , <span className="text-muted">{spanWords({ from: batch.startDate, to: batch.endDate })}</span>
    </li>
  );
}
