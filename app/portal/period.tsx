import { DayChart } from "@/components/charts/day-chart";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Definition } from "@/components/ui/definition";
import { Figure } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import type { NamedMs } from "@/db/queries/student-overview-shape";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { eachDay } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import { Breakdown } from "./breakdown";
import type { OverviewShown } from "./overview-shown";
import { insteadWords, rangeWords, zoneWords } from "./words";

type Props = { overview: OverviewShown };

/** Everything that the one period picker of the page chooses. */
export function Period({ overview }: Props) {
  const { period, zone, freshness } = overview;
  const range = rangeWords(period.from, period.to);
  return (
    <Panel title="Your coding" aside={`${range}, in ${zone} · ${freshness.label}`}>
      <ChoiceLinks label="Period" choices={period.choices} />
      {period.instead ? <p className="mt-2 text-sm text-muted">{insteadWords[period.instead]}</p> : null}
      <Figures period={period} />
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
            days={eachDay(period.from, period.to).map((date, place) => ({ date, ms: period.days[place] ?? null }))}
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
          <Breakdown overview={overview} />
        </div>
      </div>
    </Panel>
  );
}

const value = "text-lg font-medium tracking-tight";
const none = <span className="text-muted">no data</span>;

function Figures({ period }: Pick<OverviewShown, "period">) {
  const { days, most } = period;
  const average = dailyAverageMs(period.totalMs, period.daysWithRow);
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-6 border-t max-lg:*:last:col-span-2 sm:grid-cols-3 lg:grid-cols-5">
      <Figure label={`total of ${days.length} days, ${period.daysWithCoding} with coding`}>
        <dd className={value}>{period.totalMs === null ? none : formatDuration(period.totalMs)}</dd>
      </Figure>
      <Figure label={`a day on average, over ${period.daysWithRow} with data`}>
        <dd className={value}>{average === null ? none : formatDuration(average)}</dd>
      </Figure>
      <Figure label={most ? `most active day, ${formatDuration(most.totalMs)}` : "most active day"}>
        <dd className={value}>{most ? formatDateWithWeekday(most.date) : "–"}</dd>
      </Figure>
      <Top what="top language" top={period.topLanguage} />
      <Top what="top project" top={period.topProject} />
    </dl>
  );
}

function Top({ what, top }: { what: string; top: NamedMs | null }) {
  return (
    <Figure label={top ? `${what}, ${formatDuration(top.ms)}` : what}>
      <dd className={`${value} break-words`}>{top ? top.name : "–"}</dd>
    </Figure>
  );
}
