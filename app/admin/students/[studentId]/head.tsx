import Link from "next/link";
import { Freshness } from "@/components/coding/freshness";
import { BackLink } from "@/components/layout/back-link";
import { MoveStudent } from "@/components/student/move-student";
import { enrolmentTone } from "@/components/student/words";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { ViewAsForm } from "../../view-as-form";
import { moveStudentAction } from "./actions";
import { WriteNote } from "./note-forms";
import { ChangeStatus, EditStudent } from "./student-forms";
import type { StudentShown } from "./student-shown";

type Props = { student: StudentShown };

const ZONE_WORDS = { student: "the student’s own zone", batch: "the batch’s zone", academy: "the academy’s zone" };

/** Who this is, and what the viewer may do about it. */
export function Head({ student }: Props) {
  const { name, status, disabled, deleted, deletionAsked, doings } = student;
  return (
    <header className="mb-6">
      <BackLink href="/admin/students">Students</BackLink>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight break-words">{name}</h1>
          <p className="mt-1 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
            {student.batchId ? (
              <Link
                href={`/admin/batches/${student.batchId}`}
                prefetch={false}
                className="reach underline underline-offset-2"
              >
                {student.batchName}
              </Link>
            ) : (
              <span className="text-muted">in no batch</span>
            )}
            {status ? <Badge tone={enrolmentTone[status]}>{student.isOver ? `${status}, over` : status}</Badge> : null}
            {deleted ? (
              <Badge>account deleted at their own request</Badge>
            ) : disabled ? (
              <Badge tone="bad">account disabled</Badge>
            ) : null}
            {deletionAsked ? (
              <Badge tone="warn">{`asked for the account to be deleted, ${deletionAsked}`}</Badge>
            ) : null}
            <span className="text-muted">{`${student.zone}, ${ZONE_WORDS[student.zoneOf]}`}</span>
            <Freshness words={student.freshness} badge />
          </p>
        </div>
        {doings ? <Doings student={student} doings={doings} /> : <ReportLink studentId={student.studentId} />}
      </div>
    </header>
  );
}

type DoingsProps = Props & { doings: NonNullable<StudentShown["doings"]> };

function Doings({ student: { studentId, userId, name, status }, doings }: DoingsProps) {
  const { edit, move, next, enrolmentVersion: version } = doings;
  return (
    <div className="flex flex-wrap items-start gap-2">
      {doings.writesNote ? <WriteNote studentId={studentId} name={name} /> : null}
      {edit ? <EditStudent studentId={studentId} name={name} {...edit} /> : null}
      {move ? (
        <MoveStudent action={moveStudentAction} studentId={studentId} version={version} name={name} {...move} />
      ) : null}
      {status && next.length > 0 ? (
        <ChangeStatus studentId={studentId} version={version} name={name} status={status} next={next} />
      ) : null}
      {doings.syncs ? (
        <Link href={`/admin/sync/students/${userId}`} prefetch={false} className={buttonClass({ small: true })}>
          Sync now
        </Link>
      ) : null}
      <ReportLink studentId={studentId} />
      {doings.viewsAs ? <ViewAsForm userId={userId} /> : null}
    </div>
  );
}

function ReportLink({ studentId }: { studentId: number }) {
  return (
    <Link href={`/admin/students/${studentId}/report`} prefetch={false} className={buttonClass({ small: true })}>
      Report
    </Link>
  );
}
