import Link from "next/link";
import { FactTable, FileLink, FoldedTable } from "@/components/analytics/fact-table";
import { ColumnBars } from "@/components/charts/column-bars";
import { DayChart } from "@/components/charts/day-chart";
import { BigDuration } from "@/components/coding/big-duration";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import type { AnalyticsCoding, AnalyticsListName } from "@/db/queries/analytics-shape";
import { formatCount, formatDuration } from "@/lib/format";
import {
  type AnalyticsOpening,
  type AnalyticsParams,
  analyticsExportHref,
  analyticsHref,
  CODING_BY,
  openingHref,
} from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { Behind, TILES, Tile } from "./tile";
import { BY_LABELS, partWords, spanWords } from "./words";

type Props = { coding: AnalyticsCoding; params: AnalyticsParams; tables: AnalyticsTable[] };

const HOUR_MS = 3_600_000;

/** What coding is shown by. */
export function CodingBy({ params }: { params: AnalyticsParams }) {
  return (
    <div className="mb-4">
      <ChoiceLinks
        label="Coding by"
        choices={CODING_BY.map((by) => ({
          href: analyticsHref({ ...params, by }),
          label: BY_LABELS[by],
          chosen: by === params.by,
        }))}
      />
    </div>
  );
}

/** Coding by day, and how the students' totals spread. */
export function CodingByDay({ coding, params, tables }: Props) {
  const { totalMs, withData, coded, days, distribution, frame } = coding;
  const list = (name: AnalyticsListName) => openingHref(params, { list: name });
  const span = frame.span ? spanWords(frame.span) : "";
  const [byDay, spread] = tables;
  const opens = (opening: AnalyticsOpening) => openingHref(params, opening);
  return (
    <>
      <CodingBy params={params} />
      <dl className={`${TILES} mb-8`}>
        <Tile
          label="Coding time"
          href={list("students")}
          value={<BigDuration ms={totalMs} />}
          definition={
            <Definition id="total" page="analytics" of="the coding time">
              {
                "The sum of these students’ days of the period, from WakaTime. Who has no data adds nothing, which is not zero."
              }
            </Definition>
          }
        >
          of <Behind href={list("with_data")}>{partWords({ part: withData, of: frame.students })}</Behind> students with
          data
        </Tile>
        <Tile
          label="Coded"
          href={list("coded")}
          value={formatCount(coded)}
          definition={
            <Definition id="coded" page="analytics" of="the number of students who coded">
              {"Students with at least one day above zero in the period."}
            </Definition>
          }
        >
          students with a day above zero
        </Tile>
        <Tile
          label="Median per student"
          href={list("with_data")}
          value={<BigDuration ms={distribution.median} />}
          definition={
            <Definition id="median" page="analytics" of="the median">
              {"The middle one of the students’ totals, of those with data; half of them lie in the middle half."}
            </Definition>
          }
        >
          {distribution.quarter === null || distribution.threeQuarters === null
            ? "nobody has data"
            : `middle half: ${formatDuration(distribution.quarter)} – ${formatDuration(distribution.threeQuarters)}`}
        </Tile>
        <Tile
          label="No data"
          href={list("no_data")}
          value={formatCount(frame.students - withData)}
          definition={
            <Definition id="no-data" page="analytics" of="the number of students without data">
              {"Students of whom no day of the period is stored: not connected, not read, or nothing returned."}
            </Definition>
          }
        >
          left out, not counted as zero
        </Tile>
      </dl>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <Panel
          title="By day"
          aside={
            <Definition id="by-day" page="analytics" of="coding by day">
              The sum of what WakaTime counted for these students on each date, each by their own calendar. A date on
              which nobody has a row has no data, which is not zero. Today is not over.
            </Definition>
          }
        >
          <DayChart
            caption={`Coding time by day, ${span}`}
            days={days.map((each) => ({ date: each.date, ms: each.totalMs }))}
            table={false}
          />
          {byDay ? (
            <FoldedTable
              opens={opens}
              table={byDay}
              caption={`By day, ${span}`}
              file={analyticsExportHref(params, byDay.id)}
            />
          ) : null}
        </Panel>
        <Panel
          title="Students by their coding time"
          aside={
            <Definition id="spread" page="analytics" of="the distribution">
              Each student’s total of the period, of those with data, in even steps of whole hours; a total on the
              border belongs to the higher step.
            </Definition>
          }
        >
          {distribution.buckets.length === 0 ? (
            <p className="text-sm text-muted">Nobody has data.</p>
          ) : (
            <>
              <ColumnBars
                columns={distribution.buckets.map(({ fromMs, students }) => ({
                  key: fromMs,
                  label: String(fromMs / HOUR_MS),
                  value: students,
                  words: formatCount(students),
                }))}
              />
              <p className="label mt-1 text-center">hours, from</p>
            </>
          )}
          {spread ? (
            <FoldedTable
              opens={opens}
              table={spread}
              caption={`${spread.title}, ${span}`}
              file={analyticsExportHref(params, spread.id)}
            />
          ) : null}
        </Panel>
      </div>
    </>
  );
}

/** Who coded most, and whose coding changed most. */
export function CodingByStudent({ coding, params, tables }: Props) {
  const [top, ...movers] = tables;
  const panel = (table: AnalyticsTable) => (
    <Panel
      key={table.id}
      title={table.title}
      aside={<FileLink href={analyticsExportHref(params, table.id)} of={table.title} />}
    >
      <FactTable table={table} />
    </Panel>
  );
  return (
    <>
      <CodingBy params={params} />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="min-w-0">
          {top ? panel(top) : null}
          <p className="mt-3 text-sm">
            <Link href={analyticsHref({ ...params, list: "students" })} className="reach underline underline-offset-2">
              All {formatCount(coding.frame.students)} students
            </Link>
          </p>
        </div>
        <div className="grid min-w-0 content-start gap-8">
          {movers.map(panel)}
          <p className="label">
            {coding.movers
              ? "Against the period before, of students with data in both who had come by then. "
              : "A whole batch has no period before it. "}
            <Definition id="movers" page="analytics" of="who gained and lost most">
              The largest changes of a student’s coding time against as many days right before the period. Whoever is
              new or has no data in one of them is left out.
            </Definition>
          </p>
        </div>
      </div>
    </>
  );
}
