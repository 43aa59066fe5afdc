import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { localDay } from "@/db/queries/fragments";
import type { Actor } from "@/lib/auth/permissions";
import { recordAudits } from "./audit";

const DUE_CHANGES: Actor = { type: "system", job: "assignment-due" };

type Ended = { id: number; was: string; status: string; student: string; project: string; because: string };

/**
 * Does to assignments what a change of an enrolment left to its day (decision 019): an open one in a project of a batch
 * that the student has left for another is dropped; where the student has dropped out or graduated, it ends like that.
 * Whoever was never in the project's batch, or is between two batches, keeps theirs, and so does whom somebody put back
 * on the project after that day. Returns how many ended; asked again, none.
 *
 * One statement over the open assignments (idx_assignment_one_open, then idx_enrolment_student): it waits for nobody,
 * and leaves students who are being changed just now to the next time.
 */
export const endDueAssignments = (db: Database, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const at = sql`${now.toISOString()}::timestamptz`;
    const ended: Ended[] = await tx.execute<Ended>(sql`
      with due as (
        select a.id, a.status as was, u.name as student, p.name as project,
          -- What was never begun cannot have been completed.
          case when en.status = 'graduated' and en.batch_id = p.batch_id and a.status = 'active' then 'completed'
            else 'dropped' end::assignment_status as status,
          case when en.batch_id <> p.batch_id then 'moved to ' || b.name else en.status::text end
            || ' on ' || en.from_date as because
        from assignment a
        join project p on p.id = a.project_id
        join enrolment en on en.student_id = a.student_id and en.shown_from <= ${at} and en.shown_until > ${at}
        join batch b on b.id = en.batch_id
        join student st on st.id = a.student_id
        join "user" u on u.id = st.user_id
        where a.status in ('assigned', 'active') and en.from_date <= ${localDay(at, sql`b.time_zone`)}
          and (en.batch_id <> p.batch_id or en.status in ('dropped', 'graduated'))
          and exists (
            select from enrolment there
            where there.student_id = a.student_id and there.batch_id = p.batch_id and there.from_date <= en.from_date)
          and not exists (
            select from audit_event put_back
            where put_back.subject_type = 'assignment' and put_back.subject_id = a.id
              and put_back.action = 'assignment.edit' and put_back.at >= en.from_date::timestamp at time zone b.time_zone
              and put_back.before ->> 'status' in ('completed', 'dropped'))
        for no key update of en, a skip locked
      )
      update assignment a set status = due.status, version = a.version + 1, updated_at = now()
      from due where a.id = due.id
      returning a.id, due.was, due.status, due.student, due.project, due.because`);
    await recordAudits(
      tx,
      DUE_CHANGES,
      ended.map(({ id, was, status, student, project, because }) => ({
        action: "assignment.end",
        subjectType: "assignment",
        subjectId: id,
        label: `${student} · ${project}`,
        before: { status: was },
        after: { status, because },
      })),
    );
    return ended.length;
  });
