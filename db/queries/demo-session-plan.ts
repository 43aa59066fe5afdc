import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DateString } from "@/lib/dates";
import { academyZone, localDay } from "./fragments";

/** What stands in the way of new sessions from today on, and what they can be held for. */
export type SessionPlan = {
  timeZone: string;
  /** In the academy's zone. */
  today: DateString;
  holidays: { date: DateString; name: string }[];
  taken: { date: DateString; title: string; cancelled: boolean }[];
  /** Those that are not over. */
  batches: { id: number; name: string }[];
};

/** For the forms that make sessions, in one statement. */
export async function getSessionPlan(db: Db, now: Date): Promise<SessionPlan> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ plan: SessionPlan }>(sql`
    with academy as materialized (
      select zone, ${localDay(at, sql`zone`)} as today from (select ${academyZone} as zone) only_one
    )
    select json_build_object(
      'timeZone', academy.zone, 'today', academy.today,
      'holidays', (
        select coalesce(json_agg(json_build_object('date', h.date, 'name', h.name) order by h.date), '[]')
        from holiday h where h.date >= academy.today),
      'taken', (
        select coalesce(json_agg(json_build_object('date', s.session_date, 'title', s.title, 'cancelled', s.is_cancelled)
          order by s.session_date, s.id), '[]')
        from demo_session s where s.session_date >= academy.today),
      'batches', (
        select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name) order by b.start_date desc, b.name), '[]')
        from batch b where b.archived_at is null and b.end_date >= academy.today)) as plan
    from academy`);
  if (!row) throw new Error("the plan's statement returned no row");
  return row.plan;
}
