import { type SQL, sql } from "drizzle-orm";
import type { CodingDay } from "@/lib/analytics/coding-weeks";
import type { DateString } from "@/lib/dates";

/** Today as WakaTime told it between two syncs. */
export type TodayLive = { ms: number; at: string };

/**
 * TodayLive of the connection `c`, as JSON; null where the stored day has more, or as much from a later sync. A day only
 * grows, so the larger of the two is the newer.
 */
export const todayLiveJson = (userId: SQL, today: SQL): SQL => sql`
  case when c.today_date = ${today} and not exists (
    select from daily_summary d
    where d.user_id = ${userId} and d.date = ${today}
      and (d.total_ms > c.today_ms or d.total_ms = c.today_ms and c.last_synced_at >= c.today_fetched_at)
  ) then json_build_object('ms', c.today_ms, 'at', c.today_fetched_at) end`;

/** Was any coding ever counted of the user with the connection `c`? A new account has stored days too, all of zero. */
export const hasCoding = (userId: SQL): SQL => sql`(
  coalesce(c.today_ms > 0, false)
  or exists (select from daily_summary d where d.user_id = ${userId} and d.total_ms > 0))`;

/** Days up to today, the oldest first, with the live figure as today's. */
export const withToday = (days: CodingDay[], today: DateString, live: TodayLive | null): CodingDay[] =>
  live ? [...days.filter(({ date }) => date !== today), { date: today, totalMs: live.ms }] : days;
