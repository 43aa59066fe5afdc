import { FoldedTable } from "@/components/analytics/fact-table";
import { WeekDayMap } from "@/components/charts/week-day-map";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import type { AnalyticsHeatMap } from "@/db/queries/analytics-shape";
import {
  type AnalyticsOpening,
  type AnalyticsParams,
  analyticsExportHref,
  analyticsHref,
  openingHref,
} from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { spanWords } from "./words";

type Props = { map: AnalyticsHeatMap; params: AnalyticsParams; tables: AnalyticsTable[] };

const MEASURES = { median: "Median per student", total: "All together" } as const;

/** Which days of the week people code on, week by week. */
export function HeatMapTab({ map: { frame, weeks, cells }, params, tables }: Props) {
  const [table] = tables;
  const opens = (opening: AnalyticsOpening) => openingHref(params, opening);
  const { measure } = params;
  if (!frame.span) return null;
  const caption = `${measure === "median" ? "Median coding time of a student" : "Coding time"} by day of the week and week, ${spanWords(frame.span)}`;
  return (
    <Panel
      title="By day of the week"
      aside={
        <Definition id="heat" page="analytics" of="the heat map">
          For each date the sum of these students’ coding time, or the median of those who have a row on it. A date
          without any row is no data. The steps are quarters of the most in this period.
        </Definition>
      }
    >
      <div className="mb-4">
        <ChoiceLinks
          label="What is drawn"
          choices={(["median", "total"] as const).map((each) => ({
            href: analyticsHref({ ...params, measure: each }),
            label: MEASURES[each],
            chosen: each === measure,
          }))}
        />
      </div>
      <WeekDayMap
        caption={caption}
        weeks={weeks}
        span={frame.span}
        days={cells.map(({ date, totalMs, medianMs }) => ({ date, ms: measure === "median" ? medianMs : totalMs }))}
      />
      {table ? (
        <FoldedTable opens={opens} table={table} caption={caption} file={analyticsExportHref(params, table.id)} />
      ) : null}
    </Panel>
  );
}
