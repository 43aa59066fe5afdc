import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DateString } from "@/lib/dates";
import type { DateWindow } from "@/lib/wakatime/window";
import { syncBar } from "./sync-subjects";
import { dayEndsAt, dayStartsAt, type StoredItem, whereaboutsOf } from "./today";

type StoredDay = {
  date: DateString;
  timeZone: string;
  totalMs: number;
  startsAt: string;
  endsAt: string;
  items: StoredItem[];
};

export type RangeStats = {
  timeZone: string;
  /** The person's local date. */
  today: DateString;
  connected: boolean;
  /** Why nobody is to be called for this person, in one word; null when they may be, or when there is no link. */
  barred: string | null;
  /** ISO 8601; null before the first sync. */
  lastSyncedAt: string | null;
  startsAt: string;
  endsAt: string;
  totalMs: number;
  /** The days that have a row, in order. */
  days: StoredDay[];
  /** Sums over the range. */
  items: StoredItem[];
  /** Dates that the plan withheld, within the range, both included. */
  gaps: DateWindow[];
};

/**
 * A person's stored days of a range with their items, the sums of both, and what the plan withheld, in one statement
 * for the JSON route (idx_daily_summary_user_date, then primary keys; at most a year of days).
 */
export async function getRangeStats(db: Db, userId: number, range: DateWindow, now: Date): Promise<RangeStats> {
  const from = sql`${range.from}::date`;
  const to = sql`${range.to}::date`;
  const [row] = await db.execute<RangeStats>(sql`
    with day as (
      select id, date, total_ms, time_zone
      from daily_summary
      where user_id = ${userId} and date between ${from} and ${to}
    ),
    item as materialized (
      select i.summary_id, n.kind, n.name, i.ms
      from day
      join daily_summary_item i on i.summary_id = day.id
      join coding_name n on n.id = i.name_id
    )
    select here.zone as "timeZone", here.today::text as today, c.id is not null as connected, ${syncBar} as barred,
      to_json(c.last_synced_at) #>> '{}' as "lastSyncedAt", ${dayStartsAt(from, sql`here.zone`)} as "startsAt",
      ${dayEndsAt(to, sql`here.zone`)} as "endsAt",
      (select coalesce(sum(total_ms), 0)::float8 from day) as "totalMs",
      (select coalesce(jsonb_agg(jsonb_build_object(
          'date', day.date, 'timeZone', day.time_zone, 'totalMs', day.total_ms,
          'startsAt', ${dayStartsAt(sql`day.date`, sql`day.time_zone`)},
          'endsAt', ${dayEndsAt(sql`day.date`, sql`day.time_zone`)}, 'items', coalesce(own.items, '[]'))
          order by day.date), '[]')
        from day
        left join (
          select summary_id, jsonb_agg(jsonb_build_array(kind, name, ms)) as items from item group by summary_id
        ) own on own.summary_id = day.id) as days,
      (select coalesce(jsonb_agg(jsonb_build_array(kind, name, ms)), '[]')
        from (select kind, name, sum(ms)::float8 as ms from item group by kind, name) total) as items,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'from', greatest(from_date, ${from}), 'to', least(to_date - 1, ${to}))), '[]')
        from sync_gap where user_id = ${userId} and from_date <= ${to} and to_date > ${from}) as gaps
    from "user" u
    ${whereaboutsOf(sql`${now.toISOString()}::timestamptz`)}
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in person has no user row");
  return row;
}
