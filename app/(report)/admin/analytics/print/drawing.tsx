import { monthWords } from "@/components/analytics/fact-table";
import { ColumnBars } from "@/components/charts/column-bars";
import { WeekDayMap } from "@/components/charts/week-day-map";
import { WeekLines } from "@/components/charts/week-lines";
import { formatCount } from "@/lib/format";
import type { AnalyticsView } from "@/lib/lists/analytics-load";
import type { AnalyticsParams } from "@/lib/lists/analytics-params";

const HOUR_MS = 3_600_000;
const SERIES = [
  { key: "students", title: "New students" },
  { key: "certificates", title: "Certificates" },
  { key: "demos", title: "Demos" },
] as const;

/** The charts of a tab that say something on paper, over their tables. */
export function Drawing({ shown, measure }: { shown: AnalyticsView; measure: AnalyticsParams["measure"] }) {
  if (shown.view === "trends") {
    return (
      <div className="mb-5 grid gap-4">
        {SERIES.map(({ key, title }) => (
          <section key={key} className="break-inside-avoid">
            <h2 className="mb-1 text-sm font-semibold">{title}</h2>
            <ColumnBars
              sparse
              columns={shown.data.months.map((each) => ({
                key: each.month,
                label: monthWords(each.month).slice(0, 3),
                value: each[key],
                words: formatCount(each[key]),
              }))}
            />
          </section>
        ))}
      </div>
    );
  }
  if (shown.view === "coding" && shown.by === "day" && shown.data.distribution.buckets.length > 0) {
    return (
      <section className="mb-5 break-inside-avoid">
        <h2 className="mb-1 text-sm font-semibold">Students by their coding time, hours from</h2>
        <ColumnBars
          columns={shown.data.distribution.buckets.map(({ fromMs, students }) => ({
            key: fromMs,
            label: String(fromMs / HOUR_MS),
            value: students,
            words: formatCount(students),
          }))}
        />
      </section>
    );
  }
  if (shown.view === "heat-map" && shown.data.frame.span) {
    const title = measure === "median" ? "Median of a student" : "All together";
    return (
      <section className="mb-5 break-inside-avoid">
        <h2 className="mb-1 text-sm font-semibold">{title}</h2>
        <WeekDayMap
          caption={title}
          weeks={shown.data.weeks}
          span={shown.data.frame.span}
          days={shown.data.cells.map(({ date, totalMs, medianMs }) => ({
            date,
            ms: measure === "median" ? medianMs : totalMs,
          }))}
        />
      </section>
    );
  }
  if (shown.view === "compare" && shown.data.left && shown.data.right) {
    return (
      <section className="mb-5 break-inside-avoid">
        <h2 className="mb-1 text-sm font-semibold">Median by week of the batch</h2>
        <WeekLines
          lines={[shown.data.left, shown.data.right].map((side) => ({
            name: side.batch.name,
            points: side.weeks.map(({ medianMs }) => medianMs),
          }))}
        />
      </section>
    );
  }
  return null;
}
