import { FoldedTable } from "@/components/analytics/fact-table";
import { BigDuration } from "@/components/coding/big-duration";
import { Definition } from "@/components/ui/definition";
import type { AnalyticsListName, AnalyticsOverview } from "@/db/queries/analytics-shape";
import { formatCount, formatDuration } from "@/lib/format";
import {
  type AnalyticsOpening,
  type AnalyticsParams,
  analyticsExportHref,
  openingHref,
} from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { Behind, TILES, Tile } from "./tile";
import { countChange, partWords, shareChange, shareWords, studentsWords } from "./words";

type Props = { overview: AnalyticsOverview; params: AnalyticsParams; tables: AnalyticsTable[] };

const SUMMARIES: Record<string, string> = { numbers: "Show the numbers as a table", ever: "Show what there ever was" };

/** The seven numbers, each with its change and the list behind it. */
export function Overview({ overview, params, tables }: Props) {
  const { students, medianMs, coded, certificates, demos, presented, withDemo, ever } = overview;
  const { now: data } = medianMs.withData;
  const opens = (opening: AnalyticsOpening) => openingHref(params, opening);
  const list = (name: AnalyticsListName) => opens({ list: name });
  const ofEver = (name: AnalyticsListName) => opens({ list: name, when: "ever" });
  const missing = data.of - data.part;
  const changed = (change: string | null) => (change ? `${change} · ` : null);
  const counted = ({ now, before }: typeof demos, former: AnalyticsOpening) =>
    before === null || now === null ? (
      "nothing to compare with"
    ) : (
      <>
        {countChange(now, before)}, from <Behind href={opens(former)}>{formatCount(before)}</Behind>
      </>
    );
  return (
    <>
      <dl className={TILES}>
        <Tile
          label="Active students"
          href={list("students")}
          value={formatCount(students.now ?? 0)}
          definition={
            <Definition id="students" page="analytics" of="the number of students">
              Students whose enrolment is active on the last day of the period; before: on the last day of the period
              before, those who left since among them.
            </Definition>
          }
        >
          {counted(students, { list: "were_active" })}
        </Tile>
        <Tile
          label="Coding time per student"
          href={list("with_data")}
          value={<BigDuration ms={medianMs.now} />}
          definition={
            <Definition id="median" page="analytics" of="the median coding time">
              The middle one of the students’ totals of the period, from WakaTime, each by their own calendar days. Who
              has no data in these days is left out, not counted as zero.
            </Definition>
          }
        >
          {medianMs.now !== null && medianMs.before !== null ? (
            <>
              median, from{" "}
              <Behind href={opens({ list: "with_data", when: "before" })}>{formatDuration(medianMs.before)}</Behind>
              {" · "}
            </>
          ) : (
            "median · "
          )}
          <Behind href={list("with_data")}>{partWords(data)} with data</Behind>
          {missing > 0 ? (
            <>
              {" · "}
              <Behind href={list("no_data")}>{studentsWords(missing)} without</Behind>
            </>
          ) : null}
        </Tile>
        <Tile
          label="Coded"
          href={list("coded")}
          value={shareWords(coded.now)}
          definition={
            <Definition id="coded" page="analytics" of="the share of students who coded">
              Students with at least one day above zero in the period, of those with data. Nobody knows of the others.
            </Definition>
          }
        >
          {changed(coded.before && shareChange(coded.now, coded.before))}
          {partWords(coded.now)} with data
          {coded.now.of > coded.now.part ? (
            <>
              {" · "}
              <Behind href={list("not_coded")}>{studentsWords(coded.now.of - coded.now.part)} did not</Behind>
            </>
          ) : null}
        </Tile>
        <Tile
          label="Certificates issued"
          href={list("certificates")}
          value={formatCount(certificates.now ?? 0)}
          definition={
            <Definition id="certificates" page="analytics" of="the number of certificates">
              Certificates of these students with a date of issue in the period. Revoked ones are left out.
            </Definition>
          }
        >
          {counted(certificates, { list: "certificates", when: "before" })}
        </Tile>
        <Tile
          label="Demos added"
          href={list("demos")}
          value={formatCount(demos.now ?? 0)}
          definition={
            <Definition id="demos" page="analytics" of="the number of demos">
              Demos of these students with their date in the period; one without a date counts on the day it was put in.
            </Definition>
          }
        >
          {counted(demos, { list: "demos", when: "before" })}
        </Tile>
        <Tile
          label="Presented"
          href={list("presented")}
          value={shareWords(presented.now)}
          definition={
            <Definition id="presented" page="analytics" of="participation in demo sessions">
              Students marked as presented in at least one demo session of the period, of all who are active.
            </Definition>
          }
        >
          {changed(presented.before && shareChange(presented.now, presented.before))}
          {partWords(presented.now)}
        </Tile>
        <Tile
          label="With a demo"
          href={list("with_demo")}
          value={shareWords(withDemo.now)}
          definition={
            <Definition id="with-demo" page="analytics" of="the share of students with a demo">
              Students who have at least one demo by the end of the period, whenever it was added.
            </Definition>
          }
        >
          {changed(withDemo.before && shareChange(withDemo.now, withDemo.before))}
          {partWords(withDemo.now)}
        </Tile>
        <Tile label="Early warning" href={earlyWarning(params)} value="Who to act on">
          facts about each student, not sums
        </Tile>
      </dl>
      <p className="label mt-3">
        Ever, of the same students:{" "}
        <Behind href={ofEver("certificates")}>{formatCount(ever.certificates)} certificates</Behind> of{" "}
        <Behind href={ofEver("with_certificate")}>{studentsWords(ever.studentsWithCertificate)}</Behind>,{" "}
        <Behind href={ofEver("demos")}>{formatCount(ever.demos)} demos</Behind> of{" "}
        <Behind href={ofEver("with_demo")}>{studentsWords(ever.studentsWithDemo)}</Behind>.
      </p>
      {tables.map((table) => (
        <FoldedTable
          opens={opens}
          key={table.id}
          table={table}
          caption={table.title}
          summary={SUMMARIES[table.id] ?? table.title}
          file={analyticsExportHref(params, table.id)}
        />
      ))}
    </>
  );
}

const earlyWarning = ({ batch }: AnalyticsParams) =>
  batch ? `/admin/early-warning?batch=${batch}` : "/admin/early-warning";
