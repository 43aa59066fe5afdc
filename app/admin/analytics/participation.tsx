import { FactTable, FileLink, FoldedTable } from "@/components/analytics/fact-table";
import { ColumnBars } from "@/components/charts/column-bars";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import type { AnalyticsParticipation } from "@/db/queries/analytics-shape";
import { formatCount } from "@/lib/format";
import {
  type AnalyticsOpening,
  type AnalyticsParams,
  analyticsExportHref,
  openingHref,
} from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { Behind, TILES, Tile } from "./tile";
import { shareWords, spanWords } from "./words";

type Props = { participation: AnalyticsParticipation; params: AnalyticsParams; tables: AnalyticsTable[] };

/** Demo sessions held, and how often each student presented. */
export function Participation({ participation, params, tables }: Props) {
  const { total, times, rating, frame } = participation;
  const [sessions, often] = tables;
  const opens = (opening: AnalyticsOpening) => openingHref(params, opening);
  const share = { part: total.presented, of: total.taken };
  const sometimes = times.once + times.twice + times.more;
  const shown = [
    { key: 0, label: "never", value: times.never },
    { key: 1, label: "once", value: times.once },
    { key: 2, label: "twice", value: times.twice },
    { key: 3, label: "3 and more", value: times.more },
  ];
  return (
    <>
      <dl className={`${TILES} mb-8`}>
        <Tile
          label="Sessions held"
          href="#sessions"
          value={formatCount(total.sessions)}
          definition={
            <Definition id="held" page="analytics" of="the number of sessions">
              {"Demo sessions of the period that have begun and were not cancelled: the batch’s and those open to all."}
            </Definition>
          }
        >
          {frame.span ? spanWords(frame.span) : null}
        </Tile>
        <Tile
          label="Presented"
          href={opens({ list: "places_presented" })}
          value={shareWords(share)}
          definition={
            <Definition id="share" page="analytics" of="the share presented">
              Presentations of all places that were taken: presented, missed and not marked. Of a session count the
              people who were in class on its day.
            </Definition>
          }
        >
          {formatCount(share.part)} of{" "}
          <Behind href={opens({ list: "places_taken" })}>{formatCount(share.of)} places taken</Behind>
        </Tile>
        <Tile
          label="Missed"
          href={opens({ list: "places_missed" })}
          value={formatCount(total.noShow)}
          definition={
            <Definition id="missed" page="analytics" of="the number of missed places">
              {"Places taken and marked as no-show, of people who were in class on the session’s day."}
            </Definition>
          }
        >
          <Behind href={opens({ list: "places_unmarked" })}>{formatCount(total.unmarked)} not marked</Behind> ·{" "}
          <Behind href={opens({ list: "places_waiting" })}>{formatCount(total.waitlisted)} waiting</Behind>
        </Tile>
        <Tile
          label="Rating"
          href={opens({ list: "places_rated" })}
          value={rating.mean === null ? "–" : rating.mean.toFixed(1)}
          definition={
            <Definition id="rating" page="analytics" of="the rating">
              The mean of the ratings, 1 to 5, that were given in these sessions; presentations without one are left
              out.
            </Definition>
          }
        >
          {rating.n === 1 ? "mean of 1 rating" : `mean of ${formatCount(rating.n)} ratings`}
        </Tile>
      </dl>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div id="sessions" className="min-w-0">
          <Panel
            title="Sessions"
            aside={sessions ? <FileLink href={analyticsExportHref(params, sessions.id)} of={sessions.title} /> : null}
          >
            {sessions ? <FactTable table={sessions} opens={opens} /> : null}
          </Panel>
        </div>
        <Panel
          title="How often students presented"
          aside={
            <Definition id="often" page="analytics" of="how often students presented">
              Of the students who are active now: in how many sessions of the period each was marked as presented.
            </Definition>
          }
        >
          <ColumnBars columns={shown.map((each) => ({ ...each, words: formatCount(each.value) }))} />
          <p className="mt-2 text-sm">
            <Behind href={opens({ list: "presented" })}>{formatCount(sometimes)} presented</Behind>
            {" · "}
            <Behind href={opens({ list: "not_presented" })}>{formatCount(times.never)} did not</Behind>
          </p>
          {often ? (
            <FoldedTable
              opens={opens}
              table={often}
              caption={often.title}
              file={analyticsExportHref(params, often.id)}
            />
          ) : null}
        </Panel>
      </div>
    </>
  );
}
