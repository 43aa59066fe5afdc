import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CodingNameKind } from "@/db/enums";
import type { CodingDay } from "@/lib/wakatime/transform";
import type { DateWindow } from "@/lib/wakatime/window";

type Row = {
  date: string;
  time_zone: string;
  total_ms: number;
  /** Kind, name and milliseconds, for each item of the day. */
  items: [CodingNameKind, string, number][] | null;
};

/** A user's stored days of a window with their items, in one statement (idx_daily_summary_user_date, then primary keys). */
export async function listStoredDays(db: Db, userId: number, { from, to }: DateWindow): Promise<CodingDay[]> {
  const rows: Row[] = await db.execute<Row>(sql`
    select d.date::text as date, d.time_zone, d.total_ms, i.items
    from daily_summary d
    left join lateral (
      select jsonb_agg(jsonb_build_array(n.kind, n.name, item.ms)) as items
      from daily_summary_item item
      join coding_name n on n.id = item.name_id
      where item.summary_id = d.id
    ) i on true
    -- A day that another source wrote is not the same day, whatever it holds: it is replaced.
    where d.user_id = ${userId} and d.date between ${from}::date and ${to}::date and d.source = 'wakatime'`);
  return rows.map((row) => ({
    date: row.date,
    timeZone: row.time_zone,
    totalMs: row.total_ms,
    items: (row.items ?? []).map(([kind, name, ms]) => ({ kind, name, ms })),
  }));
}
