import { WeekSpread } from "@/components/charts/week-spread";
import { Definition } from "@/components/ui/definition";
import { Empty } from "@/components/ui/empty";
import { Figure } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import type { BatchPage } from "@/db/queries/batch-page";
import { formatAgo, formatCount, formatDuration, formatInstant } from "@/lib/format";
import { missingWords } from "./batch-page-words";

const number = "text-2xl font-medium tracking-tight";
const small = "text-base font-medium tracking-tight sm:text-lg";
const timeOf = (ms: number | null) => (ms === null ? "–" : formatDuration(ms));
const between = (from: number | null, to: number | null) =>
  from === null || to === null ? "–" : `${formatDuration(from)} – ${formatDuration(to)}`;

/** The batch in numbers: its students, and their last seven days. */
export function BatchFigures({ batch, now }: { batch: BatchPage; now: Date }) {
  const { hours, capacity, placesTaken } = batch;
  const week = hours.weeks.at(-1);
  if (!week) return null;
  const synced = hours.syncedAsOf ? new Date(hours.syncedAsOf) : null;
  const missing = missingWords(week, hours);
  return (
    <Panel
      title="Students and their last 7 days"
      className="mb-8"
      aside={
        synced ? (
          <time dateTime={synced.toISOString()} title={formatInstant(synced)}>
            most were read {formatAgo(synced, now)} or later
          </time>
        ) : (
          "never synced"
        )
      }
    >
      <dl className="grid grid-cols-2 border-t sm:grid-cols-3 xl:grid-cols-5">
        <Figure
          label={
            capacity === null
              ? "active today, no limit of places"
              : `active today · ${placesTaken} of ${capacity} places taken`
          }
        >
          <dd className={number} data-figure="students">
            {formatCount(week.students)}
          </dd>
        </Figure>
        <Figure label="median">
          <dd className={number}>
            <span data-figure="median">{timeOf(week.median)}</span>{" "}
            <Definition id="median-definition" page="coding-time" of="the median">
              The middle one of the active students’ 7-day totals, each student’s seven local days up to today, from
              WakaTime. Students without any data in these days are left out, not counted as zero.
            </Definition>
          </dd>
        </Figure>
        <Figure label="middle half of the students">
          <dd className={small} data-figure="quartiles">
            {between(week.quarter, week.threeQuarters)}
          </dd>
        </Figure>
        <Figure label="lowest – highest">
          <dd className={small} data-figure="range">
            {between(week.lowest, week.highest)}
          </dd>
        </Figure>
        <Figure label={missing ? `without data · ${missing}` : "without data"}>
          <dd className={number} data-figure="missing">
            {formatCount(week.students - week.withData)}
          </dd>
        </Figure>
      </dl>
      {hours.stale > 0 ? (
        <p className="mt-2 text-sm text-warn">
          {formatCount(hours.stale)} of those with data {hours.stale === 1 ? "was" : "were"} not read since yesterday:
          their numbers may be too low.
        </p>
      ) : null}
    </Panel>
  );
}

export function TrendPanel({ weeks }: { weeks: BatchPage["hours"]["weeks"] }) {
  return (
    <Panel title="Median of 7 days, week by week" aside="today’s active students · bar: their middle half">
      {weeks.some((week) => week.median !== null) ? (
        <WeekSpread caption="7-day coding time of the batch’s active students, the last eight weeks" weeks={weeks} />
      ) : (
        <Empty title="No coding time yet">It appears here once its active students’ links have been read.</Empty>
      )}
    </Panel>
  );
}
