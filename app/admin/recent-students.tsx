import { Freshness } from "@/components/coding/freshness";
import { freshnessOf } from "@/components/coding/freshness-words";
import { Definition } from "@/components/ui/definition";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { Dashboard } from "@/db/queries/dashboard";
import { formatAgo } from "@/lib/format";
import { weekWords } from "./week-words";

type Student = Dashboard["recentStudents"][number];

export function RecentStudents({ students, now }: { students: Student[]; now: Date }) {
  return (
    <Panel
      title="Recent students"
      aside={
        <>
          last 7 days{" "}
          <Definition id="week-total" page="coding-time" of="the 7-day total">
            The sum over seven local dates, today − 6 to today, in the student’s own time zone. The daily average
            divides it by the days that have data: a day of zero counts, a day that never arrived does not.
          </Definition>
        </>
      }
    >
      {students.length === 0 ? (
        <Empty title="No active students">They appear here once they are in class.</Empty>
      ) : (
        <ul>
          {students.map((student) => (
            <StudentRow key={student.id} student={student} now={now} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function StudentRow({ student, now }: { student: Student; now: Date }) {
  const { week, average } = weekWords(student);
  return (
    <li className="border-b py-2.5 text-sm first:pt-0">
      <div className="flex justify-between gap-4">
        <p className="truncate font-medium">{student.name}</p>
        {week === null || average === null ? (
          <p className="shrink-0 text-muted">no data</p>
        ) : (
          <p className="shrink-0">
            {week} <span className="text-muted">· {average} a day</span>
          </p>
        )}
      </div>
      <div className="flex flex-wrap justify-between gap-x-4">
        <p className="label">
          {student.batchName ?? "no batch"} · joined {formatAgo(new Date(student.joinedAt), now)}
        </p>
        <p className="label">
          <Freshness words={freshnessOf({ ...student, status: student.connectionStatus }, now)} />
        </p>
      </div>
    </li>
  );
}
