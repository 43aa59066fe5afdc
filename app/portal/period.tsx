import { DayChart } from "@/components/charts/day-chart";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Definition } from "@/components/ui/definition";
import { Figure } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import { overviewPeriods } from "@/db/enums";
import type { KindItems, StudentOverview } from "@/db/queries/student-overview-shape";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { mostActiveDay } from "@/lib/analytics/most-active-day";
import { daysBetween, eachDay } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import { Breakdown } from "./breakdown";
import { type OverviewParams, overviewHref } from "./search-params";
import { insteadWords, periodLabel, rangeWords, zoneWords } from "./words";

type Props = { overview: StudentOverview; params: OverviewParams; freshness: string };

/** Everything that the one period picker of the page chooses. */
export function Period({ overview, params, freshness }: Props) {
  const { period } = overview;
  const range = rangeWords(period.from, period.to);
  const byDate = new Map(period.days.map(({ date, totalMs }) => [date, totalMs]));
  return (
    <Panel title="Your coding" aside={`${range}, in ${overview.zone} · ${freshness}`}>
      <ChoiceLinks
        label="Period"
        choices={overviewPeriods.map((each) => ({
          href: overviewHref({ ...params, period: each }),
          label: periodLabel(each),
          chosen: each === params.period,
        }))}
      />
      {period.instead ? <p className="mt-2 text-sm text-muted">{insteadWords[period.instead]}</p> : null}
      <Figures overview={overview} />
      <div className="mt-6 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
        <div className="min-w-0">
          <h3 className="mb-3 text-sm font-medium">
            By day{" "}
            <Definition id="my-days" page="overview" of="coding by day">
              {`What WakaTime counted on each date, in ${zoneWords(overview)}. A day that it did not return has no data, which is not a zero.`}
            </Definition>
          </h3>
          <DayChart
            caption={`Coding time by day, ${range}`}
            days={eachDay(period.from, period.to).map((date) => ({ date, ms: byDate.get(date) ?? null }))}
          />
        </div>
        <div className="min-w-0">
          <h3 className="mb-3 text-sm font-medium">
            What it went into{" "}
            <Definition id="my-shares" page="overview" of="the shares">
              Shares of what is stored of the period’s details, in whole percents that add up to 100. Each list is a
              division of its own: a dependency’s time may be counted for several at once, and details are kept for
              fewer days than totals.
            </Definition>
          </h3>
          <Breakdown overview={overview} params={params} />
        </div>
      </div>
    </Panel>
  );
}

const value = "text-lg font-medium tracking-tight";
const none = <span className="text-muted">no data</span>;

function Figures({ overview: { period, items } }: { overview: StudentOverview }) {
  const days = daysBetween(period.from, period.to) + 1;
  const average = dailyAverageMs(period.totalMs, period.daysWithRow);
  const most = mostActiveDay(period.days);
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-6 border-t max-lg:*:last:col-span-2 sm:grid-cols-3 lg:grid-cols-5">
      <Figure label={`total of ${days} days, ${period.daysWithCoding} with coding`}>
        <dd className={value}>{period.totalMs === null ? none : formatDuration(period.totalMs)}</dd>
      </Figure>
      <Figure label={`a day on average, over ${period.daysWithRow} with data`}>
        <dd className={value}>{average === null ? none : formatDuration(average)}</dd>
      </Figure>
      <Figure label={most ? `most active day, ${formatDuration(most.totalMs)}` : "most active day"}>
        <dd className={value}>{most ? formatDateWithWeekday(most.date) : "–"}</dd>
      </Figure>
      <Top what="top language" items={items.language} />
      <Top what="top project" items={items.project} />
    </dl>
  );
}

function Top({ what, items }: { what: string; items: KindItems }) {
  const [top] = items.top;
  return (
    <Figure label={top ? `${what}, ${formatDuration(top.ms)}` : what}>
      <dd className={`${value} break-words`}>{top ? top.name : "–"}</dd>
    </Figure>
  );
}
