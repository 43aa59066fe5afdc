import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/**
 * For the connection `c` and its user `u`: the enrolment `e` that is or was the last one to begin, with its batch's
 * zone while it lasts. One probe of idx_enrolment_student.
 */
export const syncEnrolment: SQL = sql`
  left join student s on s.user_id = u.id
  left join lateral (
    select en.status, en.batch_id,
      case when en.to_date is null or en.to_date > current_date
        -- One probe; a join would read all batches for each user.
        then (select time_zone from batch where id = en.batch_id)
      end as zone
    from enrolment en
    where en.student_id = s.id and en.from_date <= current_date + 1
    order by en.from_date desc
    limit 1
  ) e on true`;

/** Why the user `u` is not to be called at all; null for those who are. */
export const syncBar: SQL = sql`
  case
    when c.status <> 'active' then c.status::text
    when u.disabled_at is not null then 'disabled'
    when s.coding_source = 'direct' then 'direct'
    when e.status in ('paused', 'dropped', 'graduated') then e.status::text
  end`;

export type SyncScope = { batchId?: number | null; userId?: number | null };

/**
 * Ids of the users whom a sync calls, in ascending order after `afterUserId`, at most `limit`: one page of a planning
 * run, read along idx_user_wakatime_token.
 */
export async function listSyncSubjects(
  db: Db,
  { afterUserId, limit, batchId, userId }: SyncScope & { afterUserId: number; limit: number },
): Promise<number[]> {
  const rows: { user_id: number }[] = await db.execute<{ user_id: number }>(sql`
    select c.user_id
    from connection c
    join "user" u on u.id = c.user_id
    ${syncEnrolment}
    where c.status = 'active' and c.user_id > ${afterUserId} and ${syncBar} is null
      ${batchId ? sql`and e.batch_id = ${batchId} and e.zone is not null` : sql``}
      ${userId ? sql`and c.user_id = ${userId}` : sql``}
    order by c.user_id
    limit ${limit}`);
  return rows.map((row) => row.user_id);
}
