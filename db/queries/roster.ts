import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { questionOf, type RosterFacts, type RosterQuestion } from "@/lib/roster/facts";
import type { RosterRow } from "@/lib/roster/row";
import { type Judged, judge } from "@/lib/roster/verdict";

const SEATED = sql`('invited', 'active', 'paused')`;

/**
 * What a file's rows are judged by, in one statement however many they are. idx_user_email, idx_student_user and
 * idx_enrolment_student carry it. The clock is the database's.
 */
export async function getRosterFacts(db: Db, { emails, zones }: RosterQuestion): Promise<RosterFacts> {
  const [row] = await db.execute<RosterFacts>(sql`
    with person as (
      select u.id, u.email, u.name, u.phone, u.time_zone as "timeZone", u.role, u.disabled_at is not null as disabled,
        u.password_hash is not null as "hasPassword", exists (
          select from user_token t
          where t.user_id = u.id and t.kind = 'invite' and t.used_at is null and t.expires_at > now()
        ) as "hasInvitation", st.id as "studentId",
        coalesce((
          select json_agg(json_build_object('id', en.id, 'batchId', en.batch_id, 'status', en.status,
            'from', en.from_date, 'to', en.to_date, 'version', en.version) order by en.from_date)
          from enrolment en where en.student_id = st.id), '[]') as enrolments
      from jsonb_array_elements_text(${JSON.stringify(emails)}::jsonb) as wanted(email)
      join "user" u on u.email = wanted.email
      left join student st on st.user_id = u.id
    ), batches as (
      select b.id, b.name, b.archived_at is not null as archived, b.start_date as "startDate", b.end_date as "endDate",
        local.today, case when b.capacity is not null then greatest(0, b.capacity - (
          select count(distinct en.student_id)::int from enrolment en
          where en.batch_id = b.id and en.status in ${SEATED} and (en.to_date is null or en.to_date > local.today)
        )) end as places
      from batch b
      cross join lateral (select (now() at time zone b.time_zone)::date as today) local
    )
    select (select coalesce(json_agg(p), '[]') from person p) as people,
      (select coalesce(json_agg(b), '[]') from batches b) as batches,
      (select coalesce(json_agg(zone), '[]') from jsonb_array_elements_text(${JSON.stringify(zones)}::jsonb) as zone
       where not is_time_zone(zone)) as "unknownZones"`);
  if (!row) throw new Error("the roster statement returned no row");
  return row;
}

/** The verdict on every row as things are now: one statement, and pure rules. */
export const judgeRoster = async (db: Db, rows: RosterRow[], batchId: number | null): Promise<Judged[]> =>
  judge(rows, await getRosterFacts(db, questionOf(rows)), { batchId });
