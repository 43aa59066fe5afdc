import { type SQL, sql } from "drizzle-orm";
import type { InactiveDays } from "@/db/enums";
import { joinedDay } from "./analytics-scope";
import { constant } from "./fragments";

/** What v1 asks has no period: only the frame's dates, which nobody is shown, would differ. */
export const NO_PERIOD = 7;

/**
 * `seen`: who counts, with `inactive_<days>` for each window: no day above zero within it, and none seen today. As
 * `getAnalyticsInactive` has it: only of a link that works and was read, gave at least one of those days, and of who had
 * come by the first of them.
 */
export function seenIn(windows: readonly InactiveDays[], batchId: number | null, at: SQL, freshHours: number): SQL {
  const from = (days: number) => sql`m.last_day - ${constant(days - 1)}`;
  const inactive = windows.map(
    (days) => sql`(coded.last < ${from(days)}) is not false and exists (
      select from daily_summary d where d.user_id = m.user_id and d.date between ${from(days)} and m.last_day)
      and ${joinedDay(sql`m.student_id`, batchId)} <= ${from(days)} as inactive_${constant(days)}`,
  );
  return sql`seen as materialized (
    select m.student_id, ${sql.join(inactive, sql`, `)}
    from member m
    join connection c on c.user_id = m.user_id and c.status = 'active'
      and c.last_synced_at > ${at} - make_interval(hours => ${freshHours}::int)
      and (c.today_date = m.last_day and c.today_ms > 0) is not true
    cross join lateral (
      select (
        select d.date from daily_summary d
        where d.user_id = m.user_id and d.date between ${from(Math.max(...windows))} and m.last_day and d.total_ms > 0
        order by d.date desc limit 1) as last
    ) coded)`;
}
