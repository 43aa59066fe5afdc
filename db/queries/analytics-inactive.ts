import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { InactiveDays } from "@/db/enums";
import { analyticsStatement, joinedDay, personFields } from "./analytics-scope";
import type { AnalyticsInactive } from "./analytics-shape";
import { constant } from "./fragments";

/** How many of each list are named unless all are asked for. */
export const INACTIVE_ROWS = 100;

type Asked = { batchId: number | null; days: InactiveDays; all?: boolean };

/**
 * Who has not coded for so many days, in one statement: one range of idx_daily_summary_user_date for each who counts, and
 * for the few without coding the last day that had some. A link that was not read for more than `freshHours` hours, or
 * that gave no day at all, says nothing.
 */
export async function getAnalyticsInactive(
  db: Db,
  { batchId, days, all = false }: Asked,
  now: Date,
  freshHours: number,
): Promise<AnalyticsInactive | null> {
  const limit = all ? sql`` : sql`limit ${constant(INACTIVE_ROWS)}`;
  const listed = (where: SQL, further: SQL): SQL => sql`(
    select json_build_object('total', (select count(*) from quiet q where ${where}), 'rows', coalesce(json_agg(json_build_object(
      ${personFields}, 'lastCodedOn', m.last_coded, 'lastSyncedAt', m.last_synced_at ${further})
      order by m.last_coded nulls first, lower(u.name), m.student_id), '[]'))
    from (select q.* from quiet q where ${where} order by q.last_coded nulls first, q.student_id ${limit}) m
    join "user" u on u.id = m.user_id
    join batch b on b.id = m.batch_id)`;
  const row = await analyticsStatement<Omit<AnalyticsInactive, "days" | "frame">>(
    db,
    { batchId, period: 7 },
    now,
    (at) => ({
      parts: sql`silent as materialized (
        select m.*, c.last_synced_at, ${joinedDay(sql`m.student_id`, batchId)} > m.last_day - ${constant(days - 1)} as is_new, case
            when c.status is null then 'absent'
            when c.status <> 'active' then 'broken'
            when c.last_synced_at > ${at} - make_interval(hours => ${freshHours}::int) is not true then 'stale'
            when own.days = 0 then 'no_days' end as reason
        from member m
        left join connection c on c.user_id = m.user_id
        cross join lateral (
          select count(*) as days, coalesce(bool_or(d.total_ms > 0), false) as coded
          from daily_summary d
          where d.user_id = m.user_id and d.date between m.last_day - ${constant(days - 1)} and m.last_day
        ) own
        where not own.coded and not coalesce(c.today_date = m.last_day and c.today_ms > 0, false)
      ), quiet as materialized (
        select s.*, (
          select d.date from daily_summary d
          where d.user_id = s.user_id and d.date < s.last_day and d.total_ms > 0
          order by d.date desc limit 1) as last_coded
        from silent s
        where not s.is_new
      )`,
      fields: sql`
        'inactive', ${listed(sql`q.reason is null`, sql``)},
        'noData', ${listed(sql`q.reason is not null`, sql`, 'reason', m.reason`)},
        'tooNew', (
          select json_build_object('total', (select count(*) from silent where is_new), 'rows',
            coalesce(json_agg(json_build_object(${personFields}) order by lower(u.name), m.student_id), '[]'))
          from (select * from silent where is_new order by student_id ${limit}) m
          join "user" u on u.id = m.user_id
          join batch b on b.id = m.batch_id)`,
    }),
  );
  return row && { ...row, days };
}
