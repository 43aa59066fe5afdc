import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { mondayOf } from "@/lib/analytics/coding-weeks";
import { addDays, type DateString, earlier, later } from "@/lib/dates";
import { analyticsStatement } from "./analytics-scope";
import type { AnalyticsHeatMap, AnalyticsScope } from "./analytics-shape";
import { WEEK_DAYS } from "./fragments";

/** Weekday by week in one statement, from idx_daily_summary_user_date alone. */
export async function getAnalyticsHeatMap(db: Db, scope: AnalyticsScope, now: Date): Promise<AnalyticsHeatMap | null> {
  const row = await analyticsStatement<Pick<AnalyticsHeatMap, "cells">>(db, scope, now, () => ({
    fields: sql`'cells', (
      select coalesce(json_agg(json_build_object('date', date, 'totalMs', total_ms, 'medianMs', median_ms, 'withData', with_data)
        order by date), '[]')
      from (
        select d.date, sum(d.total_ms)::float8 as total_ms, percentile_cont(0.5) within group (order by d.total_ms) as median_ms,
          count(*) as with_data
        from member m
        join daily_summary d on d.user_id = m.user_id and d.date between m.from_day and m.last_day
        group by d.date
      ) by_day)`,
  }));
  if (!row) return null;
  return { ...row, weeks: row.frame.span ? mondays(row.frame.span, row.cells) : [] };
}

function mondays(span: { from: DateString; to: DateString }, cells: { date: DateString }[]): DateString[] {
  const first = mondayOf(earlier(span.from, cells[0]?.date ?? span.from));
  const last = mondayOf(later(span.to, cells.at(-1)?.date ?? span.to));
  const weeks: DateString[] = [];
  for (let monday = first; monday <= last; monday = addDays(monday, WEEK_DAYS)) weeks.push(monday);
  return weeks;
}
