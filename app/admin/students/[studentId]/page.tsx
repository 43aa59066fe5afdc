import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { freshnessOf } from "@/components/coding/freshness-words";
import { getDb } from "@/db/client";
import { getStudentPage } from "@/db/queries/student-page";
import { listStudentTimeline } from "@/db/queries/student-timeline";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { localDate } from "@/lib/dates";
import { LARGEST_ID } from "@/lib/table-params";
import { Coding } from "./coding";
import { Head } from "./head";
import { KeyFigures } from "./key-figures";
import { Risk } from "./risk";
import { loadStudentParams, studentHref } from "./search-params";
import { Assignments, Certificates, Contact, Demos, EnrolmentHistory } from "./side-panels";
import { Timeline } from "./timeline";
import { Year } from "./year";

export const metadata: Metadata = { title: "Student" };

const idOf = (value: string) =>
  /^[1-9]\d{0,9}$/.test(value) && Number(value) <= LARGEST_ID ? Number(value) : notFound();

const columns = "grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem]";

/** Two statements: the student with everything counted, and the timeline. */
export default async function StudentPage({ params, searchParams }: PageProps<"/admin/students/[studentId]">) {
  const id = idOf((await params).studentId);
  const chosen = await loadStudentParams(searchParams);
  const viewer = await requireStaff(studentHref(id, chosen));
  const actor = actorOf(viewer);
  const log = can(actor, "audit.read");
  const now = new Date();
  const db = getDb();
  const [student, timeline] = await Promise.all([
    getStudentPage(db, id, { days: chosen.days }, viewer, now),
    listStudentTimeline(db, id, chosen, { ...viewer, log }, now),
  ]);
  if (!student) notFound();
  const { connection } = student;
  const freshness = freshnessOf(
    {
      status: connection?.status ?? null,
      lastSyncedAt: connection?.lastSyncedAt ?? null,
      brokenAt: connection?.brokenAt ?? null,
      enrolmentStatus: student.status,
    },
    now,
  );
  return (
    <>
      <Head student={student} actor={actor} freshness={freshness} />
      <KeyFigures student={student} freshness={freshness} />
      <div className="grid gap-8">
        <div className={columns}>
          <div id="coding" className="grid min-w-0 scroll-mt-4 content-start gap-8">
            <Coding student={student} params={chosen} freshness={freshness.label} />
          </div>
          <div className="grid content-start gap-8">
            <Risk student={student} now={now} />
            <Contact contact={student.contact} deleted={student.deleted} />
            <EnrolmentHistory enrolments={student.enrolments} />
            <Assignments assignments={student.assignments} />
          </div>
        </div>
        <Year student={student} freshness={freshness.label} />
        <div className={columns}>
          <Timeline
            studentId={id}
            params={chosen}
            found={timeline}
            today={student.today}
            viewing={{ actor, userId: viewer.id, today: localDate(now, viewer.timeZone ?? student.zone) }}
            log={log}
          />
          <div className="grid content-start gap-8">
            <Demos demos={student.demos} studentId={id} />
            <Certificates certificates={student.certificates} name={student.name} today={student.today} />
          </div>
        </div>
      </div>
    </>
  );
}
