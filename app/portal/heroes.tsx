import type { ReactNode } from "react";
import { BigDuration } from "@/components/coding/big-duration";
import { DaysLine } from "@/components/coding/days-line";
import { Freshness } from "@/components/coding/freshness";
import { Definition } from "@/components/ui/definition";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { STREAK_MINUTES, STREAK_MISSING_DAYS } from "@/lib/analytics/streak";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import type { OverviewShown } from "./overview-shown";
import { Remedy } from "./remedy";
import { comparedWords, daysWords, noMedianWords, rangeWords, restDaysWords, zoneWords } from "./words";

type Props = { overview: OverviewShown };

/** The four numbers one comes for, each with its period, and beneath them the zone and how fresh they are. */
export function Heroes({ overview }: Props) {
  const { today, week, freshness } = overview;
  return (
    <section aria-label="At a glance">
      <dl className="grid grid-cols-2 gap-x-6 border-t lg:grid-cols-4 lg:gap-x-10">
        <Today overview={overview} />
        <Week overview={overview} />
        <Streak overview={overview} />
        <BatchMedian overview={overview} />
      </dl>
      <p className="label mt-2">
        {`${rangeWords(week.from, today)}, in ${zoneWords(overview)} · `}
        <Freshness words={freshness} /> <Remedy state={freshness.state} />
      </p>
    </section>
  );
}

type HeroProps = { label: string; definition: ReactNode; value: ReactNode; children: ReactNode };

function Hero({ label, definition, value, children }: HeroProps) {
  return (
    <div className="border-b py-3">
      <dt className="text-sm font-medium">
        {label} {definition}
      </dt>
      <dd className="mt-1 text-2xl font-medium tracking-tight sm:text-3xl">{value}</dd>
      <dd className="label mt-1">{children}</dd>
    </div>
  );
}

function Today({ overview }: Props) {
  const { today, todayMs, todayLive } = overview;
  return (
    <Hero
      label="Today"
      value={<BigDuration ms={todayMs} />}
      definition={
        <Definition id="my-today" page="overview" of="today’s coding time">
          {`What WakaTime has counted on today’s date in ${zoneWords(overview)}. The day is not over, so it still grows. No data means that nothing has arrived for it, which is not zero.`}
        </Definition>
      }
    >
      {formatDateWithWeekday(today) +
        (todayMs === null ? ", nothing has arrived yet" : "") +
        (todayLive ? `, WakaTime’s own figure ${todayLive}` : "")}
    </Hero>
  );
}

function Week({ overview }: Props) {
  const { week } = overview;
  const average = dailyAverageMs(week.totalMs, week.days);
  return (
    <Hero
      label="Last 7 days"
      value={
        <>
          <BigDuration ms={week.totalMs} /> <DaysLine from={week.from} times={week.times} />
        </>
      }
      definition={
        <Definition id="my-week" page="overview" of="your 7-day total">
          {`The sum of seven dates, today and the six before it, in ${zoneWords(overview)}, as WakaTime last told them. The daily average divides by the days that have data: a day of zero counts, a day that never arrived does not.`}
        </Definition>
      }
    >
      {average === null
        ? "no coding time has arrived for these days"
        : `${formatDuration(average)} a day on average, over ${week.days} of 7 days with data`}
    </Hero>
  );
}

function Streak({ overview }: Props) {
  const { streak, restDays, today } = overview;
  const { days, todayCounts, atLeast, missing } = streak;
  const free = restDays.length > 0 ? `${restDaysWords(restDays)}, holidays` : "Holidays";
  return (
    <Hero
      label="Streak"
      value={
        <>
          {atLeast ? <span className="text-[0.6em] font-normal text-muted">at least </span> : null}
          {days} <span className="text-[0.6em] font-normal text-muted">{days === 1 ? "day" : "days"}</span>
        </>
      }
      definition={
        <Definition id="my-streak" page="streak" of="your streak">
          {`Days in a row, back from today, in ${zoneWords(overview)}, by what WakaTime counted. Rest days, holidays and paused days count when you code on them. A day without data neither counts nor ends it, but more than ${STREAK_MISSING_DAYS} of them in a row do. Today cannot end it before it is over.`}
        </Definition>
      }
    >
      A day counts from {STREAK_MINUTES} min. {free} and up to {STREAK_MISSING_DAYS} days without data do not break it.
      {days > 0 && streak.since ? ` ${rangeWords(streak.since, streak.last ?? today)}.` : null}
      {days > 0 && !todayCounts ? " Today does not count yet." : null}
      {missing > 0 ? ` ${daysWords(missing)} without data since may still change it.` : null}
    </Hero>
  );
}

function BatchMedian({ overview }: Props) {
  const { batchMedian, noMedian, week } = overview;
  return (
    <Hero
      label="Batch median"
      value={<BigDuration ms={batchMedian?.ms ?? null} />}
      definition={
        <Definition id="batch-median" page="overview" of="the median of your batch">
          The middle one of the 7-day totals of the batch’s active students who have data, you among them, each by their
          own last seven dates. Half of them have more, half have less. Nobody’s own number is shown to anybody else
          here, and no median of fewer than five.
        </Definition>
      }
    >
      {batchMedian
        ? `last 7 days, ${batchMedian.students} students with data. ${comparedWords(week.totalMs, batchMedian.ms)}`
        : noMedian
          ? noMedianWords[noMedian]
          : null}
    </Hero>
  );
}
