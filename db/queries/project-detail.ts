import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssignmentStatus, EnrolmentStatus, ProjectStatus } from "@/db/enums";
import { shownEnrolment } from "./fragments";
import { holdsToday } from "./sync-scope";

export type AssignmentRow = {
  id: number;
  version: number;
  studentId: number;
  userId: number;
  name: string;
  status: AssignmentStatus;
  resumeUrl: string | null;
  linkedinUrl: string | null;
  offerDate: string | null;
  /** How the student stands in their batch, and whether that is this project's. */
  enrolmentStatus: EnrolmentStatus | null;
  elsewhere: boolean;
};

/** What a form about a project holds. */
export type ProjectContent = {
  name: string;
  description: string | null;
  startDate: string;
  endDate: string | null;
  happyHour: string | null;
  status: ProjectStatus;
};

export type ProjectDetail = ProjectContent & {
  id: number;
  version: number;
  batchId: number;
  batchName: string;
  instructorIds: number[];
  assignments: AssignmentRow[];
  /** Who could be assigned now. */
  available: { id: number; name: string }[];
};

/** Student `st` with user `u`, in the batch through the enrolment `en`, is there to work on a project of the batch `b`. */
export const isActiveIn: SQL = sql`(en.status = 'active' and u.disabled_at is null and ${holdsToday})`;

const ASSIGNMENTS = sql`(
  select coalesce(json_agg(json_build_object(
    'id', a.id, 'version', a.version, 'studentId', st.id, 'userId', u.id, 'name', u.name, 'status', a.status,
    'resumeUrl', a.resume_url, 'linkedinUrl', a.linkedin_url, 'offerDate', a.offer_date,
    'enrolmentStatus', e.status, 'elsewhere', e.batch_id is distinct from p.batch_id) order by lower(u.name), a.id), '[]')
  from assignment a
  join student st on st.id = a.student_id
  join "user" u on u.id = st.user_id
  left join ${shownEnrolment(sql`now()`)} on true
  where a.project_id = p.id)`;

/** Active students of the batch who have no open assignment anywhere, and none on this project, open or not. */
const AVAILABLE = sql`(
  select coalesce(json_agg(json_build_object('id', st.id, 'name', u.name) order by lower(u.name), st.id), '[]')
  from enrolment en
  join student st on st.id = en.student_id
  join "user" u on u.id = st.user_id
  where en.batch_id = p.batch_id and ${isActiveIn} and not exists (
    select from assignment a
    where a.student_id = st.id and (a.project_id = p.id or a.status in ('assigned', 'active'))))`;

/** The page of a project, in one statement (idx_student_project_id, idx_student_batch_id); null when there is none. */
export async function getProjectDetail(db: Db, projectId: number): Promise<ProjectDetail | null> {
  const [answer] = await db.execute<{ detail: ProjectDetail }>(sql`
    select json_build_object(
      'id', p.id, 'version', p.version, 'name', p.name, 'description', p.description, 'startDate', p.start_date,
      'endDate', p.end_date, 'happyHour', p.happy_hour, 'status', p.status, 'batchId', b.id, 'batchName', b.name,
      'instructorIds', array(select bi.user_id from batch_instructor bi where bi.batch_id = b.id),
      'assignments', ${ASSIGNMENTS}, 'available', ${AVAILABLE}) as detail
    from project p
    join batch b on b.id = p.batch_id
    where p.id = ${projectId}`);
  return answer?.detail ?? null;
}
