import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { distribution } from "@/lib/analytics/distribution";
import { type DateString, eachDay, earlier, later } from "@/lib/dates";
import { analyticsStatement, hoursOf, personFields } from "./analytics-scope";
import type { AnalyticsCoding, AnalyticsScope, Mover } from "./analytics-shape";
import { constant } from "./fragments";

const TOP_STUDENTS = 10;
const MOVERS = 5;

type Row = Pick<AnalyticsCoding, "top"> & {
  totals: number[];
  days: { date: DateString; totalMs: number; students: number; withData: number }[];
  up: Mover[];
  down: Mover[];
};

/**
 * Coding by day and by student, how it spreads and who moved, in one statement: two passes over the days of who counts,
 * both from idx_daily_summary_user_date alone.
 */
export async function getAnalyticsCoding(db: Db, scope: AnalyticsScope, now: Date): Promise<AnalyticsCoding | null> {
  const row = await analyticsStatement<Row>(db, scope, now, (_at, period) => {
    const movers = (direction: "up" | "down") => {
      const [is, order] =
        direction === "up" ? [sql`>`, sql`m.now_ms - m.before_ms desc`] : [sql`<`, sql`m.now_ms - m.before_ms`];
      return sql`(
        select coalesce(json_agg(json_build_object(${personFields}, 'nowMs', m.now_ms, 'beforeMs', m.before_ms)
          order by ${order}, lower(u.name), m.student_id), '[]')
        from (
          select h.* from hours h where h.was_there and h.now_ms ${is} h.before_ms
          order by ${direction === "up" ? sql`h.before_ms - h.now_ms` : sql`h.now_ms - h.before_ms`}, h.student_id
          limit ${constant(MOVERS)}
        ) m
        join "user" u on u.id = m.user_id
        join batch b on b.id = m.batch_id)`;
    };
    return {
      compares: true,
      parts: hoursOf(scope, period),
      fields: sql`
        'totals', (select coalesce(json_agg(h.now_ms), '[]') from hours h where h.now_ms is not null),
        'days', (
          select coalesce(json_agg(json_build_object('date', date, 'totalMs', total_ms, 'students', coded, 'withData', with_data)), '[]')
          from (
            select d.date, sum(d.total_ms)::float8 as total_ms, count(*) filter (where d.total_ms > 0) as coded, count(*) as with_data
            from member m
            join daily_summary d on d.user_id = m.user_id and d.date between m.from_day and m.last_day
            group by d.date
          ) by_day),
        'top', (
          select coalesce(json_agg(json_build_object(${personFields}, 'totalMs', m.now_ms)
            order by m.now_ms desc, lower(u.name), m.student_id), '[]')
          from (
            select h.* from hours h where h.now_ms > 0 order by h.now_ms desc, h.student_id limit ${constant(TOP_STUDENTS)}
          ) m
          join "user" u on u.id = m.user_id
          join batch b on b.id = m.batch_id),
        'up', ${movers("up")}, 'down', ${movers("down")}`,
    };
  });
  if (!row) return null;
  const { frame, totals, days, top, up, down } = row;
  return {
    frame,
    totalMs: totals.length > 0 ? totals.reduce((sum, each) => sum + each, 0) : null,
    withData: totals.length,
    coded: totals.filter((each) => each > 0).length,
    days: wholeRange(frame.span, days),
    distribution: distribution(totals),
    top,
    movers: frame.before ? { up, down } : null,
  };
}

/** Every date of the period; its ends reach a day further where somebody's own calendar does. */
function wholeRange(span: AnalyticsCoding["frame"]["span"], days: Row["days"]): AnalyticsCoding["days"] {
  if (!span) return [];
  const found = new Map(days.map((day) => [day.date, day]));
  const from = days.reduce((first, { date }) => earlier(first, date), span.from);
  const to = days.reduce((last, { date }) => later(last, date), span.to);
  return eachDay(from, to).map((date) => found.get(date) ?? { date, totalMs: null, students: 0, withData: 0 });
}
