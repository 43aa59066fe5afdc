import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { localDay } from "./fragments";

/** What hangs on a batch: who would have to go elsewhere, and what would go with it. */
export type BatchHoldings = {
  /** In the batch now or from a later day on: invited, active or paused. */
  students: number;
  /** Of them, those who have a later move to another batch planned. */
  planned: number;
  /** All periods that anybody has spent in it, those of its students among them. */
  enrolments: number;
  projects: number;
  assignments: number;
  demoSessions: number;
};

/** Alias `b`, whose own calendar day decides. */
export const holdingsJson = (at: SQL): SQL => sql`(
  select json_build_object(
    'students', count(*) filter (where seated.is_seated),
    'planned', count(*) filter (where seated.is_seated and exists (
      select from enrolment later
      where later.student_id = en.student_id and later.batch_id <> b.id and later.from_date > seated.today)),
    'enrolments', count(*),
    'projects', (select count(*) from project p where p.batch_id = b.id),
    'assignments', (select count(*) from assignment a join project p on p.id = a.project_id where p.batch_id = b.id),
    'demoSessions', (select count(*) from demo_session s where s.batch_id = b.id))
  from enrolment en
  cross join lateral (select ${localDay(at, sql`b.time_zone`)} as today) day
  cross join lateral (
    select day.today, en.status in ('invited', 'active', 'paused') and (en.to_date is null or en.to_date > day.today)
      as is_seated
  ) seated
  where en.batch_id = b.id)`;

/** Null when there is no such batch. */
export async function getBatchHoldings(db: Db, batchId: number): Promise<BatchHoldings | null> {
  const [row] = await db.execute<{ holdings: BatchHoldings }>(
    sql`select ${holdingsJson(sql`now()`)} as holdings from batch b where b.id = ${batchId}`,
  );
  return row?.holdings ?? null;
}

type Seated = { studentId: number; plannedFrom: string | null };

/** The students of `students`, each with the day from which they are there: today, or a later one. */
export async function listSeated(db: Db, batchId: number) {
  const rows: Seated[] = await db.execute<Seated>(sql`
    select en.student_id as "studentId",
      (case when min(en.from_date) > min(${localDay(sql`now()`, sql`b.time_zone`)}) then min(en.from_date) end)::text
        as "plannedFrom"
    from enrolment en
    join batch b on b.id = en.batch_id
    where b.id = ${batchId} and en.status in ('invited', 'active', 'paused')
      and (en.to_date is null or en.to_date > ${localDay(sql`now()`, sql`b.time_zone`)})
    group by en.student_id
    order by en.student_id`);
  return rows.map((row) => ({ ...row }));
}
