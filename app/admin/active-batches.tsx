import Link from "next/link";
import type { ReactNode } from "react";
import { Definition } from "@/components/ui/definition";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { Dashboard } from "@/db/queries/dashboard";
import { daysBetween } from "@/lib/dates";
import { formatCount, formatDate, formatDuration } from "@/lib/format";

type Batch = Dashboard["activeBatches"][number];

export function ActiveBatches({ batches, asOf }: { batches: Batch[]; asOf: ReactNode }) {
  return (
    <Panel title="Active batches" aside={<>median of the last 7 days · {asOf}</>}>
      {batches.length === 0 ? (
        <Empty title="No batch is running">Batches appear here between their first and last day.</Empty>
      ) : (
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b text-left">
              <th scope="col" className="label h-8 pr-4 font-medium">
                Batch
              </th>
              <th scope="col" className="label pr-4 font-medium max-sm:hidden">
                Progress
              </th>
              <th scope="col" className="label pr-4 text-right font-medium">
                Students
              </th>
              <th scope="col" className="label text-right font-medium whitespace-nowrap">
                Median hours{" "}
                <Definition id="median-hours" page="coding-time" of="the median">
                  The middle one of the students’ 7-day totals: active enrolments only, each student’s seven local days
                  up to today, from WakaTime. Students without any data in these days are left out, not counted as zero.
                </Definition>
              </th>
            </tr>
          </thead>
          <tbody>
            {batches.map((batch) => (
              <BatchRow key={batch.id} batch={batch} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function BatchRow({ batch }: { batch: Batch }) {
  const length = daysBetween(batch.startDate, batch.endDate) + 1;
  const day = daysBetween(batch.startDate, batch.today) + 1;
  const missing = batch.students - batch.studentsWithData;
  return (
    <tr className="border-b">
      <th scope="row" className="py-2.5 pr-4 text-left font-medium">
        <Link href={`/admin/batches/${batch.id}`} prefetch={false} className="underline-offset-2 hover:underline">
          {batch.name}
        </Link>
        <span className="label block font-normal">
          {formatDate(batch.startDate)} – {formatDate(batch.endDate)}
        </span>
      </th>
      <td className="w-1/4 pr-4 max-sm:hidden">
        <span className="label">
          day {day} of {length}
        </span>
        <span className="mt-1 block h-1 bg-sunken" aria-hidden="true">
          <span className="block h-full bg-accent" style={{ width: `${(day / length) * 100}%` }} />
        </span>
      </td>
      <td className="pr-4 text-right">{formatCount(batch.students)}</td>
      <td className="text-right">
        {batch.medianWeekMs === null ? <span className="text-muted">no data</span> : formatDuration(batch.medianWeekMs)}
        {missing > 0 ? <span className="label block">{formatCount(missing)} without data</span> : null}
      </td>
    </tr>
  );
}
