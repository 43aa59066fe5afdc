import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { containsPattern, localDay } from "./fragments";
import type { Looker } from "./user-list";

export type SignupCandidate = {
  studentId: number;
  name: string;
  batchName: string;
  /** What the student built, the latest first. */
  demos: { id: number; title: string }[];
};

/** Enough to choose from; whoever gets so many types another letter. */
const CANDIDATES = 12;
const DEMOS = 30;

/**
 * Students whom the looker may sign up for a session and who can get a place there, by a part of their name: enabled,
 * active in a batch today (the session's own, where it has one), without a sign-up that stands. idx_user_search
 * finds the name from three letters on; addresses are not searched.
 */
export async function findSignupCandidates(
  db: Db,
  sessionId: number,
  q: string,
  looker: Looker,
  now: Date,
): Promise<SignupCandidate[]> {
  const today = localDay(sql`${now.toISOString()}::timestamptz`, sql`b.time_zone`);
  const own =
    looker.role === "admin"
      ? sql``
      : sql`and exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`;
  const rows = await db.execute<SignupCandidate>(sql`
    select st.id as "studentId", u.name, b.name as "batchName", (
        select coalesce(json_agg(json_build_object('id', d.id, 'title', d.title) order by d.id desc), '[]')
        from (select * from demo d where d.student_id = st.id order by d.id desc limit ${DEMOS}) d) as demos
    from demo_session s
    join enrolment en on en.status = 'active' and (s.batch_id is null or en.batch_id = s.batch_id)
    join batch b on b.id = en.batch_id
    join student st on st.id = en.student_id
    join "user" u on u.id = st.user_id
    where s.id = ${sessionId} and en.from_date <= ${today} and (en.to_date is null or en.to_date > ${today})
      and u.disabled_at is null and u.role = 'student'
      and u.search_text like ${containsPattern(q)} and search_fold(u.name) like ${containsPattern(q)} ${own}
      and not exists (
        select from demo_signup g where g.session_id = s.id and g.student_id = st.id and g.status <> 'cancelled')
    order by lower(u.name), st.id
    limit ${CANDIDATES}`);
  return [...rows];
}
