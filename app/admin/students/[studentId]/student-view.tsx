"use client";

import { CodingYear } from "@/components/coding/coding-year";
import { Coding } from "./coding";
import { Head } from "./head";
import { KeyFigures } from "./key-figures";
import { Risk } from "./risk";
import { Assignments, Certificates, Contact, Demos, EnrolmentHistory } from "./side-panels";
import type { StudentShown } from "./student-shown";
import { Timeline } from "./timeline";

const columns = "grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem]";

/** A student's page from its numbers. A client component for the sake of the payload (decision 035). */
export function StudentView({ student }: { student: StudentShown }) {
  const { today, freshness } = student;
  return (
    <>
      <Head student={student} />
      <KeyFigures student={student} />
      <div className="grid gap-8">
        <div className={columns}>
          <div id="coding" className="grid min-w-0 scroll-mt-4 content-start gap-8">
            <Coding coding={student.coding} today={today} freshness={freshness.label} />
          </div>
          <div className="grid content-start gap-8">
            {student.risk ? <Risk risk={student.risk} /> : null}
            <Contact contact={student.contact} deleted={student.deleted} />
            <EnrolmentHistory enrolments={student.enrolments} />
            <Assignments assignments={student.assignments} />
          </div>
        </div>
        <CodingYear grid={student.grid} weeks={student.weeks} today={today} freshness={freshness.label} />
        <div className={columns}>
          <Timeline timeline={student.timeline} today={today} />
          <div className="grid content-start gap-8">
            <Demos demos={student.demos} href={student.demosHref} />
            <Certificates certificates={student.certificates} name={student.name} today={today} />
          </div>
        </div>
      </div>
    </>
  );
}
