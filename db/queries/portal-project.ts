import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssignmentStatus, EnrolmentStatus, ProjectStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { localDay, shownEnrolment } from "./fragments";

/** A student's part of a project, with the project and its batch. */
export type OwnAssignment = {
  id: number;
  version: number;
  status: AssignmentStatus;
  resumeUrl: string | null;
  linkedinUrl: string | null;
  offerDate: DateString | null;
  project: {
    name: string;
    description: string | null;
    startDate: DateString;
    endDate: DateString | null;
    happyHour: string | null;
    status: ProjectStatus;
  };
  batch: { name: string; startDate: DateString; endDate: DateString; timeZone: string };
  /** The day it is in the batch's zone, by which its dates go. */
  today: DateString;
};

export type PortalProject = {
  /** The batch that the student is in, was in last, or comes into next. */
  standing: { batchName: string; status: EnrolmentStatus } | null;
  /** The open one first, which is at most one; then the latest. */
  assignments: OwnAssignment[];
};

/**
 * `/portal/project` at `now` in one statement: all the projects that the student is and was on. A student has few;
 * idx_assignment_student_project finds them.
 */
export async function getPortalProject(db: Db, userId: number, now: Date): Promise<PortalProject> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<PortalProject>(sql`
    select case when e.batch_id is not null
        then json_build_object('batchName', e.batch_name, 'status', e.status) end as standing, (
      select coalesce(json_agg(json_build_object(
          'id', a.id, 'version', a.version, 'status', a.status, 'resumeUrl', a.resume_url,
          'linkedinUrl', a.linkedin_url, 'offerDate', a.offer_date,
          'project', json_build_object('name', p.name, 'description', p.description, 'startDate', p.start_date,
            'endDate', p.end_date, 'happyHour', p.happy_hour, 'status', p.status),
          'batch', json_build_object('name', b.name, 'startDate', b.start_date, 'endDate', b.end_date,
            'timeZone', b.time_zone),
          'today', ${localDay(at, sql`b.time_zone`)})
        order by a.status in ('assigned', 'active') desc, p.start_date desc, a.id desc), '[]')
      from assignment a
      join project p on p.id = a.project_id
      join batch b on b.id = p.batch_id
      where a.student_id = st.id) as assignments
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(at)} on true
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in student has no user row");
  return { ...row };
}
