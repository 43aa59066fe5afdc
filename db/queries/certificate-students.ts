import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { academyToday, holdsCertificate } from "./certificate-state";
import { containsPattern, shownEnrolment } from "./fragments";
import type { Looker } from "./user-list";

const MOST_FOUND = 20;

export type FoundStudent = { id: number; name: string; batchName: string | null };

const teaches = (looker: Looker): SQL =>
  looker.role === "admin"
    ? sql`true`
    : sql`exists (select from batch_instructor bi where bi.batch_id = e.batch_id and bi.user_id = ${looker.id})`;

/**
 * Students to whom the looker may give a certificate: by name, or the one of an id; at most twenty, an instructor's of
 * their own batches.
 */
export async function findStudents(
  db: Db,
  looker: Looker,
  by: { q: string } | { studentId: number },
  now: Date,
): Promise<FoundStudent[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const asked =
    "studentId" in by
      ? sql`st.id = ${by.studentId}`
      : sql`u.search_text like ${containsPattern(by.q)} and search_fold(u.name) like ${containsPattern(by.q)}`;
  const rows: FoundStudent[] = await db.execute<FoundStudent>(sql`
    select st.id, u.name, e.batch_name as "batchName"
    from student st
    join "user" u on u.id = st.user_id
    left join ${shownEnrolment(at)} on true
    where ${asked} and u.anonymised_at is null and ${teaches(looker)}
    order by lower(u.name), st.id
    limit ${MOST_FOUND}`);
  return rows.map((row) => ({ ...row }));
}

/** Who teaches the batch that a student is in, or was in last; null when there is no such student. */
export async function teachersOfStudent(db: Db, studentId: number, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ name: string; instructorIds: number[] }>(sql`
    select u.name, array(select bi.user_id from batch_instructor bi where bi.batch_id = e.batch_id) as "instructorIds"
    from student st
    join "user" u on u.id = st.user_id
    left join ${shownEnrolment(at)} on true
    where st.id = ${studentId} and u.anonymised_at is null`);
  return row ?? null;
}

export type Graduate = { id: number; name: string; has: boolean };

/** Students `st` who graduated from the batch, and who of them has a certificate of this name that holds. */
const graduatesOf = (batchId: number, name: string, today: SQL): SQL => sql`
  select st.id, u.name, ${holdsCertificate(name, today)} as has
  from student st
  join "user" u on u.id = st.user_id
  where st.id in (select student_id from enrolment where batch_id = ${batchId} and status = 'graduated')
    and u.anonymised_at is null
  order by lower(u.name), st.id`;

export async function listGraduates(db: Db, batchId: number, name: string, now: Date): Promise<Graduate[]> {
  const today = academyToday(sql`${now.toISOString()}::timestamptz`);
  const rows: Graduate[] = await db.execute<Graduate>(graduatesOf(batchId, name, today));
  return rows.map((row) => ({ ...row }));
}

export type IssuePage = {
  /** In the academy's zone. */
  today: string;
  /** Those with graduates, the latest first, as far as the looker may issue to them. */
  batches: { id: number; name: string; graduates: number }[];
  /** Of the batch that is asked about. */
  graduates: Graduate[];
};

/** The page that issues certificates, in one statement; `issue` is what a preview is asked of. */
export async function getIssuePage(
  db: Db,
  looker: Looker,
  issue: { batchId: number; name: string } | null,
  now: Date,
): Promise<IssuePage> {
  const today = academyToday(sql`${now.toISOString()}::timestamptz`);
  const own = sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`;
  const [page] = await db.execute<IssuePage>(sql`
    select ${today}::text as today,
      (select coalesce(json_agg(g order by g.end_date desc, g.name), '[]') from (
        select b.id, b.name, b.end_date, count(distinct en.student_id)::int as graduates
        from batch b
        join enrolment en on en.batch_id = b.id and en.status = 'graduated'
        where ${looker.role === "admin" ? sql`true` : own}
        group by b.id) g) as batches,
      ${issue ? sql`(select coalesce(json_agg(g), '[]') from (${graduatesOf(issue.batchId, issue.name, today)}) g)` : sql`'[]'::json`} as graduates`);
  if (!page) throw new Error("the statement returned no row");
  return { ...page };
}
