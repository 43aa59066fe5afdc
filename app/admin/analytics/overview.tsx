import Link from "next/link";
import { FoldedTable } from "@/components/analytics/fact-table";
import { BigDuration } from "@/components/coding/big-duration";
import { Definition } from "@/components/ui/definition";
import type { AnalyticsListName, AnalyticsOverview } from "@/db/queries/analytics-shape";
import { formatCount, formatDuration } from "@/lib/format";
import { type AnalyticsParams, analyticsExportHref, analyticsHref } from "@/lib/lists/analytics-params";
import type { AnalyticsTable } from "@/lib/lists/analytics-table";
import { TILES, Tile } from "./tile";
import { countChange, partWords, shareChange, shareWords, studentsWords } from "./words";

type Props = { overview: AnalyticsOverview; params: AnalyticsParams; tables: AnalyticsTable[] };

const SUMMARIES: Record<string, string> = { numbers: "Show the numbers as a table", ever: "Show what there ever was" };

/** The seven numbers, each with its change and the list behind it. */
export function Overview({ overview, params, tables }: Props) {
  const { students, medianMs, coded, certificates, demos, presented, withDemo, ever } = overview;
  const list = (name: AnalyticsListName) => analyticsHref({ ...params, list: name });
  const { now: data } = medianMs.withData;
  const missing = data.of - data.part;
  const changed = (change: string | null) => (change ? `${change} · ` : null);
  const counted = ({ now, before }: typeof demos) =>
    before === null || now === null
      ? "nothing to compare with"
      : `${countChange(now, before)}, from ${formatCount(before)}`;
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
          {counted(students)}
        </Tile>
        <Tile
          label="Coding time per student"
          href={list("students")}
          value={<BigDuration ms={medianMs.now} />}
          definition={
            <Definition id="median" page="analytics" of="the median coding time">
              The middle one of the students’ totals of the period, from WakaTime, each by their own calendar days. Who
              has no data in these days is left out, not counted as zero.
            </Definition>
          }
        >
          {medianMs.now !== null && medianMs.before !== null
            ? `median, from ${formatDuration(medianMs.before)} · `
            : "median · "}
          {partWords(data)} with data
          {missing > 0 ? (
            <>
              {" · "}
              <Link href={list("no_data")} scroll={false} className="reach underline underline-offset-2">
                {studentsWords(missing)} without
              </Link>
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
              <Link href={list("not_coded")} scroll={false} className="reach underline underline-offset-2">
                {studentsWords(coded.now.of - coded.now.part)} did not
              </Link>
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
          {counted(certificates)}
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
          {counted(demos)}
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
        Ever, of the same students: {formatCount(ever.certificates)} certificates of{" "}
        {studentsWords(ever.studentsWithCertificate)}, {formatCount(ever.demos)} demos of{" "}
        {studentsWords(ever.studentsWithDemo)}.
      </p>
      {tables.map((table) => (
        <FoldedTable
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
