import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getDb } from "@/db/client";
import { getStudentPage } from "@/db/queries/student-page";
import { listStudentTimeline } from "@/db/queries/student-timeline";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { localDate } from "@/lib/dates";
import { LARGEST_ID } from "@/lib/table-params";
import { loadStudentParams, studentHref } from "./search-params";
import { studentShown } from "./student-shown";
import { StudentView } from "./student-view";

export const metadata: Metadata = { title: "Student" };

const idOf = (value: string) =>
  /^[1-9]\d{0,9}$/.test(value) && Number(value) <= LARGEST_ID ? Number(value) : notFound();

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
  const viewing = { actor, userId: viewer.id, today: localDate(now, viewer.timeZone ?? student.zone), log };
  return <StudentView student={studentShown(student, timeline, chosen, viewing, now)} />;
}
