import { Freshness } from "@/components/coding/freshness";
import { freshnessOf } from "@/components/coding/freshness-words";
import { Definition } from "@/components/ui/definition";
import { Panel } from "@/components/ui/panel";
import type { TodayPage } from "@/db/queries/today-page";
import { formatCount, formatDate, formatDayDistance } from "@/lib/format";
import { MoreRows, PersonRow } from "./people";

/** Active students who coded nothing on the last working days, where that is known. */
export function Quiet({ quiet }: { quiet: TodayPage["quiet"] }) {
  const days = quiet.workingDays === 1 ? "1 working day" : `${quiet.workingDays} working days`;
  return (
    <Panel
      title="Who went quiet"
      aside={
        <>
          no coding for {days}{" "}
          <Definition id="quiet" of="this list">
            {`Active students without any coding time for ${days}, nor today, in their own time zone. Rest days and holidays of the academy are no working days. Only students whose WakaTime was read within the last day are judged; whoever joined after those days began is not.`}
          </Definition>
        </>
      }
    >
      {quiet.total === 0 ? (
        <p className="text-sm text-muted">Nobody, as far as is known.</p>
      ) : (
        <ul>
          {quiet.rows.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              aside={
                person.lastCoded ? (
                  <time dateTime={person.lastCoded} title={formatDate(person.lastCoded)}>
                    last coded {formatDayDistance(person.lastCoded, person.today)}
                  </time>
                ) : (
                  "has not coded yet"
                )
              }
            />
          ))}
        </ul>
      )}
      <MoreRows shown={quiet.rows.length} total={quiet.total} />
    </Panel>
  );
}

/** No coding arrived either, but that says nothing about them: folded, so that it is not read as the same thing. */
export function NoData({ noData, now }: { noData: TodayPage["noData"]; now: Date }) {
  if (noData.total === 0) return null;
  return (
    <Panel title="No data" aside="WakaTime is not connected, or not read for over a day">
      <details>
        <summary className="tap cursor-pointer py-1 text-sm">
          {noData.total === 1
            ? "1 student of whom nothing arrived"
            : `${formatCount(noData.total)} students of whom nothing arrived`}
        </summary>
        <ul className="mt-3">
          {noData.rows.map((person) => (
            <PersonRow key={person.id} person={person} aside={<Freshness words={freshnessOf(person, now)} />} />
          ))}
        </ul>
        <MoreRows shown={noData.rows.length} total={noData.total} />
      </details>
    </Panel>
  );
}
