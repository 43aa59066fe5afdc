import Link from "next/link";
import { Freshness } from "@/components/coding/freshness";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import { BackLink } from "@/components/layout/back-link";
import { MoveStudent } from "@/components/student/move-student";
import { enrolmentTone } from "@/components/student/words";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { statusesAfter } from "@/db/enums";
import type { StudentPage } from "@/db/queries/student-page";
import type { Actor } from "@/lib/auth/permissions";
import { can } from "@/lib/auth/permissions";
import { localDate } from "@/lib/dates";
import { formatDate } from "@/lib/format";
import { ViewAsForm } from "../../view-as-form";
import { moveStudentAction } from "./actions";
import { WriteNote } from "./note-forms";
import { ChangeStatus, EditStudent } from "./student-forms";

type Props = { student: StudentPage; actor: Actor; freshness: FreshnessWords };

const ZONE_WORDS = { student: "the student’s own zone", batch: "the batch’s zone", academy: "the academy’s zone" };

/** Who this is, and what the viewer may do about it. */
export function Head({ student, actor, freshness }: Props) {
  const { name, status, disabled, deleted, deletionDueAt } = student;
  return (
    <header className="mb-6">
      <BackLink href="/admin/students">Students</BackLink>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight break-words">{name}</h1>
          <p className="mt-1 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
            {student.batchId ? (
              <Link href={`/admin/batches/${student.batchId}`} className="reach underline underline-offset-2">
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
            {deletionDueAt ? (
              <Badge tone="warn">
                asked for the account to be deleted, {formatDate(localDate(new Date(deletionDueAt), student.zone))}
              </Badge>
            ) : null}
            <span className="text-muted">
              {student.zone}, {ZONE_WORDS[student.zoneOf]}
            </span>
            <Freshness words={freshness} badge />
          </p>
        </div>
        {deleted ? <ReportLink studentId={student.studentId} /> : <Doings student={student} actor={actor} />}
      </div>
    </header>
  );
}

function Doings({ student, actor }: Pick<Props, "student" | "actor">) {
  const { studentId, userId, name, status, isOver, batches } = student;
  const version = student.enrolmentVersion || undefined;
  const mayEnrol = can(actor, "student.edit", { instructorIds: student.enrolmentInstructorIds });
  const next = status && !isOver ? statusesAfter[status] : [];
  return (
    <div className="flex flex-wrap items-start gap-2">
      {can(actor, "note.write", student) ? <WriteNote studentId={studentId} name={name} /> : null}
      {can(actor, "student.edit", student) ? (
        <EditStudent
          studentId={studentId}
          version={student.version}
          name={name}
          phone={student.contact?.phone ?? null}
          timeZone={student.ownZone}
          otherZone={student.otherZone}
          email={can(actor, "user.edit") ? student.contact?.email : undefined}
        />
      ) : null}
      {mayEnrol && batches.length > 0 ? (
        <MoveStudent
          action={moveStudentAction}
          studentId={studentId}
          version={version}
          name={name}
          batches={batches}
          enrolled={status !== null && !isOver}
        />
      ) : null}
      {mayEnrol && status && next.length > 0 ? (
        <ChangeStatus studentId={studentId} version={version} name={name} status={status} next={next} />
      ) : null}
      {student.connection && can(actor, "sync.start", student) ? (
        <Link href={`/admin/sync/students/${userId}`} className={buttonClass({ small: true })}>
          Sync now
        </Link>
      ) : null}
      <ReportLink studentId={studentId} />
      {can(actor, "user.view-as", { id: userId, role: "student" }) ? <ViewAsForm userId={userId} /> : null}
    </div>
  );
}

function ReportLink({ studentId }: { studentId: number }) {
  return (
    <Link href={`/admin/students/${studentId}/report`} className={buttonClass({ small: true })}>
      Report
    </Link>
  );
}
